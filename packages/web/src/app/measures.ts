import { type MeasureInfo, measuresSchema } from '@kizashi/server/contract/measures';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Api } from './api.ts';
import { localeOf } from './i18n.ts';
import { useApi } from './services.tsx';

/** Measures the person may see; they change only with a new version of the product. */
export function measuresQuery(api: Api) {
  return queryOptions({
    queryKey: ['measures'],
    queryFn: ({ signal }) => api.get('/api/measures', measuresSchema, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useMeasures(): readonly MeasureInfo[] | undefined {
  return useQuery(measuresQuery(useApi())).data?.items;
}

/** The title of a measure in the language of the page; its id while it is not known. */
export function useMeasureTitle(): (id: string) => string {
  const { i18n } = useTranslation();
  const measures = useMeasures();
  const locale = localeOf(i18n);
  return (id) => measures?.find((measure) => measure.id === id)?.title[locale] ?? id;
}
