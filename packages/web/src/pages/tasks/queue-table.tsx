import type { queuesSchema } from '@kizashi/server/contract/jobs';
import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useFormat } from '../../app/use-format.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/states.tsx';

type Queue = z.infer<typeof queuesSchema>['items'][number];
const counts = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;

/** One row per kind of task; each number leads to those tasks. */
export function QueueTable({ queues }: { queues: readonly Queue[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (queues.length === 0) return <Empty icon="tasks" title={t('tasks.noQueues')} />;
  const columns: Column<Queue>[] = [
    {
      id: 'name',
      header: t('tasks.name'),
      sortBy: (queue) => queue.name,
      cell: (queue) => (
        <Text span className="kz-mono">
          {queue.name}
        </Text>
      ),
    },
    ...counts.map(
      (state): Column<Queue> => ({
        id: state,
        header: t(`tasks.state.${state}`),
        align: 'right',
        secondary: state === 'done' || state === 'cancelled',
        sortBy: (queue) => queue[state],
        cell: (queue) => (
          <Link
            to="/tasks"
            search={{ state, name: queue.name } as never}
            className="kz-count"
            data-zero={queue[state] === 0}
            data-bad={state === 'failed' && queue[state] > 0}
          >
            {format.number(queue[state])}
          </Link>
        ),
      }),
    ),
  ];
  return (
    <DataTable
      label={t('tasks.queues')}
      columns={columns}
      rows={queues}
      rowKey={(queue) => queue.name}
    />
  );
}
