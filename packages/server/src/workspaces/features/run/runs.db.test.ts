import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { fromJson } from '../../../core/db/columns.ts';
import { createRedisQueue } from '../../../core/jobs/redis/redis-queue.ts';
import { describeDatabases, silentLog } from '../../../testing/databases.ts';
import { describeRedis } from '../../../testing/redis.ts';
import type { FeaturesRun, RunBody } from '../contract.ts';
import { runSetSchema } from '../contract.ts';
import { runProgress } from '../store/runs.ts';
import { type FeaturesWorld, openFeaturesWorld } from '../testing/features-world.ts';
import { seriesCsv } from '../testing/series-csv.ts';
import { RUNS_TOPIC } from './runs.ts';
import { toFeaturesRun } from './view.ts';

const draws = readFileSync(new URL('../fixtures/loto6-120-draws.csv', import.meta.url));
const set = (name: string, rest: object = {}) => runSetSchema.parse({ set: name, ...rest });
/** Cheap sets of every form. */
const SETS = [
  set('rolling'),
  set('calendar'),
  set('lottery'),
  set('catch22', { windows: { points: 60 } }),
];

/** One number for all that the three tables hold. */
async function digest(world: FeaturesWorld): Promise<string> {
  const hash = createHash('sha256');
  for (const table of ['hist', 'futr', 'stat'] as const) {
    for (const row of await world.table(table)) hash.update(JSON.stringify(Object.values(row)));
  }
  return hash.digest('hex');
}

let firstDigest: string | undefined;

describeDatabases('runs', (databases) => {
  let world: FeaturesWorld;
  beforeAll(async () => {
    world = await openFeaturesWorld(databases);
    await world.start();
    await world.import('loto6.csv', draws);
  });
  afterAll(() => world.close());
  const view = async (id: string): Promise<FeaturesRun> =>
    toFeaturesRun(world.query, await world.runs.require(id), Date.now(), 'en');

  it('fill the three tables, with the same values on every engine', async () => {
    const run = await world.run({ sets: SETS, horizon: 10 });
    expect(run).toMatchObject({ state: 'done', series_total: 7, points_total: 840, error: null });
    const seen = await view(run.id);
    expect(seen).toMatchObject({ seriesDone: 7, seriesFailed: 0, progress: 1, etaMs: null });
    expect(seen.rowsWritten).toBe(840 + 70 + 7);
    expect(Object.keys(seen.timings).sort()).toEqual([
      ...['calendar', 'catch22', 'catch22@60', 'lottery', 'rolling'],
    ]);
    const hist = await world.table('hist');
    expect(hist).toHaveLength(840);
    const last = fromJson(hist.at(-1)!.feature_values);
    expect(Object.keys(last)).toEqual(['rolling', 'calendar', 'lottery', 'catch22@60']);
    // Draws of Thursdays go on on Thursdays.
    const futr = await world.table('futr');
    expect(futr).toHaveLength(70);
    expect(futr.every(({ ds }) => new Date(ds!).getUTCDay() === 4)).toBe(true);
    expect(Object.keys(fromJson(futr[0]!.feature_values))).toEqual(['calendar']);
    expect(await world.table('stat')).toHaveLength(7);

    const found = await digest(world);
    firstDigest ??= found;
    expect(found).toBe(firstDigest);
  });

  it('see the draw that a number belongs to', async () => {
    const rows = await world.table('hist');
    const sums = rows
      .filter(({ ds }) => ds === Date.parse('2000-10-05'))
      .map(({ feature_values }) => fromJson(feature_values).lottery?.sum);
    expect(new Set(sums).size).toBe(1);
  });

  it('take from the cache what was computed of the same values', async () => {
    const before = await digest(world);
    const wanted = {
      series: [{ loto: 'loto6', uniqueId: 'B1' }],
      sets: [set('tsfresh-efficient', { windows: { points: 60, features: 'all' } })],
    };
    const first = await view((await world.run(wanted)).id);
    expect(first.cacheHits).toBe(0);
    const second = await view((await world.run(wanted)).id);
    expect(second.cacheHits).toBeGreaterThanOrEqual(1);
    const third = await view((await world.run({ ...wanted, fresh: true })).id);
    expect(third.cacheHits).toBe(0);
    const names = Object.keys(fromJson((await world.table('hist'))[100]!.feature_values));
    expect(names).toEqual(['tsfresh-efficient@60']);
    await world.run({ sets: SETS, horizon: 10 });
    expect(await digest(world)).toBe(before);
  });

  it('forget rows of times that a series no longer has', async () => {
    await world.import('short.csv', seriesCsv(['s'], 30));
    await world.run({ datasets: ['short'], sets: [set('rolling')] });
    expect(await world.table('hist', 'short')).toHaveLength(30);
    await world.import('short.csv', seriesCsv(['s'], 20));
    await world.run({ datasets: ['short'], sets: [set('rolling')] });
    expect(await world.table('hist', 'short')).toHaveLength(20);
  });

  it('of nothing are refused, and so are sets and parameters that do not exist', async () => {
    const refused = (wanted: Partial<RunBody>) => expect(world.submit(wanted)).rejects;
    await refused({ datasets: ['none'] }).toMatchObject({ code: 'FEATURES_NOTHING_SELECTED' });
    await refused({ sets: [set('nope')] }).toMatchObject({ code: 'FEATURES_SET_UNKNOWN' });
    await refused({ sets: [set('lags', { parameters: { lag: 1 } })] }).toMatchObject({
      code: 'FEATURES_PARAMETER_INVALID',
    });
    await refused({ sets: [set('rolling', { windows: {} })] }).toMatchObject({
      code: 'FEATURES_NOT_BY_WINDOW',
    });
    await refused({ country: 'XX' }).toMatchObject({ code: 'FEATURES_COUNTRY_UNKNOWN' });
  });

  it('pause, go on and can be cancelled; what is done is not done again', async () => {
    const names = Array.from({ length: 24 }, (_, i) => `s${i}`);
    await world.import('many.csv', seriesCsv(names, 250));
    const wanted = { datasets: ['many'], sets: [set('rolling'), set('catch22', { windows: {} })] };
    const { id } = await world.submit(wanted);
    await world.reached<FeaturesRun>(RUNS_TOPIC, id, ['running']);
    expect((await world.runs.pause(id, 'ann')).state).toBe('paused');
    await expect(world.runs.pause(id, 'ann')).rejects.toMatchObject({
      code: 'FEATURES_RUN_STATE',
      params: { state: { ja: '一時停止' } },
    });
    const done = (await runProgress(world.query, id)).seriesDone;
    const finished = async () =>
      (
        await world.query
          .selectFrom('features_run_series')
          .select(['position', 'finished_at'])
          .where('run_id', '=', id)
          .where('state', '=', 'done')
          .execute()
      ).map((row) => [row.position, row.finished_at] as const);
    const early = await finished();
    expect(early).toHaveLength(done);
    expect(done).toBeLessThan(24);
    await world.runs.cancel(id, 'ann');
    const end = world.reached<FeaturesRun>(RUNS_TOPIC, id, ['done']);
    await world.runs.resume(id, 'ann');
    expect(await end).toMatchObject({ seriesDone: 24, progress: 1 });
    const late = new Map(await finished());
    for (const [position, at] of early) expect(late.get(position)).toBe(at);
    await expect(world.runs.cancel(id, 'ann')).rejects.toMatchObject({
      code: 'FEATURES_RUN_STATE',
    });
  });
});

describeDatabases(
  'sets that fail',
  (databases) => {
    let world: FeaturesWorld;
    beforeAll(async () => {
      // Room for the columns of lags and of nothing more.
      world = await openFeaturesWorld(databases, { mostValues: 60 * 40 });
      await world.start();
      await world.import('few.csv', seriesCsv(['a', 'b'], 60));
    });
    afterAll(() => world.close());
    const wanted = (errors: 'raise' | 'warn' | 'ignore') => ({
      sets: [set('lags', { errors }), set('rolling', { errors, retries: 1 })],
    });

    it('are noted and left out', async () => {
      const { id, state } = await world.run(wanted('warn'));
      expect(state).toBe('done');
      const rows = await world.query
        .selectFrom('features_run_series')
        .select('messages')
        .where('run_id', '=', id)
        .execute();
      expect(fromJson(rows[0]!.messages!)).toMatchObject([
        {
          code: 'FEATURES_PIPELINE_FAILED',
          en: expect.stringContaining('rolling failed for few/a'),
        },
      ]);
      expect(Object.keys(fromJson((await world.table('hist'))[0]!.feature_values))).toEqual([
        'lags',
      ]);
    });

    it('are left out without a word', async () => {
      const { id, state } = await world.run(wanted('ignore'));
      expect(state).toBe('done');
      const { messages } = await world.query
        .selectFrom('features_run_series')
        .select('messages')
        .where('run_id', '=', id)
        .executeTakeFirstOrThrow();
      expect(messages).toBe(null);
    });

    it('end the run, which goes on when it is told to', async () => {
      const run = await world.run(wanted('raise'));
      expect(run.state).toBe('failed');
      expect(fromJson(run.error!)).toMatchObject({ code: 'FEATURES_PIPELINE_FAILED' });
      const end = world.reached<FeaturesRun>(RUNS_TOPIC, run.id, ['failed']);
      await world.runs.resume(run.id, 'ann');
      expect(await end).toMatchObject({ seriesDone: 0 });
    });
  },
  { engines: ['sqlite'] },
);

describeRedis('two machines with one queue', (redis) => {
  describeDatabases(
    'and one database',
    (databases) => {
      it('share a run, and write what one would', async () => {
        const prefix = redis.prefix();
        const open = async (databaseUrl?: string) =>
          openFeaturesWorld(databases, {
            threads: 1,
            ...(databaseUrl && { databaseUrl }),
            queue: createRedisQueue({
              url: redis.url,
              prefix,
              clock: systemClock,
              log: silentLog,
            }),
          });
        const first = await open();
        const second = await open(first.databaseUrl);
        try {
          await first.start();
          const names = Array.from({ length: 60 }, (_, i) => `s${i}`);
          // An uploaded file lies in the data folder, which these two do not share.
          await first.import('many.csv', seriesCsv(names, 300));
          await second.start();
          const { id } = await first.submit({ sets: [set('rolling'), set('catch22')] });
          await expect
            .poll(async () => (await first.runs.require(id)).state, { timeout: 60_000 })
            .toBe('done');
          expect(await runProgress(first.query, id)).toMatchObject({ seriesDone: 60 });
          const shared = await digest(first);

          const alone = await openFeaturesWorld(databases);
          await alone.start();
          await alone.import('many.csv', seriesCsv(names, 300));
          await alone.run({ sets: [set('rolling'), set('catch22')] });
          expect(await digest(alone)).toBe(shared);
          await alone.close();
        } finally {
          await second.close();
          await first.close();
        }
      }, 120_000);
    },
    { engines: ['postgres'] },
  );
});
