import { type Job, jobSchema } from '@kizashi/server/contract/jobs';
import { Button, Group, Progress, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../app/i18n.ts';
import { useApi } from '../../app/services.tsx';
import { useCan } from '../../app/session.ts';
import { useChanged } from '../../app/use-changed.ts';
import { useFormat } from '../../app/use-format.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { useTaskName } from './use-task-name.ts';

const tones = {
  waiting: 'quiet',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'warning',
} as const;

export function TaskTable({ tasks }: { tasks: readonly Job[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useTaskName();
  const columns: Column<Job>[] = [
    {
      id: 'name',
      header: t('tasks.name'),
      cell: (job) => (
        <>
          <Text title={job.name}>{nameOf(job.name)}</Text>
          <Text size="sm" c="dimmed">
            {actorName(t, job.requestedBy)}
          </Text>
        </>
      ),
    },
    {
      id: 'state',
      header: t('field.state'),
      cell: (job) => (
        <Group gap="xs">
          <StateBadge tone={tones[job.state]}>{t(`tasks.state.${job.state}`)}</StateBadge>
          {job.attempt > 1 && (
            <Text size="sm" c="dimmed">
              {t('tasks.attempt', { attempt: job.attempt, of: job.maxAttempts })}
            </Text>
          )}
        </Group>
      ),
    },
    { id: 'about', header: t('tasks.about'), cell: (job) => <TaskProgress job={job} /> },
    {
      id: 'at',
      header: t('tasks.at'),
      secondary: true,
      cell: (job) => <Time at={job.finishedAt ?? job.startedAt ?? job.runAt} />,
    },
    {
      id: 'took',
      header: t('tasks.took'),
      align: 'right',
      secondary: true,
      cell: (job) =>
        job.startedAt !== null &&
        job.finishedAt !== null &&
        t('tasks.seconds', { seconds: format.number((job.finishedAt - job.startedAt) / 1000, 1) }),
    },
    {
      id: 'actions',
      header: t('list.actions'),
      hiddenHeader: true,
      align: 'right',
      cell: (job) => <TaskActions job={job} />,
    },
  ];
  return (
    <DataTable label={t('tasks.list')} columns={columns} rows={tasks} rowKey={(job) => job.id} />
  );
}

function actorName(t: TFunction, actor: string | null): string {
  return actor === null || actor === 'system' ? t('audit.system') : actor;
}

function TaskProgress({ job }: { job: Job }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  if (job.error !== null && job.state !== 'done') {
    return (
      <Text size="sm" c={job.state === 'failed' ? 'var(--kizashi-bad)' : 'dimmed'}>
        {localeOf(i18n) === 'ja' ? job.error.messageJa : job.error.message}
      </Text>
    );
  }
  // The last note says how far it was shortly before the end: of what is done it would be wrong.
  if (job.state === 'done') return null;
  if (job.state !== 'running') return <Text size="sm">{job.progress.note}</Text>;
  const { fraction, note } = job.progress;
  return (
    <div className="kz-progress">
      <Progress value={fraction * 100} aria-label={t('tasks.progress')} size="sm" />
      <Text size="sm" c="dimmed">
        {format.percent(fraction, 0)} {note}
      </Text>
    </div>
  );
}

function TaskActions({ job }: { job: Job }) {
  const { t } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const allowed = useCan()('tasks.manage');
  const cancel = useMutation({
    mutationFn: () => api.post(`/api/tasks/${job.id}/cancel`, jobSchema),
    onSuccess: () => changed(t('tasks.cancelled'), ['tasks']),
  });
  const retry = useMutation({
    mutationFn: () => api.post(`/api/tasks/${job.id}/retry`, jobSchema),
    onSuccess: () => changed(t('tasks.retried'), ['tasks']),
  });
  if (!allowed) return null;
  if (job.state === 'waiting' || job.state === 'running') {
    return (
      <Button
        size="xs"
        variant="default"
        loading={cancel.isPending}
        onClick={() => cancel.mutate()}
      >
        {t('action.cancel')}
      </Button>
    );
  }
  if (job.state === 'failed' || job.state === 'cancelled') {
    return (
      <Button size="xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
        {t('state.retry')}
      </Button>
    );
  }
  return null;
}
