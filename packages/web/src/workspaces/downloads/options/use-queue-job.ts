import { type DownloadInput, jobSchema } from '@kizashi/server/workspaces/downloads';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { shownInPlace } from '../../../app/query-meta.ts';
import { useApi } from '../../../app/services.tsx';
import { jobKey, jobsKey, queueKey } from '../queries.ts';
import { type OptionsDraft, optionsOf } from './options-draft.ts';

/** Queues what was chosen and goes to its page. */
export function useQueueJob() {
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    meta: shownInPlace,
    mutationFn: (wanted: {
      readonly inputs: readonly DownloadInput[];
      readonly options: OptionsDraft;
    }) =>
      api.post('/api/downloads/jobs', jobSchema, {
        ...optionsOf(wanted.options),
        inputs: wanted.inputs,
      }),
    onSuccess: (job) => {
      client.setQueryData(jobKey(job.id), job);
      for (const queryKey of [queueKey, jobsKey]) void client.invalidateQueries({ queryKey });
      return navigate({ to: `/downloads/queue/${job.id}` });
    },
  });
}
