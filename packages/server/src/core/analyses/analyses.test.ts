import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../testing/databases.ts';
import { openTestHttp, type TestHttp, type TestReply } from '../../testing/http.ts';
import { createRandom } from '../../testing/random.ts';
import { systemClock } from '../clock.ts';
import type { Compute } from '../compute/compute.ts';
import { createCompute } from '../compute/worker-pool.ts';
import type { Database } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { openDatabase } from '../db/open-database.ts';
import { createEmbeddedQueue } from '../jobs/embedded/embedded-queue.ts';
import { jobsMigrations } from '../jobs/embedded/migrations.ts';
import type { Queue } from '../jobs/queue.ts';
import { type Analyses, createAnalyses } from './analyses.ts';
import { analysesPermissions } from './permissions.ts';
import { analysesRoutes } from './routes.ts';

const MONTHS = 48;
const csv = [
  'ds,y',
  ...Array.from({ length: MONTHS }, (_, i) => {
    const day = new Date(Date.UTC(2020, i, 1)).toISOString().slice(0, 10);
    return `${day},${100 + i + 20 * Math.sin((i * Math.PI) / 6)}`;
  }),
].join('\n');
const purchases = [
  'who,day,paid,what',
  ...Array.from({ length: 60 }, (_, i) =>
    [
      `c${i % 12}`,
      `2024-${String(1 + (i % 9)).padStart(2, '0')}-1${i % 7}`,
      10 + i,
      `p${i % 5}`,
    ].join(),
  ),
].join('\n');

describe('analyses of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-analyses-'));
  let db: Database;
  let queue: Queue;
  let compute: Compute;
  let analyses: Analyses;
  let http: TestHttp;

  beforeAll(async () => {
    db = await openDatabase({ url: `sqlite:${join(folder, 'x.db')}`, poolSize: 1, log: silentLog });
    await migrate(db, jobsMigrations);
    const retention = { endedMs: 1e9, failedMs: 1e9 };
    queue = createEmbeddedQueue({ db, clock: systemClock, log: silentLog, retention, tickMs: 50 });
    compute = createCompute({ threads: 1 });
    analyses = createAnalyses({
      ...{ queue, compute, clock: systemClock, limitMb: 1, keptMs: 60_000 },
      folder: join(folder, 'analyses'),
    });
    for (const job of analyses.jobs) queue.register(job);
    await queue.start();
    http = await openTestHttp({
      permissions: analysesPermissions,
      routes: [analysesRoutes({ analyses })],
    });
  });
  afterAll(async () => {
    await http.close();
    await queue.stop();
    await compute.stop();
    await db.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function submit(kind: string, options: object | string, body: string, name = 'sales.csv') {
    const json = typeof options === 'string' ? options : JSON.stringify(options);
    const query = new URLSearchParams({ kind, name, options: json });
    return http
      .as('analyst')
      .post(`/api/analyses?${query}`, body, { 'content-type': 'application/octet-stream' });
  }
  const path = (reply: TestReply) => `/api/analyses/${reply.body.id}`;
  /** Its result once it is done, or why it failed. */
  async function outcome(reply: TestReply) {
    expect(reply.status).toBe(202);
    await queue.finished(reply.body.id);
    const { body } = await http.as('analyst').get(path(reply));
    if (body.state !== 'done') return body;
    return (await http.as('analyst').get(`${path(reply)}/result`)).body;
  }

  it('forecasts the series of a file, and keeps nothing of it but the result', async () => {
    const reply = await submit('forecast', { h: 6, levels: [0.9] }, csv);
    expect(reply.body).toMatchObject({ kind: 'forecast', name: 'sales.csv', error: null });
    const { series } = await outcome(reply);
    const [found] = Object.values(series) as [{ mean: number[]; lower: object; t: string[] }];
    expect(found.mean).toHaveLength(6);
    expect(found.t[0]).toBe('2024-01-01');
    expect(Object.keys(found.lower)).toEqual(['90']);
    expect((await queue.get(reply.body.id))?.progress.fraction).toBe(1);
    const files = readdirSync(join(folder, 'analyses'), { recursive: true }).map(String);
    expect(files.filter((file) => file.endsWith('.csv'))).toEqual([]);
  });

  it.each([{}, { layout: { time: '年,月' } }])(
    'takes years and months for its times: %j',
    async (options) => {
      const rows = csv
        .split('\n')
        .slice(1)
        .map((row) => row.replace(/^(\d+)-0?(\d+)-01/, '$1,$2'));
      const body = ['年,月,売上', ...rows].join('\n');
      const { series } = await outcome(
        await submit('forecast', { h: 2, model: 'naive', ...options }, body),
      );
      expect(series.y).toMatchObject({ step: 'month', n: MONTHS, t: ['2024-01-01', '2024-02-01'] });
    },
  );

  it('finds the day that is out of line', async () => {
    const random = createRandom(1);
    const days = Array.from({ length: 700 }, (_, i) => {
      const day = new Date(Date.UTC(2022, 0, 1 + i)).toISOString().slice(0, 10);
      return `${day},${100 + 10 * (i % 7) + random() + (i === 650 ? 500 : 0)}`;
    });
    const body = ['ds,y', ...days].join('\n');
    const { series } = await outcome(await submit('anomalies', { season: 7 }, body));
    const [{ points }] = Object.values(series) as [{ points: { t: string; anomaly: boolean }[] }];
    expect(points).toHaveLength(700);
    expect(points.filter(({ anomaly }) => anomaly).map(({ t }) => t)).toContain('2023-10-13');
  });

  it('says what to order of each series', async () => {
    const options = { leadTime: 2, reviewPeriod: 1, onHand: 5, model: 'ses' };
    const { series } = await outcome(await submit('stock', options, csv));
    expect(Object.values(series)).toMatchObject([
      {
        mean: [expect.any(Number), expect.any(Number), expect.any(Number)],
        stock: { status: 'order', onHand: 5 },
      },
    ]);
    const refused = await submit('stock', { model: 'ses' }, csv);
    expect(refused.body.detail).toContain('leadTime');
  });

  it('tells its warnings in the language of who reads them', async () => {
    const reply = await submit('forecast', { h: 2, model: 'naive' }, `${csv}\n2023-12-01,5`);
    await queue.finished(reply.body.id);
    const read = async (language: string) => {
      const headers = { 'accept-language': language };
      const { body } = await http.as('analyst').get(`${path(reply)}/result`, headers);
      const [one] = Object.values(body.series) as [{ warnings: { message: string }[] }];
      return one.warnings[0]!.message;
    };
    expect(await read('en')).toContain('combined');
    expect(await read('ja')).toContain('日時が重複する 1 行');
  });

  it('learns events that are given with the options', async () => {
    const events = [{ date: '2023-01-01', name: 'sale', window: '-1:2' }];
    const reply = await submit('forecast', { h: 2, model: 'prophet', events }, csv);
    expect(Object.values((await outcome(reply)).series)).toHaveLength(1);
    const wrong = await submit('forecast', { h: 2, events: [{ ...events[0], window: 'x' }] }, csv);
    expect(wrong.body.detail).toContain('events.0.window');
  });

  it('tells how far it is, series by series, and ends at once when it is cancelled', async () => {
    const rows = Array.from({ length: 30 }, (_, s) =>
      Array.from({ length: 120 }, (_, i) => {
        const day = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
        return `s${s},${day},${10 + ((i * 7 + s) % 5)}`;
      }),
    ).flat();
    const before = readdirSync(join(folder, 'analyses'));
    const seen = Promise.withResolvers<{ fraction: number; note: string | null }>();
    const stop = queue.onChange(({ progress }) => {
      if (progress.note !== null) seen.resolve(progress);
    });
    const body = ['id,day,y', ...rows].join('\n');
    const reply = await submit('forecast', { h: 3, model: 'lstm' }, body);
    const { fraction, note } = await seen.promise;
    stop();
    const done = Number(/^(\d+) \/ 30$/.exec(note!)![1]);
    expect(fraction).toBeCloseTo(0.1 + (0.9 * done) / 30, 9);
    expect((await http.as('analyst').delete(path(reply))).status).toBe(204);
    expect(await queue.finished(reply.body.id)).toMatchObject({ state: 'cancelled' });
    expect(readdirSync(join(folder, 'analyses'))).toEqual(before);
  });

  it('knows customers, what to recommend them, and groups of rows', async () => {
    const customers = await outcome(
      await submit('customers', { customer: 'who', time: 'day', amount: 'paid' }, purchases),
    );
    expect(customers.customers).toHaveLength(12);
    const recommended = await outcome(
      await submit('recommend', { customer: 'who', item: 'what', customers: ['c1'] }, purchases),
    );
    expect(recommended.customers.map(({ id }: { id: string }) => id)).toEqual(['c1']);
    const groups = await outcome(await submit('cluster', { columns: ['paid'], k: 2 }, purchases));
    expect(groups.clusters ?? groups.groups).toHaveLength(2);
  });

  it('says what is wrong with the options before the file is taken, and with the file after', async () => {
    for (const [options, text] of [
      ['{', 'JSON'],
      [{ h: 0 }, 'h: '],
      [{ h: 3, colour: 'red' }, 'colour'],
    ] as const) {
      const refused = await submit('forecast', options, csv);
      expect(refused).toMatchObject({ status: 400, body: { code: 'ANALYSES_OPTIONS_INVALID' } });
      expect(refused.body.detail).toContain(text);
    }
    expect((await submit('forecast', { h: 3 }, '')).body.code).toBe('UPLOAD_EMPTY');
    const failed = await outcome(await submit('forecast', { h: 3 }, 'a,b\nx,y\n', 'odd.csv'));
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'SERIES_NO_TIME' } });
  });

  it('is nobody else’s, and can be removed', async () => {
    const reply = await submit('anomalies', {}, csv);
    await queue.finished(reply.body.id);
    expect((await http.as('viewer').get(path(reply))).status).toBe(403);
    const other = await http.as('administrator').get(path(reply));
    expect(other.body.code).toBe('ANALYSES_NOT_FOUND');
    expect((await http.as('analyst').delete(path(reply))).status).toBe(204);
    expect((await http.as('analyst').get(`${path(reply)}/result`)).status).toBe(404);
  });

  it('forgets files and results when they are old', async () => {
    expect(await analyses.prune.remove(Date.now(), 100)).toBe(0);
    const left = readdirSync(join(folder, 'analyses')).length;
    expect(left).toBeGreaterThan(0);
    expect(await analyses.prune.remove(Date.now() + 120_000, 1)).toBe(1);
    expect(await analyses.prune.remove(Date.now() + 120_000, 100)).toBe(left - 1);
  });
});
