import {
  jobSchema,
  jobStateSchema,
  queuesSchema,
  tasksPageSchema,
} from '@kizashi/server/contract/jobs';
import { Group, NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useApi, useLive } from '../../app/services.tsx';
import { usePages } from '../../app/use-pages.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { Empty } from '../../ui/states.tsx';
import { mergeTask } from './merge-task.ts';
import { QueueTable } from './queue-table.tsx';
import { TaskTable } from './task-table.tsx';
import { useCoalesced } from './use-coalesced.ts';
import { useTaskName } from './use-task-name.ts';

const tasksKey = ['tasks'];
const states = ['all', ...jobStateSchema.options] as const;
const searchSchema = z.object({
  state: jobStateSchema.optional().catch(undefined),
  name: z.string().optional().catch(undefined),
});

/** What the product does in the background: waiting, running with progress, failed with the reason. */
export function TasksPage() {
  const { t } = useTranslation();
  const nameOf = useTaskName();
  const api = useApi();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const search = searchSchema.parse(useSearch({ strict: false }));
  const queues = useQuery({
    queryKey: [...tasksKey, 'queues'],
    queryFn: ({ signal }) => api.get('/api/tasks/queues', queuesSchema, { signal }),
  });
  const listKey = [...tasksKey, 'list', search];
  const tasks = usePages({
    queryKey: listKey,
    path: '/api/tasks',
    schema: tasksPageSchema,
    query: search,
  });
  const reload = useCoalesced(() => void queryClient.invalidateQueries({ queryKey: tasksKey }));
  useLive(
    'tasks',
    jobSchema,
    (job) => {
      // Progress is shown at once; a task that appears, ends or changes its place needs the lists afresh.
      const merged = mergeTask(queryClient, listKey, job);
      if (!merged) reload();
    },
    reload,
  );
  const choose = (change: z.infer<typeof searchSchema>) =>
    void navigate({ to: '/tasks', search: { ...search, ...change } as never, replace: true });
  return (
    <>
      <PageHeader title={t('tasks.title')} description={t('tasks.text')} />
      <Section title={t('tasks.queues')}>
        <QueryState query={queues} lines={3}>
          {({ items }) => <QueueTable queues={items} />}
        </QueryState>
      </Section>
      <Section
        title={t('tasks.list')}
        actions={
          <Group gap="xs">
            <NativeSelect
              size="xs"
              aria-label={t('tasks.name')}
              value={search.name ?? ''}
              onChange={(event) => choose({ name: event.currentTarget.value || undefined })}
              data={[
                { value: '', label: t('tasks.every') },
                ...(queues.data?.items ?? []).map(({ name }) => ({
                  value: name,
                  label: nameOf(name),
                })),
              ]}
            />
            <SegmentedControl
              size="xs"
              aria-label={t('field.state')}
              value={search.state ?? 'all'}
              onChange={(value) =>
                choose({ state: jobStateSchema.safeParse(value).data ?? undefined })
              }
              data={states.map((state) => ({ value: state, label: t(`tasks.state.${state}`) }))}
            />
          </Group>
        }
      >
        <PagedList
          pages={tasks}
          empty={
            <Empty icon="tasks" title={t('tasks.none')}>
              {t('tasks.noneText')}
            </Empty>
          }
        >
          {(items) => <TaskTable tasks={items} />}
        </PagedList>
      </Section>
    </>
  );
}
