import type { Kysely } from 'kysely';
import type { Json } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import type { AnyQuery } from '../../../core/db/dialects/dialect.ts';
import type { StoredFailure } from '../../../core/errors.ts';
import type { SeriesLayout, TimeKind } from '../../../core/series-source/contract.ts';
import type {
  FeatureValues,
  ImportState,
  RunBody,
  RunState,
  SeriesFacts,
  ValidationReport,
} from '../contract.ts';

export interface ImportRow {
  id: string;
  number: number;
  name: string;
  source: 'csv' | 'parquet' | 'table';
  state: ImportState;
  layout: Json<SeriesLayout>;
  store: 'false' | 'true' | 'good-rows';
  size_bytes: number;
  report: Json<ValidationReport> | null;
  progress: number;
  error: Json<StoredFailure> | null;
  created_by: string;
  created_at: number;
  finished_at: number | null;
}

export interface SeriesRow {
  loto: string;
  unique_id: string;
  import_number: number;
  /** Of the series within its import. */
  position: number;
  time_kind: TimeKind;
  n: number;
  first_ds: number;
  last_ds: number;
  hash: string;
  /** Names of the exogenous columns. */
  exogenous: Json<string[]>;
  facts: Json<SeriesFacts>;
  imported_at: number;
}

export interface PointRow {
  import_number: number;
  position: number;
  /** UTC epoch ms, or the whole number of an index. */
  ds: number;
  y: number | null;
  x: Json<(number | null)[]> | null;
}

export interface ValuesRow {
  loto: string;
  unique_id: string;
  feature_values: Json<FeatureValues>;
}
export interface TimedValuesRow extends ValuesRow {
  ds: number;
}

export interface RunRow {
  id: string;
  name: string;
  state: RunState;
  epoch: number;
  options: Json<RunBody>;
  error: Json<StoredFailure> | null;
  created_by: string;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
  series_total: number;
  points_total: number;
  ran_ms: number;
  resumed_at: number | null;
}

export interface RunSeriesRow {
  run_id: string;
  position: number;
  chunk: number;
  loto: string;
  unique_id: string;
  points: number;
  state: 'waiting' | 'done' | 'failed';
  hist_rows: number;
  rows_written: number;
  messages: Json<StoredFailure[]> | null;
  finished_at: number | null;
}

export interface RunSetRow {
  run_id: string;
  set_name: string;
  computed_ms: number;
  cache_hits: number;
  failures: number;
}

export interface CacheRow {
  id: string;
  body: string;
  expires_at: number;
}

export type FeaturesTables = {
  features_imports: ImportRow;
  features_series: SeriesRow;
  features_points: PointRow;
  features_hist: TimedValuesRow;
  features_futr: TimedValuesRow;
  features_stat: ValuesRow;
  features_runs: RunRow;
  features_run_series: RunSeriesRow;
  features_run_sets: RunSetRow;
  features_cache: CacheRow;
};

export type FeaturesQuery = Kysely<FeaturesTables>;

export function featuresQuery(db: Pick<Database, 'query'> | AnyQuery): FeaturesQuery {
  const query = 'query' in db ? (db.query as AnyQuery) : db;
  return query.withTables<FeaturesTables>() as unknown as FeaturesQuery;
}
