import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { toJson } from '../db/columns.ts';
import type { Database } from '../db/database.ts';
import { AppError, type Locale, toStoredFailure } from '../errors.ts';
import { createId } from '../ids.ts';
import type { JobDefinition, Queue } from '../jobs/queue.ts';
import type { Logger } from '../log.ts';
import type { OrganisationSettings } from '../settings/settings.ts';
import type { ChannelKind, Severity } from './channel.ts';
import {
  type ChannelRow,
  type ChannelStore,
  createChannelStore,
  type Sealer,
} from './channel-store.ts';
import { createDeliver } from './deliver.ts';
import { createDeliveryStore, type DeliveryRow, type DeliveryStore } from './delivery-store.ts';
import { notifyErrors } from './errors.ts';
import type { Template } from './templates/template.ts';
import { testMessage } from './templates/test-message.ts';

const DELIVER_JOB = 'core.deliver';
const SWEEP_JOB = 'core.deliver-due';
const SWEEP_EVERY_MS = 60_000;

export interface Notification<D> {
  /** The same key is delivered to a channel once, however often it is asked for. At most 120 characters. */
  readonly key: string;
  readonly severity: Severity;
  readonly channelIds: readonly string[];
  readonly template: Template<D>;
  readonly data: D;
}

export interface Notifier {
  readonly channels: ChannelStore;
  readonly deliveries: DeliveryStore;
  /** Accepts a message: stored before this resolves, sent by a job. For a channel that is off it is noted as suppressed. */
  notify<D>(notification: Notification<D>): Promise<void>;
  /** Sends a test message now, on a switched-off channel too. @throws NOTIFY_CHANNEL_NOT_FOUND, NOTIFY_TEST_FAILED */
  test(channelId: string, link: string, locale: Locale): Promise<void>;
  /** A failed or suppressed delivery waits again. @throws NOTIFY_DELIVERY_NOT_FOUND, NOTIFY_DELIVERY_SENT */
  retry(deliveryId: string): Promise<void>;
  // biome-ignore lint/suspicious/noExplicitAny: jobs with different payloads have no common type parameter
  readonly jobs: readonly JobDefinition<any>[];
  start(): Promise<void>;
}

export interface NotifierOptions {
  readonly db: Database;
  readonly queue: Queue;
  readonly settings: OrganisationSettings;
  readonly kinds: ReadonlyMap<string, ChannelKind>;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Messages to people and programs outside. A delivery is a row first (unique per channel and key) and a job second; a
 * sweep makes a new job for every row that is due and has none. So nothing accepted is lost, and nothing is sent twice by
 * being asked for twice. A process killed between sending and noting it sends again, under the same delivery id, within
 * two minutes after a process is back.
 */
export function createNotifier(options: NotifierOptions): Notifier {
  const { db, queue, clock, log } = options;
  const channels = createChannelStore(options);
  const deliveries = createDeliveryStore(db);
  const { deliver, send } = createDeliver({ ...options, channels, deliveries });

  const deliverJob: JobDefinition<{ id: string }> = {
    name: DELIVER_JOB,
    payload: z.object({ id: z.string() }),
    timeoutMs: 60_000,
    maxAttempts: 6,
    backoffMs: 15_000,
    concurrency: 4,
    handler: ({ id }, { attempt, signal }) =>
      deliver(id, attempt >= deliverJob.maxAttempts, signal),
  };

  // One job per delivery: asking again while there is one changes nothing.
  const enqueue = (id: string) => queue.enqueue(DELIVER_JOB, { id }, { key: id });

  async function enqueueDue(): Promise<void> {
    const now = clock.now();
    let last = '';
    for (;;) {
      const ids = await deliveries.due(now, last);
      for (const id of ids) await enqueue(id);
      const next = ids.at(-1);
      if (next === undefined) return;
      last = next;
    }
  }

  const sweepJob: JobDefinition<Record<string, never>> = {
    name: SWEEP_JOB,
    payload: z.object({}) as z.ZodType<Record<string, never>>,
    timeoutMs: 60_000,
    maxAttempts: 1,
    backoffMs: 1_000,
    concurrency: 1,
    handler: enqueueDue,
  };

  function toRow<D>(
    channel: ChannelRow,
    { key, severity, template, data }: Notification<D>,
  ): DeliveryRow {
    const now = clock.now();
    const id = createId(now);
    const { locale } = channel;
    const rendered = template(data, locale);
    const off = toStoredFailure(notifyErrors.NOTIFY_CHANNEL_OFF());
    return {
      id,
      channel_id: channel.id,
      dedupe_key: key,
      severity,
      subject: rendered.subject.slice(0, 300),
      message: toJson({ ...rendered, id, locale, severity }),
      state: channel.enabled ? 'waiting' : 'suppressed',
      attempts: 0,
      reason: channel.enabled ? null : toJson(off),
      send_at: now,
      created_at: now,
      sent_at: null,
    };
  }

  return {
    channels,
    deliveries,
    jobs: [deliverJob, sweepJob],
    start: () => queue.schedule(SWEEP_JOB, SWEEP_JOB, {}, SWEEP_EVERY_MS),

    async notify(notification) {
      const rows: DeliveryRow[] = [];
      for (const channelId of new Set(notification.channelIds)) {
        const channel = await channels.read(channelId);
        if (channel) rows.push(toRow(channel, notification));
        else log.warn({ channelId, key: notification.key }, 'core.notify.channel-gone');
      }
      for (const id of await deliveries.accept(notification.key, rows)) await enqueue(id);
    },

    async test(channelId, link, locale) {
      const channel = await channels.read(channelId);
      if (!channel) throw notifyErrors.NOTIFY_CHANNEL_NOT_FOUND();
      const rendered = testMessage({ channel: channel.name, link }, channel.locale);
      const id = createId(clock.now());
      const message = { ...rendered, id, severity: 'info', locale: channel.locale } as const;
      try {
        await send(channel, message, new AbortController().signal);
      } catch (cause) {
        if (!(cause instanceof AppError)) throw cause;
        throw notifyErrors.NOTIFY_TEST_FAILED({ reason: cause.text(locale) }, { cause });
      }
    },

    async retry(deliveryId) {
      const state = await deliveries.reopen(deliveryId, clock.now());
      if (state === undefined) throw notifyErrors.NOTIFY_DELIVERY_NOT_FOUND();
      if (state === 'sent') throw notifyErrors.NOTIFY_DELIVERY_SENT();
      await enqueue(deliveryId);
    },
  };
}
