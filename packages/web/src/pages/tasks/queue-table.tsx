import type { queuesSchema } from '@kizashi/server/contract/jobs';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useFormat } from '../../app/use-format.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/states.tsx';
import { useTaskName } from './use-task-name.ts';

type Queue = z.infer<typeof queuesSchema>['items'][number];
const counts = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;

/** One row per kind of task; each number leads to those tasks. */
export function QueueTable({ queues }: { queues: readonly Queue[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useTaskName();
  if (queues.length === 0) return <Empty icon="tasks" title={t('tasks.noQueues')} />;
  const columns: Column<Queue>[] = [
    {
      id: 'name',
      header: t('tasks.name'),
      sortBy: (queue) => nameOf(queue.name),
      cell: (queue) => <span title={queue.name}>{nameOf(queue.name)}</span>,
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
