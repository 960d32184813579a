import { type DownloadJob, downloadStateSchema } from '@kizashi/server/workspaces/downloads';
import { Anchor, Button, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import classes from '../downloads.module.css';
import { JOBS_AT_ONCE, jobsQuery } from '../queries.ts';
import { StateOf } from '../StateOf.tsx';
import { useWords } from '../use-words.ts';
import { ControlMenu } from './ControlMenu.tsx';
import { Pager, usePageCursor } from './Pager.tsx';
import { ProgressOf } from './ProgressOf.tsx';

/** Jobs, newest first. */
export function JobsSection() {
  const { t } = useTranslation('downloads');
  const [state, setState] = useState<string | null>(null);
  const pages = usePageCursor(state ?? '');
  const found = useQuery(jobsQuery(useApi(), { state: state ?? undefined }, pages.cursor));
  const columns = useColumns();
  return (
    <Section
      title={t('jobs.title')}
      actions={
        <Select
          size="xs"
          aria-label={t('jobs.state')}
          placeholder={t('items.all')}
          data={downloadStateSchema.options.map((value) => ({
            value,
            label: t(`state.${value}`),
          }))}
          value={state}
          onChange={setState}
          clearable
          w={150}
        />
      }
    >
      <QueryState query={found} lines={4}>
        {({ items, nextCursor }) =>
          items.length === 0 && pages.page === 0 ? (
            <NoJobs filtered={state !== null} />
          ) : (
            <>
              <DataTable
                label={t('jobs.title')}
                columns={columns}
                rows={items}
                rowKey={({ id }) => id}
              />
              <Pager
                pages={pages}
                rows={items.length}
                rowsAtOnce={JOBS_AT_ONCE}
                nextCursor={nextCursor}
                label={t('jobs.title')}
              />
            </>
          )
        }
      </QueryState>
    </Section>
  );
}

function NoJobs({ filtered }: { readonly filtered: boolean }) {
  const { t } = useTranslation('downloads');
  const mayRun = useCan()('downloads.run');
  if (filtered) return <Empty icon="tasks" title={t('jobs.noneOf')} />;
  return (
    <Empty
      icon="download"
      title={t('jobs.none')}
      action={
        mayRun && (
          <Button component={Link} to="/downloads" leftSection={<Icon name="search" size={15} />}>
            {t('jobs.search')}
          </Button>
        )
      }
    >
      {t('jobs.noneText')}
    </Empty>
  );
}

function useColumns(): readonly Column<DownloadJob>[] {
  const { t } = useTranslation('downloads');
  const words = useWords();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('jobs.column.name'),
        cell: (job) => (
          <span className={classes.name}>
            <Anchor component={Link} to={`/downloads/queue/${job.id}`} size="sm" fw={600}>
              {job.name || t('job.unnamed')}
            </Anchor>
          </span>
        ),
      },
      {
        id: 'state',
        header: t('items.column.state'),
        cell: (job) => (
          <>
            <StateOf state={job.state} />
            {job.openInputs > 0 && (
              <Text size="xs" c="dimmed">
                {t('job.listing')}
              </Text>
            )}
          </>
        ),
      },
      {
        id: 'progress',
        header: t('items.column.progress'),
        cell: (job) => <ProgressOf of={job} />,
      },
      {
        id: 'files',
        header: t('jobs.column.files'),
        align: 'right',
        cell: (job) => (
          <>
            {t('jobs.files', {
              done: words.count(job.counts.COMPLETED ?? 0),
              all: words.count(job.items),
            })}
            {(job.counts.FAILED ?? 0) > 0 && (
              <Text size="xs" c="var(--kizashi-bad)">
                {t('jobs.failed', { failed: words.count(job.counts.FAILED ?? 0) })}
              </Text>
            )}
          </>
        ),
      },
      {
        id: 'priority',
        header: t('jobs.column.priority'),
        align: 'right',
        secondary: true,
        cell: (job) => words.count(job.priority),
      },
      {
        id: 'created',
        header: t('jobs.column.created'),
        secondary: true,
        cell: (job) => <Time at={job.createdAt} relative />,
      },
      {
        id: 'actions',
        header: t('items.column.actions'),
        hiddenHeader: true,
        align: 'right',
        cell: (job) => <ControlMenu kind="jobs" of={job} />,
      },
    ],
    [t, words],
  );
}
