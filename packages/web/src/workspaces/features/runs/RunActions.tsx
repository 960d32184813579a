import { type FeaturesRun, runSchema } from '@kizashi/server/workspaces/features';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { runKey, runsKey } from '../queries.ts';

/** What can be done with a run in its present state. */
export function RunActions({ run }: { readonly run: FeaturesRun }) {
  const { t } = useTranslation('features');
  const api = useApi();
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (deed: 'pause' | 'resume' | 'cancel') =>
      api.post(`/api/features/runs/${run.id}/${deed}`, runSchema),
    onSuccess: (changed) => client.setQueryData(runKey(run.id), changed),
    // Also after a failure: its state is another one than this page shows.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: runsKey });
      void client.invalidateQueries({ queryKey: runKey(run.id) });
    },
  });
  if (!useCan()('features.run')) return null;
  const { state } = run;
  const going = state === 'planning' || state === 'running';
  const resumable = state === 'paused' || state === 'failed' || state === 'cancelled';
  return (
    <>
      {state === 'running' && (
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="pause" size={15} />}
          loading={act.isPending}
          onClick={() => act.mutate('pause')}
        >
          {t('run.pause')}
        </Button>
      )}
      {resumable && (
        <Button
          size="xs"
          leftSection={<Icon name="play" size={15} />}
          loading={act.isPending}
          onClick={() => act.mutate('resume')}
        >
          {t('run.resume')}
        </Button>
      )}
      {(going || state === 'paused') && (
        <ConfirmButton
          title={t('run.cancel')}
          text={t('run.cancelText')}
          confirm={t('run.cancel')}
          onConfirm={() => act.mutate('cancel')}
          loading={act.isPending}
          leftSection={<Icon name="stop" size={15} />}
        >
          {t('run.cancel')}
        </ConfirmButton>
      )}
    </>
  );
}
