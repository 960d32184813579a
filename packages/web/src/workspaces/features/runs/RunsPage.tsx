import { type FeaturesRun, runsPageSchema } from '@kizashi/server/workspaces/features';
import { Anchor, Button, Progress, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../app/session.ts';
import { useFormat } from '../../../app/use-format.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { usePages } from '../../../app/use-pages.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { durationText } from '../../../ui/duration-text.ts';
import { MISSING } from '../../../ui/figure-text.ts';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { PagedList } from '../../../ui/paged-list.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import { isBusyRun, runsKey } from '../queries.ts';
import { useRunsLive } from '../use-live-changes.ts';
import { RunState } from './RunState.tsx';

/** Every run, with the progress of those that go on. */
export function RunsPage() {
  const { t } = useTranslation('features');
  const mayRun = useCan()('features.run');
  const columns = useColumns();
  const pages = usePages({
    queryKey: runsKey,
    path: '/api/features/runs',
    schema: runsPageSchema,
  });
  useRunsLive();
  const start = mayRun && (
    <Button component={Link} to="/features/runs/new" leftSection={<Icon name="play" />}>
      {t('run.new')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('run.title')} description={t('run.description')} actions={start} />
      <Section>
        <PagedList
          pages={pages}
          empty={
            <Empty icon="play" title={t('run.empty.title')} action={start}>
              {t('run.empty.text')}
            </Empty>
          }
        >
          {(runs) => (
            <DataTable
              label={t('run.title')}
              columns={columns}
              rows={runs}
              rowKey={({ id }) => id}
            />
          )}
        </PagedList>
      </Section>
    </>
  );
}

function useColumns(): readonly Column<FeaturesRun>[] {
  const { t } = useTranslation('features');
  const format = useFormat();
  const language = useLanguage();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('run.column.name'),
        cell: ({ id, name }) => (
          <Anchor component={Link} to={`/features/runs/${id}`} size="sm" fw={600}>
            {name || t('run.unnamed')}
          </Anchor>
        ),
      },
      {
        id: 'state',
        header: t('run.column.state'),
        cell: (run) => (
          <>
            <RunState state={run.state} />
            {(isBusyRun(run.state) || run.state === 'paused') && (
              <Progress
                mt={4}
                value={100 * run.progress}
                aria-label={t(`run.state.${run.state}`)}
              />
            )}
            {run.etaMs !== null && (
              <Text size="xs" c="dimmed">
                {t('run.left', { time: durationText(run.etaMs, language) })}
              </Text>
            )}
          </>
        ),
      },
      {
        id: 'series',
        header: t('run.column.series'),
        align: 'right',
        cell: (run) =>
          t('run.seriesOf', {
            done: format.number(run.seriesDone, 0),
            total: format.number(run.seriesTotal, 0),
          }),
      },
      {
        id: 'failed',
        header: t('run.column.failed'),
        align: 'right',
        secondary: true,
        cell: ({ seriesFailed }) => format.number(seriesFailed, 0),
      },
      {
        id: 'took',
        header: t('run.column.took'),
        align: 'right',
        secondary: true,
        cell: ({ startedAt, finishedAt }) =>
          startedAt === null || finishedAt === null
            ? MISSING
            : durationText(finishedAt - startedAt, language),
      },
      {
        id: 'when',
        header: t('run.column.when'),
        secondary: true,
        cell: ({ createdAt }) => <Time at={createdAt} />,
      },
      {
        id: 'by',
        header: t('run.column.by'),
        secondary: true,
        cell: ({ createdBy }) => createdBy,
      },
    ],
    [t, format, language],
  );
}
