import { beforeAll, expect, it } from 'vitest';
import { toJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { describeDatabases } from '../../../testing/databases.ts';
import type { FeatureValues } from '../contract.ts';
import { qualitySchema } from '../insight-contract.ts';
import { featuresMigrations } from '../migrations/index.ts';
import { featuresQuery } from '../store/tables.ts';
import { qualityOf } from './quality-task.ts';

const SERIES = 40;

/** One description of a whole series, with every kind of trouble. */
function description(i: number): FeatureValues {
  return {
    shape: {
      mean: i,
      double: 2 * i + 1,
      zigzag: ((i * 7919) % 101) / 101,
      flat: 4,
      gone: null,
      half: i % 2 === 0 ? i * i : null,
      endless: i === 3 ? 'Infinity' : (i * 31) % 17,
      label: 'N1',
    },
    lists: { acf: [1, i / SERIES, null] },
  };
}

describeDatabases('quality of features', ({ open }) => {
  let db: Database;
  beforeAll(async () => {
    db = await open(featuresMigrations);
    const query = featuresQuery(db);
    for (let i = 0; i < SERIES; i++) {
      const key = { loto: i < 30 ? 'a' : 'b', unique_id: `N${i}` };
      await query
        .insertInto('features_stat')
        .values({ ...key, feature_values: toJson(description(i)) })
        .execute();
    }
    for (let t = 0; t < 450; t++) {
      const values: FeatureValues = { rolling: { mean_7: t < 6 ? null : t, lag_1: t - 1 } };
      await query
        .insertInto('features_hist')
        .values({ loto: 'a', unique_id: 'N0', ds: t, feature_values: toJson(values) })
        .execute();
    }
  });

  it('tells what is missing, infinite and constant', async () => {
    const quality = await qualityOf(db, { table: 'stat', loto: undefined, correlation: 0.95 });
    expect(qualitySchema.parse(quality)).toEqual(quality);
    expect(quality).toMatchObject({ rows: SERIES, rowsRead: SERIES, series: SERIES });
    const of = (name: string) => quality.features.find((feature) => feature.name === name);
    expect(of('mean')).toMatchObject({ set: 'shape', missing: 0, constant: false, max: 39 });
    expect(of('flat')).toMatchObject({ constant: true });
    expect(of('gone')).toMatchObject({ missing: 1, constant: false, min: null });
    expect(of('half')?.missing).toBe(0.5);
    expect(of('endless')).toMatchObject({ missing: 0, infinite: 1 / SERIES });
    expect(of('acf[1]')).toMatchObject({ set: 'lists', missing: 0 });
    expect(of('label')).toBeUndefined();
  });

  it('lists features that say the same', async () => {
    const { pairs } = await qualityOf(db, { table: 'stat', loto: undefined, correlation: 0.999 });
    const names = pairs.map(({ a, b }) => `${a} = ${b}`);
    expect(names).toContain('shape: mean = shape: double');
    expect(names.join()).not.toContain('zigzag');
    expect(names.join()).not.toContain('flat');
  });

  it('looks at one group alone', async () => {
    const quality = await qualityOf(db, { table: 'stat', loto: 'b', correlation: 0.95 });
    expect(quality).toMatchObject({ rows: 10, series: 10 });
  });

  it('reads features by time page by page', async () => {
    const quality = await qualityOf(db, { table: 'hist', loto: 'a', correlation: 0.95 });
    expect(quality).toMatchObject({ rows: 450, rowsRead: 450, series: 1 });
    const mean = quality.features.find(({ name }) => name === 'mean_7');
    expect(mean?.missing).toBeCloseTo(6 / 450, 12);
    expect(quality.pairs[0]).toMatchObject({ a: 'rolling: mean_7', b: 'rolling: lag_1' });
  });

  it('finds nothing in an empty table', async () => {
    const quality = await qualityOf(db, { table: 'hist', loto: 'none', correlation: 0.95 });
    expect(quality).toMatchObject({ rows: 0, rowsRead: 0, features: [], pairs: [] });
  });
});
