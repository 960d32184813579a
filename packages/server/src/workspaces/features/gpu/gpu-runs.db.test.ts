import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromJson } from '../../../core/db/columns.ts';
import { describeDatabases } from '../../../testing/databases.ts';
import { runBody, runSetSchema } from '../contract.ts';
import { featuresHealth } from '../health.ts';
import { cacheKey } from '../run/cache.ts';
import { plannedSets } from '../run/planned-set.ts';
import { type FeaturesWorld, openFeaturesWorld } from '../testing/features-world.ts';
import { seriesCsv } from '../testing/series-csv.ts';

const NO_ADAPTER = fileURLToPath(new URL('../testing/no-adapter.ts', import.meta.url));
const NO_CREATE = fileURLToPath(new URL('../testing/series-csv.ts', import.meta.url));
const NO_PACKAGE = 'webgpu-that-is-not-installed';
const sets = [runSetSchema.parse({ set: 'lags' })];

describeDatabases(
  'runs on a machine without a GPU',
  (databases) => {
    let world: FeaturesWorld;
    beforeAll(async () => {
      world = await openFeaturesWorld(databases, { gpu: { mode: 'off', module: NO_ADAPTER } });
      await world.start();
      await world.import('some.csv', seriesCsv(['a', 'b'], 30));
    });
    afterAll(() => world.close());

    it('fail with the reason where they require one', async () => {
      const run = await world.run({ sets, gpu: 'require' });
      expect(run.state).toBe('failed');
      const error = fromJson(run.error!);
      expect(error.code).toBe('FEATURES_GPU_ABSENT');
      expect(error.en).toContain('Install the driver of the GPU');
      expect(await world.table('hist')).toEqual([]);
    });

    it('compute on the processor where they only prefer one', async () => {
      const run = await world.run({ sets, gpu: 'auto' });
      expect(run).toMatchObject({ state: 'done', error: null });
      expect(await world.table('hist')).toHaveLength(60);
    });

    it.each([
      ['off', NO_PACKAGE, 'not-asked', 'No GPU is asked for'],
      ['auto', NO_PACKAGE, 'none', 'npm install --no-save webgpu'],
      ['auto', NO_ADAPTER, 'none', 'no adapter'],
      ['require', NO_ADAPTER, 'none', 'no adapter'],
      ['require', NO_CREATE, 'none', 'does not export create()'],
    ] as const)(
      'are told of it by the health check: %s, %s',
      async (mode, module, status, words) => {
        const { gpu } = await featuresHealth({ ...world, gpu: { mode, module } }, 'en');
        expect(gpu).toMatchObject({ status, required: mode === 'require' });
        expect(gpu.detail).toContain(words);
      },
    );
  },
  { engines: ['sqlite'] },
);

it('32-bit results are kept beside those of 64 bits', () => {
  const [planned] = plannedSets(runBody.parse({ sets }));
  expect(cacheKey('content', planned!, true)).not.toBe(cacheKey('content', planned!, false));
});
