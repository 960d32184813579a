import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_NEEDS, findChromium } from './support/find-chromium.ts';
import { kizashi, root, temporaryFolder } from './support/product.ts';

const DRAWS = join(root, 'packages/server/src/workspaces/features/fixtures/loto6-120-draws.csv');
const SETS = 'rolling,rolling-windows,lags,anomaly,calendar,matrix-profile,motifs';
const hasChromium = (await findChromium()) !== undefined;

/** A machine whose GPU is that of Chromium. */
const machine = (data: string, gpu: string) => ({
  KIZASHI_DATA: data,
  KIZASHI_DEMO: 'off',
  KIZASHI_COMPUTE_THREADS: '1',
  KIZASHI_FEATURES_GPU: gpu,
  KIZASHI_FEATURES_GPU_MODULE: join(root, 'test/e2e/support/chromium-webgpu.ts'),
});

async function features(env: Record<string, string>, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await kizashi(['features', ...args, '--json'], env);
  expect(code, stderr).toBe(0);
  return stdout;
}

const RUN = ['run', DRAWS, '--sets', SETS, '--lookahead'];

/** Everything a run has written: rows in their order, of each set → feature → value. */
function stored({ KIZASHI_DATA }: { KIZASHI_DATA: string }): readonly StoredRow[] {
  const db = new DatabaseSync(join(KIZASHI_DATA, 'kizashi.db'), { readOnly: true });
  try {
    return [
      'select feature_values from features_hist order by loto, unique_id, ds',
      'select feature_values from features_stat order by loto, unique_id',
    ].flatMap((statement) =>
      db
        .prepare(statement)
        .all()
        .map(({ feature_values }) => JSON.parse(String(feature_values)) as StoredRow),
    );
  } finally {
    db.close();
  }
}

type StoredRow = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

describe.skipIf(!hasChromium)(
  `features run on a GPU${hasChromium ? '' : ` (needs ${CHROMIUM_NEEDS})`}`,
  () => {
    const onGpu = machine(temporaryFolder(), 'require');
    const onProcessor = machine(temporaryFolder(), 'off');
    let wanted: readonly StoredRow[];

    beforeAll(async () => {
      await features(onProcessor, ...RUN);
      wanted = stored(onProcessor);
      await features(onGpu, ...RUN);
    });

    it('gives the values of the processor within the tolerance of 32 bits', () => {
      const found = stored(onGpu);
      expect(found).not.toEqual(wanted);
      expect(found).toHaveLength(847);
      expect(found.flatMap((row, r) => apart(row, wanted[r]!, `row ${r}`)).slice(0, 5)).toEqual([]);
    });

    it('keeps 32-bit results apart, and prefers the processor to an emulated GPU', async () => {
      await features(onGpu, ...RUN, '--gpu', 'auto');
      expect(stored(onGpu)).toEqual(wanted);
    });

    it('is announced by the health check', async () => {
      const { gpu } = JSON.parse(await features(onGpu, 'health'));
      expect(gpu).toMatchObject({ status: 'available', required: true });
      expect(gpu.detail).toContain('swiftshader');
    });

    it('ends with the reason when the device is lost', async () => {
      const env = { ...machine(temporaryFolder(), 'require'), TEST_GPU_LOST_AFTER: '3' };
      const { code, stderr } = await kizashi(['features', ...RUN, '--json'], env);
      expect(code).not.toBe(0);
      expect(JSON.parse(stderr.trim().split('\n').at(-1)!).error.message).toContain(
        'the GPU device was lost',
      );
    });
  },
);

/** Where two values are not alike: numbers within 32 bits, everything else the same. */
function apart(actual: unknown, wanted: unknown, where: string): readonly string[] {
  if (typeof actual === 'number' && typeof wanted === 'number') {
    const isClose = Math.abs(actual - wanted) <= 2e-5 * (1 + Math.abs(wanted));
    return isClose ? [] : [`${where}: ${actual} and ${wanted}`];
  }
  if (
    typeof actual === 'object' &&
    typeof wanted === 'object' &&
    actual !== null &&
    wanted !== null
  ) {
    const [names, others] = [Object.keys(actual), Object.keys(wanted)];
    if (names.join() !== others.join()) return [`${where}: ${names.join()} and ${others.join()}`];
    return names.flatMap((name) =>
      apart(
        (actual as Record<string, unknown>)[name],
        (wanted as Record<string, unknown>)[name],
        `${where} ${name}`,
      ),
    );
  }
  return actual === wanted ? [] : [`${where}: ${actual} and ${wanted}`];
}
