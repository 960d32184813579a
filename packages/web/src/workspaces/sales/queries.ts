import type { Bucket } from '@kizashi/series';
import type { Delimiter, Encoding } from '@kizashi/server/contract/csv';
import { forecastSchema } from '@kizashi/server/contract/forecast';
import { measureSeriesSchema } from '@kizashi/server/contract/measures';
import {
  breakdownSchema,
  importSchema,
  importsPageSchema,
  overviewSchema,
  rangeSchema,
  uploadSchema,
  valuesSchema,
} from '@kizashi/server/workspaces/sales';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Api } from '../../app/api.ts';
import type { Dimension } from './search.ts';

/** Days and filters that a view's figures are asked for. */
export interface View {
  readonly from: string;
  readonly to: string;
  /** `country:Germany` */
  readonly filter: readonly string[];
}

/*
 * Keys start with `sales`, so that all of them are loaded again when the data change. What a view shows stays on the
 * page until the next view's figures are there: a filter change repaints without a flash of grey.
 */

export function rangeQuery(api: Api) {
  return queryOptions({
    queryKey: ['sales', 'range'],
    queryFn: ({ signal }) => api.get('/api/sales/range', rangeSchema, { signal }),
  });
}

export function overviewQuery(api: Api, view: View) {
  return queryOptions({
    queryKey: ['sales', 'overview', view],
    queryFn: ({ signal }) =>
      api.get('/api/sales/overview', overviewSchema, { query: { ...view }, signal }),
    placeholderData: keepPreviousData,
  });
}

export type BreakdownBy = 'product' | 'country' | 'customer' | 'weekday' | 'hour';

export function breakdownQuery(api: Api, view: View, by: BreakdownBy, limit = 10) {
  return queryOptions({
    queryKey: ['sales', 'breakdown', by, limit, view],
    queryFn: ({ signal }) =>
      api.get('/api/sales/breakdown', breakdownSchema, {
        query: { ...view, by, limit },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export function valuesQuery(api: Api, dimension: Dimension, search: string) {
  return queryOptions({
    queryKey: ['sales', 'values', dimension, search],
    queryFn: ({ signal }) =>
      api.get('/api/sales/values', valuesSchema, { query: { dimension, search }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function seriesQuery(api: Api, measure: string, bucket: Bucket, view: View) {
  return queryOptions({
    queryKey: ['sales', 'series', measure, bucket, view],
    queryFn: ({ signal }) =>
      api.get(`/api/measures/${measure}/series`, measureSeriesSchema, {
        query: { ...view, bucket },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export interface ForecastRequest {
  readonly measure: string;
  readonly bucket: Bucket;
  readonly horizon: number;
  readonly model: string;
  readonly levels: readonly number[];
  readonly filter: readonly string[];
  /** Last day to learn from; the last one with data when undefined. */
  readonly to?: string | undefined;
}

export function forecastQuery(api: Api, { levels, ...request }: ForecastRequest) {
  return queryOptions({
    queryKey: ['sales', 'forecast', request, levels],
    queryFn: ({ signal }) =>
      api.get('/api/forecast', forecastSchema, {
        query: { ...request, level: levels.join(',') },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export const importsKey = ['sales', 'imports'];

/** The import that fills an empty shop, asked again each second: the demo is loaded while its first reader looks on. */
export function runningImportQuery(api: Api) {
  return queryOptions({
    queryKey: [...importsKey, 'running'],
    queryFn: async ({ signal }) => {
      const page = await api.get('/api/sales/imports', importsPageSchema, { signal });
      return page.items.find(({ state }) => state === 'waiting' || state === 'running') ?? null;
    },
    refetchInterval: 1_000,
  });
}

/** Without an id: every import's page. */
export function importKey(id?: string): readonly string[] {
  return id === undefined ? ['sales', 'import'] : ['sales', 'import', id];
}

export function importQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: importKey(id),
    queryFn: ({ signal }) => api.get(`/api/sales/imports/${id}`, importSchema, { signal }),
  });
}

/** How a file is cut into cells, where a person corrected it. */
export interface Inspection {
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: Delimiter | undefined;
  readonly hasHeader?: 'true' | 'false' | undefined;
}

export function uploadQuery(api: Api, id: string, inspection: Inspection) {
  return queryOptions({
    queryKey: ['sales', 'upload', id, inspection],
    queryFn: ({ signal }) =>
      api.get(`/api/sales/uploads/${id}`, uploadSchema, { query: { ...inspection }, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
