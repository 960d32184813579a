import {
  analyticsSchema,
  downloadSettingsSchema,
  itemsPageSchema,
  jobSchema,
  jobsPageSchema,
  libraryFileSchema,
  librarySummarySchema,
  optimiserSchema,
  queueSchema,
  type SearchQuery,
  searchPageSchema,
  sourcesSchema,
} from '@kizashi/server/workspaces/downloads';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Api } from '../../app/api.ts';

/** How often a list of work is asked for anew, besides what the server tells by itself: its order changes without a message. */
const WATCH_MS = 5000;
/** How often the optimiser is looked at. */
const OPTIMISER_MS = 2000;
export const JOBS_AT_ONCE = 20;
export const ITEMS_AT_ONCE = 50;

export const queueKey = ['downloads', 'queue'];
export const jobsKey = ['downloads', 'jobs'];
export const itemsKey = ['downloads', 'items'];
export const libraryKey = ['downloads', 'library'];
export const settingsKey = ['downloads', 'settings'];
export const sourcesKey = ['downloads', 'sources'];

export function jobKey(id: string): readonly string[] {
  return ['downloads', 'job', id];
}

export function fileKey(id: string): readonly string[] {
  return [...libraryKey, 'file', id];
}

export function queueQuery(api: Api) {
  return queryOptions({
    queryKey: queueKey,
    queryFn: ({ signal }) => api.get('/api/downloads/queue', queueSchema, { signal }),
    refetchInterval: WATCH_MS,
  });
}

export interface JobsChoice {
  readonly state?: string | undefined;
}

/** One page of the jobs, newest first. */
export function jobsQuery(api: Api, choice: JobsChoice, cursor: string | undefined) {
  return queryOptions({
    queryKey: [...jobsKey, choice, cursor ?? ''],
    queryFn: ({ signal }) =>
      api.get('/api/downloads/jobs', jobsPageSchema, {
        query: { ...choice, cursor, limit: JOBS_AT_ONCE },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: WATCH_MS,
  });
}

export function jobQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: jobKey(id),
    queryFn: ({ signal }) => api.get(`/api/downloads/jobs/${id}`, jobSchema, { signal }),
    refetchInterval: WATCH_MS,
  });
}

export interface ItemsChoice {
  readonly jobId?: string | undefined;
  readonly state?: string | undefined;
  readonly search?: string | undefined;
}

/** One page of the items, in the order they run. */
export function itemsQuery(api: Api, choice: ItemsChoice, cursor: string | undefined) {
  return queryOptions({
    queryKey: [...itemsKey, choice, cursor ?? ''],
    queryFn: ({ signal }) =>
      api.get('/api/downloads/items', itemsPageSchema, {
        query: { ...choice, cursor, limit: ITEMS_AT_ONCE },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: WATCH_MS,
  });
}

/** What a source finds is not this product's data: it is kept out of what is loaded again when data changed. */
export function searchKey(query: Partial<SearchQuery>): readonly unknown[] {
  return ['downloads-search', query];
}

export const searchPage = { path: '/api/downloads/search', schema: searchPageSchema };

export function sourcesQuery(api: Api) {
  return queryOptions({
    queryKey: sourcesKey,
    queryFn: ({ signal }) => api.get('/api/downloads/sources', sourcesSchema, { signal }),
  });
}

export function fileQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: fileKey(id),
    queryFn: ({ signal }) => api.get(`/api/downloads/library/${id}`, libraryFileSchema, { signal }),
  });
}

export function librarySummaryQuery(api: Api) {
  return queryOptions({
    queryKey: [...libraryKey, 'summary'],
    queryFn: ({ signal }) =>
      api.get('/api/downloads/library/summary', librarySummarySchema, { signal }),
  });
}

export function analyticsQuery(api: Api, range: { readonly from: number; readonly to: number }) {
  return queryOptions({
    queryKey: ['downloads', 'analytics', range],
    queryFn: ({ signal }) =>
      api.get('/api/downloads/analytics', analyticsSchema, { query: { ...range }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function optimiserQuery(api: Api) {
  return queryOptions({
    queryKey: ['downloads', 'optimiser'],
    queryFn: ({ signal }) => api.get('/api/downloads/optimiser', optimiserSchema, { signal }),
    refetchInterval: OPTIMISER_MS,
  });
}

export function settingsQuery(api: Api) {
  return queryOptions({
    queryKey: settingsKey,
    queryFn: ({ signal }) => api.get('/api/downloads/settings', downloadSettingsSchema, { signal }),
  });
}
