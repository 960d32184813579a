import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seriesLayoutSchema } from '../../../core/series-source/contract.ts';
import { columnsOf } from '../../../core/series-source/layout.ts';
import { openFile } from '../../../core/series-source/open-file.ts';
import { readSeries } from '../../../core/series-source/read-series.ts';
import { describeDatabases } from '../../../testing/databases.ts';
import { runSetSchema } from '../contract.ts';
import { type FeaturesWorld, openFeaturesWorld } from '../testing/features-world.ts';
import { seriesCsv } from '../testing/series-csv.ts';
import { type ExportTask, run } from './export-task.ts';

describeDatabases('an exported table', (databases) => {
  let world: FeaturesWorld;
  beforeAll(async () => {
    world = await openFeaturesWorld(databases);
    await world.start();
    await world.import('=shop.csv', seriesCsv(['a', '=b'], 40));
    const sets = ['lags', 'acf', 'catch22'].map((set) => runSetSchema.parse({ set }));
    await world.run({ sets, horizon: 0 });
  });
  afterAll(() => world.close());
  const exported = async (table: ExportTask['table'], format: ExportTask['format']) => {
    const file = join(world.folder, `${table}.${format}`);
    await run({ databaseUrl: world.databaseUrl, table, format, file });
    return file;
  };

  it('is CSV that a spreadsheet does not run, one column a feature', async () => {
    const text = readFileSync(await exported('hist', 'csv'), 'utf8');
    const [head, first] = text.replace('\uFEFF', '').split('\r\n');
    expect(head!.split(',').slice(0, 4)).toEqual(['loto', 'unique_id', 'ds', 'lags.lag_1']);
    expect(first).toMatch(/^'=shop,'=b,2024-01-01,,/);
    expect(text.trim().split('\r\n')).toHaveLength(81);
  });

  it('has a column for each place of a list', async () => {
    const [head] = readFileSync(await exported('stat', 'csv'), 'utf8').split('\r\n');
    expect(head).toContain('acf.acf_nlags40[19]');
    expect(head).toContain('catch22.CO_f1ecac');
  });

  it('is Parquet with the same values, which the importer reads again', async () => {
    const layout = seriesLayoutSchema.parse({
      ...{ loto: 'loto', id: 'unique_id', time: 'ds', y: 'lags.lag_1', exogenous: ['lags.diff_2'] },
    });
    const source = await openFile(await exported('hist', 'parquet'), layout);
    const columns = columnsOf(source, layout);
    expect(columns.timeKind).toBe('date');
    const read = await readSeries(source, columns);
    const series = [...read.spool.drain()];
    expect(series.map(({ t }) => t.length)).toEqual([40, 40]);
    const stored = await world.table('hist');
    for (const { series: number, t, y } of series) {
      const rows = stored.filter(({ unique_id }) => unique_id === read.names[number]!.uniqueId);
      expect([...t]).toEqual(rows.map(({ ds }) => ds));
      expect([...y]).toEqual(
        rows.map(({ feature_values }) => JSON.parse(feature_values).lags.lag_1 ?? Number.NaN),
      );
    }
    read.spool.close();
    await source.close();
  });

  it('of nothing is told', async () => {
    await expect(exported('futr', 'csv')).rejects.toMatchObject({ code: 'FEATURES_TABLE_EMPTY' });
  });
});
