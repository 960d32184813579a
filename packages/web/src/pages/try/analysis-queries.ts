import { type Analysis, analysisSchema } from '@kizashi/server/contract/analyses';
import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../../app/api.ts';
import { documentSchema } from './documents.ts';

const POLL_MS = 1000;

export function isBusy(state: Analysis['state'] | undefined): boolean {
  return state === 'waiting' || state === 'running';
}

export function analysisAddress(id: string): string {
  return `/api/analyses/${encodeURIComponent(id)}`;
}

/** Asks again until the analysis has ended. */
export function analysisQuery(api: Api, id: string | undefined) {
  return queryOptions({
    queryKey: ['analyses', id],
    queryFn: ({ signal }) => api.get(analysisAddress(id ?? ''), analysisSchema, { signal }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (isBusy(state.data?.state) ? POLL_MS : false),
  });
}

/** What an ended analysis found; it never changes. */
export function documentQuery(api: Api, analysis: Analysis | undefined) {
  return queryOptions({
    queryKey: ['analyses', analysis?.id, 'result'],
    queryFn: ({ signal }) =>
      api.get(`${analysisAddress(analysis?.id ?? '')}/result`, documentSchema, { signal }),
    enabled: analysis?.state === 'done',
    staleTime: Number.POSITIVE_INFINITY,
  });
}
