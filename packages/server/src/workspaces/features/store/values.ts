import type { Database } from '../../../core/db/database.ts';
import type { FeatureTable } from '../contract.ts';
import type { SeriesKey } from './series.ts';
import { featuresQuery, type TimedValuesRow, type ValuesRow } from './tables.ts';

export interface ValuesKey extends SeriesKey {
  /** 0 in features_stat. */
  readonly ds: number;
}

export type AnyValuesRow = ValuesRow & Partial<Pick<TimedValuesRow, 'ds'>>;

/** Rows of a table in the order of their key, from behind `after`. */
export async function readValues(
  db: Database,
  table: FeatureTable,
  page: {
    loto?: string | undefined;
    uniqueId?: string | undefined;
    after?: ValuesKey | undefined;
    limit: number;
  },
): Promise<AnyValuesRow[]> {
  return table === 'stat' ? statRows(db, page) : timedRows(db, table, page);
}

type Page = Parameters<typeof readValues>[2];

async function statRows(
  db: Database,
  { loto, uniqueId, after, limit }: Page,
): Promise<ValuesRow[]> {
  let rows = featuresQuery(db)
    .selectFrom('features_stat')
    .selectAll()
    .orderBy('loto')
    .orderBy('unique_id')
    .limit(limit);
  if (loto !== undefined) rows = rows.where('loto', '=', loto);
  if (uniqueId !== undefined) rows = rows.where('unique_id', '=', uniqueId);
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

async function timedRows(
  db: Database,
  table: 'hist' | 'futr',
  { loto, uniqueId, after, limit }: Page,
): Promise<TimedValuesRow[]> {
  let rows = featuresQuery(db)
    .selectFrom(`features_${table}`)
    .selectAll()
    .orderBy('loto')
    .orderBy('unique_id')
    .orderBy('ds')
    .limit(limit);
  if (loto !== undefined) rows = rows.where('loto', '=', loto);
  if (uniqueId !== undefined) rows = rows.where('unique_id', '=', uniqueId);
  if (after !== undefined) {
    rows = rows.where(({ eb, and, or }) =>
      or([
        eb('loto', '>', after.loto),
        and([eb('loto', '=', after.loto), eb('unique_id', '>', after.uniqueId)]),
        and([
          eb('loto', '=', after.loto),
          eb('unique_id', '=', after.uniqueId),
          eb('ds', '>', after.ds),
        ]),
      ]),
    );
  }
  return rows.execute();
}

/** The first row of each series of a table. */
export async function* firstRows(
  db: Database,
  table: FeatureTable,
  loto: string | undefined,
): AsyncGenerator<AnyValuesRow> {
  let after: ValuesKey | undefined;
  for (;;) {
    const [row] = await readValues(db, table, { loto, after, limit: 1 });
    if (row === undefined) return;
    yield row;
    after = { loto: row.loto, uniqueId: row.unique_id, ds: Number.MAX_SAFE_INTEGER };
  }
}
