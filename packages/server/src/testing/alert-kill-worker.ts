/**
 * The program that test/e2e/alerts-kill.e2e.ts kills. Fires one alert after another, each with a webhook delivery, and says
 * `fired <n>` once the alert of day n is in the database.
 *
 *   node alert-kill-worker.ts <database address> <webhook address> <first n> <clock offset in ms> [drain]
 */
import { setImmediate } from 'node:timers/promises';
import { isoDate } from '@kizashi/series';
import { createAlerts } from '../core/alerts/alerts.ts';
import { alertsMigrations } from '../core/alerts/migrations.ts';
import { migrate } from '../core/db/migrate.ts';
import { openDatabase } from '../core/db/open-database.ts';
import { createEvents } from '../core/events.ts';
import { createEmbeddedQueue } from '../core/jobs/embedded/embedded-queue.ts';
import { jobsMigrations } from '../core/jobs/embedded/migrations.ts';
import { createLogger } from '../core/log.ts';
import type { ChannelKind } from '../core/notify/channel.ts';
import { createWebhookChannel } from '../core/notify/channels/webhook/channel.ts';
import { notifyMigrations } from '../core/notify/migrations.ts';
import { createNotifier } from '../core/notify/notifier.ts';
import { testMeasure } from './alerts.ts';
import { createTestSettings, testSealer } from './notify.ts';

const [url = '', address = '', first = '0', offset = '0', mode] = process.argv.slice(2);
const clock = { now: () => Date.now() + Number(offset) };
const log = createLogger({ level: 'silent' });
const db = await openDatabase({ url, poolSize: 5, log });
await migrate(db, { ...jobsMigrations, ...notifyMigrations, ...alertsMigrations });

const queue = createEmbeddedQueue({ db, log, clock, tickMs: 40 });
const settings = createTestSettings();
const webhook = createWebhookChannel({ allowPrivate: true, clock });
const notifier = createNotifier({
  db,
  queue,
  settings,
  kinds: new Map([[webhook.kind, webhook as ChannelKind]]),
  sealer: testSealer,
  clock,
  log,
});
let day = Number(first);
const alerts = createAlerts({
  db,
  queue,
  messages: { publish: async () => {} },
  events: createEvents(),
  notifier,
  forecasts: {
    check: async () => [{ t: isoDate(day), y: mode === 'drain' ? 100 : 5, expected: null }],
  },
  measure: (id) => (id === testMeasure.id ? testMeasure : undefined),
  settings,
  clock,
  log,
  publicUrl: () => 'https://kizashi.example',
});
for (const job of [...notifier.jobs, ...alerts.jobs]) queue.register(job);
await notifier.start();
await alerts.start();
await queue.start();

if (mode === 'drain') {
  // Whatever the kills left behind is found by the schedules, as in the product.
  const waits = async () =>
    (await alerts.fired.unannounced()).length > 0 ||
    (await notifier.deliveries.page({ limit: 100_000 })).items.some(
      ({ state }) => state === 'waiting',
    );
  while (await waits()) await setImmediate();
  alerts.stop();
  await queue.stop();
  await db.stop();
} else {
  const rule = (await alerts.rules.list())[0] ?? (await makeRule());
  for (; ; day++) {
    await alerts.evaluate(rule.id);
    process.stdout.write(`fired ${day}\n`);
  }
}

async function makeRule() {
  const channel = await notifier.channels.create({
    kind: 'webhook',
    name: 'Test',
    enabled: true,
    locale: 'en',
    quietHours: null,
    address,
  });
  return alerts.rules.create(
    {
      name: 'Too low',
      measure: testMeasure.id,
      bucket: 'day',
      filters: {},
      condition: { type: 'threshold', direction: 'below', value: 10 },
      severity: 'warning',
      channelIds: [channel.id],
      enabled: true,
      cooldownMinutes: 0,
    },
    'test',
  );
}
