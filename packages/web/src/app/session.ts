import { type Me, meSchema, policySchema } from '@kizashi/server/contract/auth';
import { type Organisation, organisationSchema } from '@kizashi/server/contract/settings';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { Api } from './api.ts';
import { useApi } from './services.tsx';

export const meKey = ['me'];
export const organisationKey = ['organisation'];

export function meQuery(api: Api) {
  return queryOptions({
    queryKey: meKey,
    queryFn: ({ signal }) => api.get('/api/auth/me', meSchema, { signal }),
    staleTime: 60_000,
  });
}

export function organisationQuery(api: Api) {
  return queryOptions({
    queryKey: organisationKey,
    queryFn: ({ signal }) => api.get('/api/settings', organisationSchema, { signal }),
    staleTime: 60_000,
  });
}

export function policyQuery(api: Api) {
  return queryOptions({
    queryKey: ['policy'],
    queryFn: ({ signal }) => api.get('/api/auth/policy', policySchema, { signal }),
  });
}

/** The signed-in person; only on pages inside the frame, which load it before they are shown. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery(useApi())).data;
}

export function useOrganisation(): Organisation {
  return useSuspenseQuery(organisationQuery(useApi())).data;
}

/** Tells whether the person holds a permission; `undefined` asks for nothing. */
export function useCan(): (permission: string | undefined) => boolean {
  const { permissions } = useMe();
  return (permission) => permission === undefined || permissions.includes(permission);
}
