import type { Clock } from '../clock.ts';
import { fromJson } from '../db/columns.ts';
import { AppError, toStoredFailure } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { OrganisationSettings } from '../settings/settings.ts';
import type { ChannelKind, RenderedMessage } from './channel.ts';
import type { ChannelRow, ChannelStore } from './channel-store.ts';
import type { DeliveryStore } from './delivery-store.ts';
import { notifyErrors } from './errors.ts';
import { afterQuietHours } from './quiet-hours.ts';

/** No attempt takes longer. */
const SEND_LIMIT_MS = 30_000;
/** How long a delivery belongs to the process that sends it: longer than an attempt, so that nobody else sends meanwhile. */
const CLAIM_MS = 60_000;

export interface Deliver {
  /**
   * Sends a waiting delivery and notes what became of it. Does nothing when it is not due, or is being sent elsewhere.
   * @throws what the channel threw when trying again can help and `isLastAttempt` is false
   */
  deliver(id: string, isLastAttempt: boolean, signal: AbortSignal): Promise<void>;
  /** Sends a message now, whether the channel is switched on or not. @throws an error of `notifyErrors` */
  send(channel: ChannelRow, message: RenderedMessage, signal: AbortSignal): Promise<void>;
}

export function createDeliver(deps: {
  channels: ChannelStore;
  deliveries: DeliveryStore;
  kinds: ReadonlyMap<string, ChannelKind>;
  settings: OrganisationSettings;
  clock: Clock;
  log: Logger;
}): Deliver {
  const { channels, deliveries, kinds, clock, log } = deps;

  async function send(channel: ChannelRow, message: RenderedMessage, signal: AbortSignal) {
    const kind = kinds.get(channel.kind);
    if (!kind) throw notifyErrors.NOTIFY_CHANNEL_OFF();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(SEND_LIMIT_MS)]);
    await kind.send(channels.openOptions(channel), message, limit);
  }

  /** Undefined when it went out. */
  async function attempt(
    channel: ChannelRow,
    message: RenderedMessage,
    signal: AbortSignal,
  ): Promise<AppError | undefined> {
    try {
      await send(channel, message, signal);
      return undefined;
    } catch (error) {
      if (error instanceof AppError) return error;
      log.error({ err: error, delivery: message.id }, 'core.deliver.broken');
      return notifyErrors.NOTIFY_SEND_FAILED({}, { cause: error });
    }
  }

  /** When a message that could go out at `now` may. */
  async function allowedAt(now: number, channel: ChannelRow): Promise<number> {
    if (channel.quiet_hours === null) return now;
    const { timeZone } = await deps.settings.get();
    return afterQuietHours(now, fromJson(channel.quiet_hours), timeZone);
  }

  async function deliver(id: string, isLastAttempt: boolean, signal: AbortSignal): Promise<void> {
    const now = clock.now();
    const row = await deliveries.claim(id, now, now + CLAIM_MS);
    if (!row) return;
    const channel = await channels.read(row.channel_id);
    if (!channel?.enabled) {
      const failure = toStoredFailure(notifyErrors.NOTIFY_CHANNEL_OFF());
      return deliveries.settle(row, { to: 'suppressed', failure });
    }
    const sendAt = row.severity === 'critical' ? now : await allowedAt(now, channel);
    if (sendAt > now) return deliveries.settle(row, { to: 'waiting', sendAt });

    const error = await attempt(channel, fromJson(row.message), signal);
    if (error === undefined) {
      await deliveries.settle(row, { to: 'sent', at: clock.now() });
      log.info({ delivery: id }, 'core.deliver.sent');
      return;
    }
    if (signal.aborted) {
      // The process stops: not the receiver's fault, and whether the message arrived is not known.
      return deliveries.settle(row, { to: 'waiting', sendAt: clock.now() });
    }
    const failure = toStoredFailure(error);
    log.warn({ delivery: id, code: error.code, retryable: error.retryable }, 'core.deliver.failed');
    if (!error.retryable) return deliveries.settle(row, { to: 'failed', failure });
    await deliveries.settle(
      row,
      isLastAttempt ? { to: 'failed', failure } : { to: 'waiting', sendAt: clock.now(), failure },
    );
    throw error;
  }

  return { deliver, send };
}
