import { fromJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { openDatabase } from '../../../core/db/open-database.ts';
import { createLogger } from '../../../core/log.ts';
import type { FeatureQuality } from '../insight-contract.ts';
import { type FeaturesQuery, featuresQuery } from '../store/tables.ts';
import { comparableRows, correlatedPairs, FEWEST_ROWS } from './correlated-pairs.ts';
import { createFeatureColumns, type FeatureColumn } from './feature-columns.ts';

/** Rows that are read: of whole series, spread evenly over all of them. */
const MOST_ROWS = 5000;
const PAGE_ROWS = 200;
const LISTED_PAIRS = 200;
/** Columns with fewer values than this share are not compared. */
const FEWEST_VALUES = 0.5;

export interface QualityTask {
  readonly databaseUrl: string;
  readonly table: 'hist' | 'stat';
  readonly loto: string | undefined;
  readonly correlation: number;
}

interface Owner {
  readonly loto: string;
  readonly unique_id: string;
  readonly rows: number;
}

/** Runs in a worker thread with a connection of its own: what is missing, constant or said twice in a table of features. */
export async function run(task: QualityTask): Promise<FeatureQuality> {
  const log = createLogger({ level: 'silent' });
  const db = await openDatabase({ url: task.databaseUrl, poolSize: 1, log });
  try {
    return await qualityOf(db, task);
  } finally {
    await db.stop();
  }
}

/** As `run`, on an open database. */
export async function qualityOf(
  db: Database,
  { table, loto, correlation }: Omit<QualityTask, 'databaseUrl'>,
): Promise<FeatureQuality> {
  const query = featuresQuery(db);
  const owners = await ownersOf(query, table, loto);
  const chosen = evenly(owners, MOST_ROWS);
  const rows = chosen.reduce((sum, owner) => sum + owner.rows, 0);
  const columns = createFeatureColumns(Math.min(rows, MOST_ROWS));
  let rowsRead = 0;
  for (const owner of chosen) {
    for await (const values of valuesOf(query, table, owner, MOST_ROWS - rowsRead)) {
      columns.add(fromJson(values));
      rowsRead++;
    }
  }
  const all = columns.all();
  return {
    rows: owners.reduce((sum, owner) => sum + owner.rows, 0),
    series: owners.length,
    rowsRead,
    seriesRead: chosen.length,
    features: all.map(factsOf),
    ...compare(all, rowsRead, correlation),
  };
}

async function ownersOf(
  query: FeaturesQuery,
  table: 'hist' | 'stat',
  loto: string | undefined,
): Promise<Owner[]> {
  let rows = query
    .selectFrom(table === 'hist' ? 'features_hist' : 'features_stat')
    .select(({ fn }) => ['loto', 'unique_id', fn.countAll().as('rows')])
    .groupBy(['loto', 'unique_id'])
    .orderBy('loto')
    .orderBy('unique_id');
  if (loto !== undefined) rows = rows.where('loto', '=', loto);
  return (await rows.execute()).map((row) => ({ ...row, rows: Number(row.rows) }));
}

/** Series out of all of them, as far apart as possible, whose rows are about as many as may be read; at least one. */
function evenly(owners: readonly Owner[], mostRows: number): readonly Owner[] {
  const rows = owners.reduce((sum, owner) => sum + owner.rows, 0);
  if (rows <= mostRows) return owners;
  const count = Math.max(1, Math.floor((owners.length * mostRows) / rows));
  return Array.from({ length: count }, (_, i) => owners[Math.floor((i * owners.length) / count)]!);
}

async function* valuesOf(
  query: FeaturesQuery,
  table: 'hist' | 'stat',
  { loto, unique_id }: Owner,
  most: number,
) {
  if (table === 'stat') {
    const row = await query
      .selectFrom('features_stat')
      .select('feature_values')
      .where('loto', '=', loto)
      .where('unique_id', '=', unique_id)
      .executeTakeFirst();
    if (row !== undefined) yield row.feature_values;
    return;
  }
  let after: number | undefined;
  for (let left = most; left > 0; ) {
    let page = query
      .selectFrom('features_hist')
      .select(['ds', 'feature_values'])
      .where('loto', '=', loto)
      .where('unique_id', '=', unique_id)
      .orderBy('ds')
      .limit(Math.min(PAGE_ROWS, left));
    if (after !== undefined) page = page.where('ds', '>', after);
    const rows = await page.execute();
    for (const row of rows) yield row.feature_values;
    left -= rows.length;
    after = rows.at(-1)?.ds;
    if (rows.length < PAGE_ROWS) return;
  }
}

function factsOf({
  set,
  name,
  values,
  infinite,
}: FeatureColumn): FeatureQuality['features'][number] {
  let [known, min, max] = [0, Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    known++;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const share = (count: number): number => (values.length === 0 ? 0 : count / values.length);
  return {
    set,
    name,
    missing: share(values.length - known - infinite),
    infinite: share(infinite),
    constant: known > 1 && infinite === 0 && min === max,
    min: known === 0 ? null : min,
    max: known === 0 ? null : max,
  };
}

function compare(all: readonly FeatureColumn[], rows: number, least: number) {
  const varying = all.filter(({ values }) => {
    const known = values.filter(Number.isFinite);
    return (
      known.length >= Math.max(FEWEST_ROWS, FEWEST_VALUES * rows) &&
      known.some((value) => value !== known[0])
    );
  });
  const rowsCompared = comparableRows(varying.length, rows);
  const step = rows / Math.max(1, rowsCompared);
  const columns = varying.map(({ values }) =>
    Float64Array.from({ length: rowsCompared }, (_, i) => values[Math.floor(i * step)]!),
  );
  const { pairs, found } = correlatedPairs(columns, least, LISTED_PAIRS);
  const name = (i: number): string => `${varying[i]!.set}: ${varying[i]!.name}`;
  return {
    pairs: pairs.map(({ a, b, correlation }) => ({ a: name(a), b: name(b), correlation })),
    pairsFound: found,
    featuresCompared: varying.length,
    rowsCompared,
  };
}
