import {
  catalogueSchema,
  datasetsSchema,
  decompositionSchema,
  importSchema,
  lotteriesSchema,
  lotterySchema,
  patternsSchema,
  pointsSchema,
  qualitySchema,
  runSchema,
  valuesPageSchema,
} from '@kizashi/server/workspaces/features';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Api } from '../../app/api.ts';

/** How often work in progress is asked about, besides what the server tells by itself. */
const WATCH_MS = 3000;

export interface SeriesName {
  readonly loto: string;
  readonly uniqueId: string;
}

export function datasetsQuery(api: Api) {
  return queryOptions({
    queryKey: ['features', 'datasets'],
    queryFn: ({ signal }) => api.get('/api/features/datasets', datasetsSchema, { signal }),
  });
}

export function pointsQuery(api: Api, name: SeriesName) {
  return queryOptions({
    queryKey: ['features', 'points', name],
    queryFn: ({ signal }) =>
      api.get('/api/features/points', pointsSchema, { query: { ...name }, signal }),
  });
}

export interface DecompositionChoice {
  readonly period?: number | undefined;
  readonly robust?: 'true' | undefined;
}

export function decompositionQuery(api: Api, name: SeriesName, choice: DecompositionChoice) {
  return queryOptions({
    queryKey: ['features', 'decomposition', name, choice],
    queryFn: ({ signal }) =>
      api.get('/api/features/insight/decomposition', decompositionSchema, {
        query: { ...name, ...choice },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export function patternsQuery(api: Api, name: SeriesName, window: number | undefined) {
  return queryOptions({
    queryKey: ['features', 'patterns', name, window],
    queryFn: ({ signal }) =>
      api.get('/api/features/insight/patterns', patternsSchema, {
        query: { ...name, window },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** What features_stat holds for one series; null before the first run. */
export function summaryQuery(api: Api, name: SeriesName) {
  return queryOptions({
    queryKey: ['features', 'values', 'stat', name],
    queryFn: async ({ signal }) => {
      const page = await api.get('/api/features/values/stat', valuesPageSchema, {
        query: { ...name, limit: 1 },
        signal,
      });
      return page.items[0] ?? null;
    },
  });
}

export function catalogueQuery(api: Api) {
  return queryOptions({
    queryKey: ['features', 'catalogue'],
    queryFn: ({ signal }) => api.get('/api/features/catalogue', catalogueSchema, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export interface QualityChoice {
  readonly table: 'stat' | 'hist';
  readonly loto?: string | undefined;
  readonly correlation?: number | undefined;
}

export function qualityQuery(api: Api, choice: QualityChoice) {
  return queryOptions({
    queryKey: ['features', 'quality', choice],
    queryFn: ({ signal }) =>
      api.get('/api/features/insight/quality', qualitySchema, { query: { ...choice }, signal }),
  });
}

export function lotteriesQuery(api: Api) {
  return queryOptions({
    queryKey: ['features', 'lotteries'],
    queryFn: ({ signal }) =>
      api.get('/api/features/insight/lotteries', lotteriesSchema, { signal }),
  });
}

export function lotteryQuery(api: Api, loto: string, window: number) {
  return queryOptions({
    queryKey: ['features', 'lottery', loto, window],
    queryFn: ({ signal }) =>
      api.get('/api/features/insight/lottery', lotterySchema, { query: { loto, window }, signal }),
    placeholderData: keepPreviousData,
  });
}

export const importsKey = ['features', 'imports'];

export function importKey(id: string): readonly string[] {
  return ['features', 'import', id];
}

/** One import, asked about again and again until it rests. */
export function importQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: importKey(id),
    queryFn: ({ signal }) => api.get(`/api/features/imports/${id}`, importSchema, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isBusyImport(data.state) ? WATCH_MS : false,
  });
}

export function isBusyImport(state: string): boolean {
  return state === 'checking' || state === 'storing';
}

export const runsKey = ['features', 'runs'];

export function runKey(id: string): readonly string[] {
  return ['features', 'run', id];
}

/** One run, asked about again and again while it goes on. */
export function runQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: runKey(id),
    queryFn: ({ signal }) => api.get(`/api/features/runs/${id}`, runSchema, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isBusyRun(data.state) ? WATCH_MS : false,
  });
}

export function isBusyRun(state: string): boolean {
  return state === 'planning' || state === 'running';
}
