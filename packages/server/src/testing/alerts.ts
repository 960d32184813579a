/**
 * Alerts on a real database with everything around them in hand: what the measure's newest buckets are, when jobs run and
 * what is sent.
 */

import { ALERTS_TOPIC, type Alerts, createAlerts } from '../core/alerts/alerts.ts';
import type { Alert } from '../core/alerts/contract.ts';
import { alertsMigrations } from '../core/alerts/migrations.ts';
import type { RuleBody, RuleRow } from '../core/alerts/rule-store.ts';
import type { Database } from '../core/db/database.ts';
import { createEvents, type Events } from '../core/events.ts';
import type { CheckedPoint } from '../core/forecast/forecasts.ts';
import type { Logger } from '../core/log.ts';
import type { Measure } from '../core/measures/measure.ts';
import type { Notifier } from '../core/notify/notifier.ts';
import { silentLog } from './databases.ts';
import type { ManualQueue } from './manual-queue.ts';
import { openTestNotify, type TestNotify, testNotifyMigrations } from './notify.ts';

export const testAlertsMigrations = { ...testNotifyMigrations, ...alertsMigrations };

/** A measure that people with `sales.read` may see, filtered by `country`. */
export const testMeasure: Measure = {
  id: 'sales.revenue',
  title: { en: 'Revenue', ja: '売上高' },
  unit: 'money',
  nonNegative: true,
  permission: 'sales.read',
  dimensions: ['country'],
  range: async () => undefined,
  series: async () => ({ t: [], y: [] }),
};

export interface TestAlertsProcess {
  readonly alerts: Alerts;
  readonly notifier: Notifier;
  readonly queue: ManualQueue;
  readonly events: Events;
}

export interface TestAlerts
  extends TestAlertsProcess,
    Pick<TestNotify, 'outbox' | 'time' | 'channel'> {
  /** What the forecasts say of the newest buckets, oldest first. */
  readonly data: { points: CheckedPoint[]; before?: () => Promise<void> | void };
  /** What was published on the topic `alerts`. */
  readonly shown: Alert[];
  /** What publishing does first; may throw. */
  live: { before: () => void };
  rule(change?: Partial<RuleBody>): Promise<RuleRow>;
  /** Another process on the same database. */
  process(options?: { notifier?: Pick<Notifier, 'notify'> }): Promise<TestAlertsProcess>;
}

export async function openTestAlerts(
  db: Database,
  options: { log?: Logger } = {},
): Promise<TestAlerts> {
  const notify = await openTestNotify(db, options);
  const shown: Alert[] = [];
  const live = { before: () => {} };
  const data: TestAlerts['data'] = { points: [bucket('2026-01-04', 5)] };

  async function start(
    { notifier, queue }: Pick<TestAlertsProcess, 'notifier' | 'queue'>,
    used: Pick<Notifier, 'notify'> = notifier,
  ): Promise<TestAlertsProcess> {
    const events = createEvents();
    const alerts = createAlerts({
      db,
      queue: queue as never,
      messages: {
        async publish(topic, body) {
          live.before();
          if (topic === ALERTS_TOPIC) shown.push(body as Alert);
        },
      },
      events,
      notifier: used,
      forecasts: {
        async check(_request, { count }) {
          await data.before?.();
          return data.points.slice(-count);
        },
      },
      measure: (id) => (id === testMeasure.id ? testMeasure : undefined),
      settings: notify.settings,
      clock: notify.time.clock,
      log: options.log ?? silentLog,
      publicUrl: () => 'https://kizashi.example',
    });
    for (const job of alerts.jobs) queue.register(job);
    await alerts.start();
    return { alerts, notifier, queue, events };
  }

  const first = await start(notify);
  return {
    ...first,
    outbox: notify.outbox,
    time: notify.time,
    channel: notify.channel,
    data,
    shown,
    live,
    rule(change = {}) {
      // Rules are checked in the order in which they were made, which within one millisecond is chance.
      notify.time.advance(1);
      return first.alerts.rules.create(
        {
          name: 'Revenue too low',
          measure: testMeasure.id,
          bucket: 'day',
          filters: {},
          condition: { type: 'threshold', direction: 'below', value: 10 },
          severity: 'warning',
          channelIds: [],
          enabled: true,
          cooldownMinutes: 0,
          ...change,
        },
        'analyst@example.org',
      );
    },
    process: async ({ notifier } = {}) => start(await notify.process(), notifier),
  };
}

export function bucket(
  t: string,
  y: number | null,
  expected: CheckedPoint['expected'] = null,
): CheckedPoint {
  return { t, y, expected };
}
