import { type Analysis, analysisSchema } from '@kizashi/server/contract/analyses';
import { queryOptions } from '@tanstack/react-query';

import type { Api, Schema } from '../../app/api.ts';
import type { Locale } from '../../app/i18n.ts';

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

/** What an ended analysis found, its words in the language of the page; otherwise it never changes. */
export function documentQuery<T>(
  api: Api,
  analysis: Analysis | undefined,
  schema: Schema<T>,
  locale: Locale,
) {
  return queryOptions({
    queryKey: ['analyses', analysis?.id, 'result', locale],
    queryFn: ({ signal }) =>
      api.get(`${analysisAddress(analysis?.id ?? '')}/result`, schema, { signal }),
    enabled: analysis?.state === 'done',
    staleTime: Number.POSITIVE_INFINITY,
  });
}
