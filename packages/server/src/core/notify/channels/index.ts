import type { Clock } from '../../clock.ts';
import type { ChannelKind } from '../channel.ts';
import { createEmailChannel } from './email/channel.ts';
import { createWebhookChannel } from './webhook/channel.ts';

/** Every kind of channel there is, by name. */
export function createChannelKinds(options: {
  smtpUrl?: string | undefined;
  smtpFrom: string;
  webhookAllowPrivate: boolean;
  clock: Clock;
}): ReadonlyMap<string, ChannelKind> {
  // biome-ignore lint/suspicious/noExplicitAny: kinds differ in their options, checked by each kind's own schema
  const kinds: readonly ChannelKind<any>[] = [
    createEmailChannel(options),
    createWebhookChannel({ allowPrivate: options.webhookAllowPrivate, clock: options.clock }),
  ];
  return new Map(kinds.map((kind) => [kind.kind, kind as ChannelKind]));
}
