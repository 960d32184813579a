import type { z } from 'zod';
import type { Locale } from '../errors.ts';

/** A message ready to be sent, in the channel's language. */
export interface RenderedMessage {
  /** Delivery id: the same on every attempt, so a receiver can drop a repeated one. */
  readonly id: string;
  readonly severity: Severity;
  readonly locale: Locale;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Page to open. */
  readonly link: string;
  /** The same for programs. */
  readonly data: Readonly<Record<string, unknown>>;
}

export type Severity = 'info' | 'warning' | 'critical';

/**
 * A kind of channel. To add one: a folder in `channels/` with this and its test, which runs
 * `channels/channel.conformance.ts`, and a line in `channels/index.ts` and in `contract.ts`.
 */
export interface ChannelKind<O = unknown> {
  readonly kind: string;
  /** The stored options, secrets included. */
  readonly options: z.ZodType<O>;
  /** Option names that are secret: stored encrypted, never shown. */
  readonly secrets: readonly string[];
  /** Where it goes, fit to be shown. */
  target(options: O): string;
  /** @throws an error of `notifyErrors`; `retryable` says whether trying again can help. */
  send(options: O, message: RenderedMessage, signal: AbortSignal): Promise<void>;
}
