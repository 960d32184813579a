import { sql } from 'kysely';
import { fromJson } from '../../../core/db/columns.ts';
import type { FeaturesQuery, PointRow, SeriesRow } from './tables.ts';

/** The columns in the order in which points are inserted. */
export const pointColumns = [
  'import_number',
  'position',
  'ds',
  'y',
  'x',
] as const satisfies readonly (keyof PointRow)[];

export const seriesColumns = [
  'import_number',
  'position',
  'time_kind',
  'n',
  'first_ds',
  'last_ds',
  'hash',
  'exogenous',
  'facts',
  'imported_at',
] as const satisfies readonly (keyof SeriesRow)[];

export interface SeriesKey {
  readonly loto: string;
  readonly uniqueId: string;
}

export async function findSeries(
  query: FeaturesQuery,
  { loto, uniqueId }: SeriesKey,
): Promise<SeriesRow | undefined> {
  return query
    .selectFrom('features_series')
    .selectAll()
    .where('loto', '=', loto)
    .where('unique_id', '=', uniqueId)
    .executeTakeFirst();
}

/** In the order of their names, from behind `after`. */
export async function listSeries(
  query: FeaturesQuery,
  page: {
    loto?: string | undefined;
    search?: string;
    after?: SeriesKey | undefined;
    limit: number;
  },
): Promise<SeriesRow[]> {
  const { loto, search, after } = page;
  let rows = query
    .selectFrom('features_series')
    .selectAll()
    .orderBy('loto')
    .orderBy('unique_id')
    .limit(page.limit);
  if (loto !== undefined) rows = rows.where('loto', '=', loto);
  if (search !== undefined && search !== '') {
    const literal = search.toLowerCase().replaceAll(/[!%_]/g, '!$&');
    rows = rows.where(sql<boolean>`lower(unique_id) like ${`%${literal}%`} escape '!'`);
  }
  if (after !== undefined) {
    rows = rows.where(({ eb, and, or }) =>
      or([
        eb('loto', '>', after.loto),
        and([eb('loto', '=', after.loto), eb('unique_id', '>', after.uniqueId)]),
      ]),
    );
  }
  return rows.execute();
}

export async function listDatasets(
  query: FeaturesQuery,
): Promise<{ loto: string; series: number; points: number }[]> {
  const rows = await query
    .selectFrom('features_series')
    .select(({ fn }) => ['loto', fn.countAll().as('series'), fn.sum('n').as('points')])
    .groupBy('loto')
    .orderBy('loto')
    .execute();
  return rows.map(({ loto, series, points }) => ({
    loto,
    series: Number(series),
    points: Number(points),
  }));
}

export interface StoredPoints {
  readonly t: Float64Array;
  readonly y: Float64Array;
  readonly x: Readonly<Record<string, Float64Array>>;
}

/** Rows read at once: rows are large objects, arrays of numbers are not. */
const PAGE_POINTS = 10_000;

/** The points of a series in order of time. Shorter than `row.n` when the series was replaced meanwhile. */
export async function readPoints(query: FeaturesQuery, row: SeriesRow): Promise<StoredPoints> {
  const names = fromJson(row.exogenous);
  const t = new Float64Array(row.n);
  const y = new Float64Array(row.n);
  const columns = names.map(() => new Float64Array(row.n).fill(Number.NaN));
  let read = 0;
  while (read < row.n) {
    let page = query
      .selectFrom('features_points')
      .select(['ds', 'y', 'x'])
      .where('import_number', '=', row.import_number)
      .where('position', '=', row.position)
      .orderBy('ds')
      .limit(PAGE_POINTS);
    if (read > 0) page = page.where('ds', '>', t[read - 1]!);
    const points = await page.execute();
    for (const point of points) {
      t[read] = point.ds;
      y[read] = point.y ?? Number.NaN;
      const x = point.x === null ? [] : fromJson(point.x);
      for (const [k, value] of x.entries()) columns[k]![read] = value ?? Number.NaN;
      read++;
    }
    if (points.length < PAGE_POINTS) break;
  }
  const cut = (values: Float64Array) => (read === row.n ? values : values.slice(0, read));
  return {
    t: cut(t),
    y: cut(y),
    x: Object.fromEntries(names.map((name, k) => [name, cut(columns[k]!)])),
  };
}

/** Positions of an import that series still use. */
export async function usedPositions(
  query: FeaturesQuery,
  importNumber: number,
): Promise<ReadonlySet<number>> {
  const rows = await query
    .selectFrom('features_series')
    .select('position')
    .where('import_number', '=', importNumber)
    .execute();
  return new Set(rows.map(({ position }) => position));
}

/** The first position of an import behind `after` that has points; undefined when there is none. */
export async function nextPosition(
  query: FeaturesQuery,
  importNumber: number,
  after: number,
): Promise<number | undefined> {
  const row = await query
    .selectFrom('features_points')
    .select('position')
    .where('import_number', '=', importNumber)
    .where('position', '>', after)
    .orderBy('position')
    .limit(1)
    .executeTakeFirst();
  return row?.position;
}

export async function lastPosition(query: FeaturesQuery, importNumber: number): Promise<number> {
  const { last } = await query
    .selectFrom('features_points')
    .select(({ fn }) => fn.max('position').as('last'))
    .where('import_number', '=', importNumber)
    .executeTakeFirstOrThrow();
  return Number(last ?? -1);
}

/** Deletes the points of one series, some at a time: a synchronous engine stops everything else meanwhile. */
export async function deletePoints(
  query: FeaturesQuery,
  importNumber: number,
  position: number,
): Promise<void> {
  for (;;) {
    const next = await query
      .selectFrom('features_points')
      .select('ds')
      .where('import_number', '=', importNumber)
      .where('position', '=', position)
      .orderBy('ds')
      .offset(PAGE_POINTS)
      .limit(1)
      .executeTakeFirst();
    let some = query
      .deleteFrom('features_points')
      .where('import_number', '=', importNumber)
      .where('position', '=', position);
    if (next !== undefined) some = some.where('ds', '<', next.ds);
    await some.execute();
    if (next === undefined) return;
  }
}
