import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { fromJson, toJson } from '../db/columns.ts';
import type { Database } from '../db/database.ts';
import { insertIgnore } from '../db/write.ts';
import { AppError, type Locale } from '../errors.ts';
import { createId } from '../ids.ts';
import type { JobDefinition, Queue } from '../jobs/queue.ts';
import type { Logger } from '../log.ts';
import type { OrganisationSettings } from '../settings/settings.ts';
import type { ChannelKind, RenderedMessage, Severity } from './channel.ts';
import { type ChannelStore, createChannelStore, type Sealer } from './channel-store.ts';
import { notifyErrors } from './errors.ts';
import { afterQuietHours } from './quiet-hours.ts';
import type { NotifyTables } from './tables.ts';
import type { Template } from './templates/template.ts';
import { testMessage } from './templates/test-message.ts';

const DELIVER_JOB = 'core.deliver';
const SWEEP_JOB = 'core.deliver-due';
const SWEEP_EVERY_MS = 60_000;

export interface Notification<D> {
  /** The same key is delivered to a channel once, however often it is asked for. */
  readonly key: string;
  readonly severity: Severity;
  readonly channelIds: readonly string[];
  readonly template: Template<D>;
  readonly data: D;
}

export interface Notifier {
  readonly channels: ChannelStore;
  /** Accepts a message: stored before this resolves, sent by a job. Unknown and switched-off channels are passed over. */
  notify<D>(notification: Notification<D>): Promise<void>;
  /** Sends a test message now and says how it went. @throws NOTIFY_TEST_FAILED */
  test(channelId: string, link: string, locale: Locale): Promise<void>;
  /** A failed delivery waits again. @throws NOTIFY_DELIVERY_NOT_FOUND, NOTIFY_DELIVERY_SENT */
  retry(deliveryId: string): Promise<void>;
  // biome-ignore lint/suspicious/noExplicitAny: jobs with different payloads have no common type parameter
  readonly jobs: readonly JobDefinition<any>[];
  start(): Promise<void>;
}

interface NotifierOptions {
  readonly db: Database;
  readonly queue: Queue;
  readonly settings: OrganisationSettings;
  readonly kinds: ReadonlyMap<string, ChannelKind>;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Messages to people and programs outside. A delivery is a row first (unique per channel and key) and a job second,
 * so nothing accepted is lost and nothing is sent twice by being asked for twice. A process killed between sending
 * and noting it sends again after restart, under the same delivery id.
 */
export function createNotifier(options: NotifierOptions): Notifier {
  const { queue, clock, log } = options;
  const query = options.db.query.withTables<NotifyTables>();
  const channels = createChannelStore(options);

  async function send(
    channelId: string,
    message: RenderedMessage,
    signal: AbortSignal,
  ): Promise<void> {
    const channel = await channels.read(channelId);
    const kind = channel && options.kinds.get(channel.kind);
    if (!channel?.enabled || !kind) {
      throw notifyErrors.NOTIFY_CHANNEL_OFF();
    }
    await kind.send(channels.openOptions(channel), message, signal);
  }

  async function deliver(id: string, lastAttempt: boolean, signal: AbortSignal): Promise<void> {
    const row = await query
      .selectFrom('core_deliveries')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row?.state !== 'waiting') return;
    const update = (change: Partial<NotifyTables['core_deliveries']>) =>
      query
        .updateTable('core_deliveries')
        .set({ attempts: row.attempts + 1, ...change })
        .where('id', '=', id)
        .execute();
    try {
      await send(row.channel_id, fromJson(row.message), signal);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, params, retryable } = error;
      log.warn({ delivery: id, code, retryable }, 'core.deliver.failed');
      const isFinal = !retryable || lastAttempt;
      await update({ reason: toJson({ code, params }), ...(isFinal ? { state: 'failed' } : {}) });
      if (!retryable) return;
      throw error;
    }
    await update({ state: 'sent', sent_at: clock.now(), reason: null });
    log.info({ delivery: id }, 'core.deliver.sent');
  }

  const deliverJob: JobDefinition<{ id: string }> = {
    name: DELIVER_JOB,
    payload: z.object({ id: z.string() }),
    timeoutMs: 60_000,
    maxAttempts: 6,
    backoffMs: 15_000,
    concurrency: 4,
    handler: ({ id }, context) =>
      deliver(id, context.attempt >= deliverJob.maxAttempts, context.signal),
  };

  /** Puts waiting deliveries whose time has come (or whose job was lost) into the queue. */
  async function enqueueDue(): Promise<void> {
    const due = await query
      .selectFrom('core_deliveries')
      .select('id')
      .where('state', '=', 'waiting')
      .where('send_at', '<=', clock.now())
      .orderBy('send_at')
      .limit(500)
      .execute();
    for (const { id } of due) await queue.enqueue(DELIVER_JOB, { id }, { key: id });
  }

  const sweepJob: JobDefinition<Record<string, never>> = {
    name: SWEEP_JOB,
    payload: z.object({}) as z.ZodType<Record<string, never>>,
    timeoutMs: 60_000,
    maxAttempts: 1,
    backoffMs: 1000,
    concurrency: 1,
    handler: enqueueDue,
  };

  return {
    channels,
    jobs: [deliverJob, sweepJob],
    start: () => queue.schedule('core.deliver-due', SWEEP_JOB, {}, SWEEP_EVERY_MS),

    async notify(notification) {
      const { timeZone } = await options.settings.get();
      const now = clock.now();
      const rows: NotifyTables['core_deliveries'][] = [];
      for (const channelId of new Set(notification.channelIds)) {
        const channel = await channels.read(channelId);
        if (!channel?.enabled) continue;
        const id = createId(now);
        const { locale } = channel;
        const rendered = notification.template(notification.data, locale);
        const quiet = channel.quiet_hours === null ? null : fromJson(channel.quiet_hours);
        const sendAt =
          notification.severity === 'critical' ? now : afterQuietHours(now, quiet, timeZone);
        rows.push({
          id,
          channel_id: channelId,
          dedupe_key: notification.key,
          severity: notification.severity,
          subject: rendered.subject.slice(0, 300),
          message: toJson({ id, locale, severity: notification.severity, ...rendered }),
          state: 'waiting',
          attempts: 0,
          reason: null,
          send_at: sendAt,
          created_at: now,
          sent_at: null,
        });
      }
      await insertIgnore(options.db.query, { table: 'core_deliveries', rows });
      await enqueueDue();
    },

    async test(channelId, link, locale) {
      const channel = await channels.read(channelId);
      if (!channel) throw notifyErrors.NOTIFY_CHANNEL_NOT_FOUND();
      const rendered = testMessage({ channel: channel.name, link }, channel.locale);
      const message = {
        id: createId(clock.now()),
        severity: 'info',
        locale: channel.locale,
        ...rendered,
      } as const;
      try {
        await send(channelId, message, AbortSignal.timeout(30_000));
      } catch (cause) {
        if (!(cause instanceof AppError)) throw cause;
        throw notifyErrors.NOTIFY_TEST_FAILED({ reason: cause.text(locale) }, { cause });
      }
    },

    async retry(deliveryId) {
      const row = await query
        .selectFrom('core_deliveries')
        .select('state')
        .where('id', '=', deliveryId)
        .executeTakeFirst();
      if (!row) throw notifyErrors.NOTIFY_DELIVERY_NOT_FOUND();
      if (row.state === 'sent') throw notifyErrors.NOTIFY_DELIVERY_SENT();
      await query
        .updateTable('core_deliveries')
        .set({ state: 'waiting', send_at: clock.now(), reason: null })
        .where('id', '=', deliveryId)
        .execute();
      await enqueueDue();
    },
  };
}
