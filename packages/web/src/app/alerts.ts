import { alertSchema, alertsPageSchema } from '@kizashi/server/contract/alerts';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Api } from './api.ts';
import { useApi, useLive } from './services.tsx';
import { useCan } from './session.ts';

/** Every query about alerts starts with this key, so that one message brings all of them up to date. */
export const alertsKey = ['alerts'];
export const ALERTS_READ = 'alerts.read';

/** The newest open alerts, as many as one page holds. */
export function openAlertsQuery(api: Api) {
  return queryOptions({
    queryKey: [...alertsKey, 'open'],
    queryFn: ({ signal }) =>
      api.get('/api/alerts', alertsPageSchema, { query: { state: 'open', limit: 100 }, signal }),
  });
}

/** Open alerts; undefined while loading and for those who may not see alerts. */
export function useOpenAlerts() {
  const api = useApi();
  const allowed = useCan()(ALERTS_READ);
  return useQuery({ ...openAlertsQuery(api), enabled: allowed }).data;
}

/** Keeps every list of alerts up to date while the component is shown. */
export function useAlertsLive(): void {
  const queryClient = useQueryClient();
  const allowed = useCan()(ALERTS_READ);
  const reload = () => void queryClient.invalidateQueries({ queryKey: alertsKey });
  useLive(allowed ? 'alerts' : undefined, alertSchema, reload, reload);
}
