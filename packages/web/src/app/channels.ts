import { channelsSchema } from '@kizashi/server/contract/notify';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Api } from './api.ts';

export const channelsKey = ['channels'];
export type Channel = z.infer<typeof channelsSchema>['items'][number];

/** Where notifications can go; needs `alerts.read`. */
export function channelsQuery(api: Api) {
  return queryOptions({
    queryKey: channelsKey,
    queryFn: ({ signal }) => api.get('/api/channels', channelsSchema, { signal }),
  });
}
