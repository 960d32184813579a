import type { DownloadAction } from '@kizashi/server/workspaces/downloads';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../../app/services.tsx';
import { itemsKey, jobsKey, queueKey } from '../queries.ts';

export type Target = 'jobs' | 'items';
/** Replies are not read: everything shown is asked for again. */
const anything = { parse: (value: unknown) => value };

/** What can be done with a job or an item. */
export function useControl(kind: Target, id: string) {
  const api = useApi();
  const reload = useReload();
  const path = `/api/downloads/${kind}/${id}`;
  const act = useMutation({
    mutationFn: (action: DownloadAction) => api.post(`${path}/${action}`, anything),
    // Also after a failure: its state is another one than this page shows.
    onSettled: reload,
  });
  const setPriority = useMutation({
    mutationFn: (priority: number) => api.patch(path, anything, { priority }),
    onSettled: reload,
  });
  const forget = useMutation({
    mutationFn: () => api.delete(path, anything),
    onSettled: reload,
  });
  return { act, setPriority, forget };
}

/** Everything at once. */
export function useControlAll() {
  const api = useApi();
  return useMutation({
    mutationFn: (action: 'pause' | 'resume') => api.post(`/api/downloads/all/${action}`, anything),
    onSettled: useReload(),
  });
}

function useReload(): () => void {
  const client = useQueryClient();
  return () => {
    for (const queryKey of [queueKey, jobsKey, ['downloads', 'job'], itemsKey]) {
      void client.invalidateQueries({ queryKey });
    }
  };
}

export const MAY: Readonly<Record<DownloadAction, readonly string[]>> = {
  pause: ['PENDING', 'PROCESSING'],
  resume: ['PAUSED'],
  cancel: ['PENDING', 'PROCESSING', 'PAUSED'],
  retry: ['FAILED', 'CANCELLED'],
};
