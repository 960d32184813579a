import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromJson } from '../../../core/db/columns.ts';
import { describeDatabases } from '../../../testing/databases.ts';
import type { FeaturesImport } from '../contract.ts';
import { findSeries, readPoints } from '../store/series.ts';
import type { ImportRow } from '../store/tables.ts';
import { type FeaturesWorld, openFeaturesWorld } from '../testing/features-world.ts';
import { seriesCsv } from '../testing/series-csv.ts';
import { IMPORTS_TOPIC } from './imports.ts';
import { removeUnusedPoints } from './unused-points.ts';

const draws = readFileSync(new URL('../fixtures/numbers3-120-draws.csv', import.meta.url));

describeDatabases('imports', (databases) => {
  let world: FeaturesWorld;
  beforeAll(async () => {
    world = await openFeaturesWorld(databases, { tables: ['features_futr', 'secret_prices'] });
    await world.start();
  });
  afterAll(() => world.close());
  const countPoints = async (): Promise<number> => {
    const { n } = await world.query
      .selectFrom('features_points')
      .select(({ fn }) => fn.countAll().as('n'))
      .executeTakeFirstOrThrow();
    return Number(n);
  };
  const reportOf = (row: ImportRow) => fromJson(row.report!);

  it('tell what is in a file before they store anything, and store it when told to', async () => {
    const checked = await world.import('numbers3.csv', draws, {}, 'false');
    expect(checked.state).toBe('checked');
    expect(reportOf(checked)).toMatchObject({ seriesCount: 3, points: 360, rowsRejected: 0 });
    expect(await countPoints()).toBe(0);

    await world.imports.store(checked.id, 'ann', 'en');
    const stored = await world.ended(await world.imports.require(checked.id));
    expect(stored.state).toBe('stored');
    const row = await findSeries(world.query, { loto: 'numbers3', uniqueId: 'N2' });
    expect(row).toMatchObject({ n: 120, time_kind: 'date', first_ds: Date.parse('1994-10-07') });
    const points = await readPoints(world.query, row!);
    expect([...points.y.slice(0, 3)]).toEqual([9, 8, 9]);
    expect([...points.x.draw!.slice(0, 3)]).toEqual([1, 2, 3]);
    await expect(world.imports.store(checked.id, 'ann', 'en')).rejects.toMatchObject({
      code: 'FEATURES_IMPORT_STATE',
      params: { state: { ja: '保存済み' } },
    });
  });

  it('say how far they are to those who listen and to those who ask', async () => {
    const noted: Promise<number>[] = [];
    const stop = world.messages.subscribe(IMPORTS_TOPIC, ({ body }) => {
      const { id, progress } = body as FeaturesImport;
      if (progress > 0 && progress < 1) {
        noted.push(world.imports.require(id).then((row) => row.progress));
      }
    });
    expect((await world.import('long.csv', seriesCsv(['a', 'b'], 5000))).state).toBe('stored');
    stop();
    expect(noted.length).toBeGreaterThan(0);
    for (const progress of await Promise.all(noted)) expect(progress).toBeGreaterThan(0);
  });

  it('wait for a person where rows are bad, or store the good ones', async () => {
    const bad =
      'unique_id,ds,y\na,2024-01-01,1\na,2024-01-02,x\na,2024-01-03,\na,2024-01-04,1e300\n';
    expect((await world.import('bad.csv', bad)).state).toBe('checked');
    const stored = await world.import('bad.csv', bad, {}, 'good-rows');
    expect(stored.state).toBe('stored');
    const row = await findSeries(world.query, { loto: 'bad', uniqueId: 'a' });
    const { y } = await readPoints(world.query, row!);
    expect([...y]).toEqual([1, Number.NaN, 1e300]);
  });

  it('replace series of the same name as a whole, and remove the points of the old ones', async () => {
    await world.import('shop.csv', seriesCsv(['a', 'b'], 50));
    const before = await countPoints();
    await world.import('shop.csv', seriesCsv(['b', 'c'], 20, 2));
    const series = await world.query
      .selectFrom('features_series')
      .select(['unique_id', 'n'])
      .where('loto', '=', 'shop')
      .orderBy('unique_id')
      .execute();
    expect(series.map(({ unique_id, n }) => [unique_id, n])).toEqual([
      ...[
        ['a', 50],
        ['b', 20],
        ['c', 20],
      ],
    ]);
    // The job does so, too, after it has said that the import is stored.
    await removeUnusedPoints(world.query, 100);
    expect(await countPoints()).toBe(before - 50 + 40);
    expect(await removeUnusedPoints(world.query, 100)).toBe(0);
  });

  it('of what is no table of series fail and say why', async () => {
    const failed = await world.import('prose.csv', 'hello\nworld\n');
    expect(failed.state).toBe('failed');
    expect(fromJson(failed.error!).code).toBe('SERIES_NO_TIME');
  });

  it('read tables that an administrator allowed, and no others', async () => {
    await world.import('seed.csv', seriesCsv(['a'], 10));
    await world.run({ datasets: ['seed'], horizon: 5 });
    const read = await world
      .importTable('features_futr', {
        id: 'unique_id',
        time: 'ds',
        y: 'ds',
        exogenous: [],
      })
      .catch((error: { code: string }) => error);
    // One column cannot be time and value.
    expect(read).toMatchObject({ state: 'failed' });
    for (const table of ['core_users', 'secret_prices']) {
      await expect(world.importTable(table)).rejects.toMatchObject({
        code: 'SERIES_TABLE_REFUSED',
      });
    }
    await world.db.query.schema
      .createTable('secret_prices')
      .addColumn('shop', 'varchar(20)')
      .addColumn('day', 'varchar(20)')
      .addColumn('price', 'double precision')
      .execute();
    await world.db.query
      .withTables<{ secret_prices: { shop: string; day: string; price: number } }>()
      .insertInto('secret_prices')
      .values([
        { shop: 'x', day: '2024-01-01', price: 1.5 },
        { shop: 'x', day: '2024-01-02', price: 2.5 },
      ])
      .execute();
    const stored = await world.importTable('secret_prices', {
      id: 'shop',
      time: 'day',
      y: 'price',
    });
    expect(stored.state).toBe('stored');
    const row = await findSeries(world.query, { loto: 'secret_prices', uniqueId: 'x' });
    expect([...(await readPoints(world.query, row!)).y]).toEqual([1.5, 2.5]);
  });
});
