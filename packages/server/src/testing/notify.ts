/**
 * Notifications without a network: a notifier on a real database whose only kind of channel is a `webhook` that does what
 * the test says.
 *
 * ```ts
 * const world = await openTestNotify(await open(testNotifyMigrations));
 * const channel = await world.channel();
 * world.outbox.answer = () => { throw notifyErrors.NOTIFY_WEBHOOK_DEFERRED(); };
 * ```
 */
import { z } from 'zod';
import type { Database } from '../core/db/database.ts';
import type { Logger } from '../core/log.ts';
import type { ChannelKind, RenderedMessage } from '../core/notify/channel.ts';
import type { ChannelRow, Sealer } from '../core/notify/channel-store.ts';
import type { ChannelBody } from '../core/notify/contract.ts';
import { notifyMigrations } from '../core/notify/migrations.ts';
import { createNotifier, type Notifier } from '../core/notify/notifier.ts';
import type { OrganisationSettings, OrganisationValues } from '../core/settings/settings.ts';
import { silentLog } from './databases.ts';
import { createFakeTime, type FakeTime } from './fake-time.ts';
import { createManualQueue, type ManualQueue } from './manual-queue.ts';

export const testNotifyMigrations = notifyMigrations;

export interface Outbox {
  readonly sent: { readonly to: string; readonly message: RenderedMessage }[];
  /** What sending does before it succeeds; may throw. */
  answer: (message: RenderedMessage, signal: AbortSignal) => void | Promise<void>;
}

export interface TestNotify {
  readonly notifier: Notifier;
  readonly queue: ManualQueue;
  readonly outbox: Outbox;
  readonly time: FakeTime;
  readonly settings: OrganisationSettings;
  channel(change?: Partial<ChannelBody>): Promise<ChannelRow>;
  /** Another process on the same database, with a queue of its own. */
  process(): Promise<{ notifier: Notifier; queue: ManualQueue }>;
}

/** Hides what it seals well enough for a test to notice text that was not sealed. */
export const testSealer: Sealer = {
  seal: (text, purpose) => Buffer.from(`${purpose}\n${text}`).toString('base64'),
  open(sealed, purpose) {
    const text = Buffer.from(sealed, 'base64').toString();
    if (!text.startsWith(`${purpose}\n`)) throw new Error('sealed for something else');
    return text.slice(purpose.length + 1);
  },
};

export async function openTestNotify(
  db: Database,
  options: { timeZone?: string; sealer?: Sealer; log?: Logger } = {},
): Promise<TestNotify> {
  const time = createFakeTime(Date.UTC(2026, 0, 5, 12));
  const outbox: Outbox = { sent: [], answer: () => {} };
  const settings = createTestSettings({ timeZone: options.timeZone ?? 'Asia/Tokyo' });
  const kind: ChannelKind<{ address: string }> = {
    kind: 'webhook',
    options: z.object({ address: z.string() }),
    secrets: ['address', 'signingSecret'],
    target: ({ address }) => new URL(address).host,
    async send({ address }, message, signal) {
      await outbox.answer(message, signal);
      outbox.sent.push({ to: address, message });
    },
  };

  async function process() {
    const queue = createManualQueue();
    const notifier = createNotifier({
      db,
      queue: queue as never,
      settings,
      kinds: new Map([[kind.kind, kind as ChannelKind]]),
      sealer: options.sealer ?? testSealer,
      clock: time.clock,
      log: options.log ?? silentLog,
    });
    for (const job of notifier.jobs) queue.register(job);
    await notifier.start();
    return { notifier, queue };
  }

  const first = await process();
  return {
    ...first,
    outbox,
    time,
    settings,
    process,
    channel: (change = {}) =>
      first.notifier.channels.create({
        kind: 'webhook',
        name: 'Operations',
        enabled: true,
        locale: 'en',
        quietHours: null,
        address: 'https://hooks.example.org/T0/path-secret',
        signingSecret: 'signing-secret',
        ...change,
      } as ChannelBody),
  };
}

/** Choices that nobody changes. */
export function createTestSettings(change: Partial<OrganisationValues> = {}): OrganisationSettings {
  const values: OrganisationValues = {
    name: 'Test',
    timeZone: 'Asia/Tokyo',
    currency: 'GBP',
    fiscalYearStartMonth: 4,
    weekStartsOn: 1,
    registration: 'closed',
    ...change,
  };
  return {
    get: async () => values,
    set: async () => values,
    onChange: () => () => {},
  };
}
