import { type FeaturesRun, runSeriesPageSchema } from '@kizashi/server/workspaces/features';
import { Anchor, Select, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useFormat } from '../../../app/use-format.ts';
import { usePages } from '../../../app/use-pages.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { PagedList } from '../../../ui/paged-list.tsx';
import { Section } from '../../../ui/section.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { Empty } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import { runKey } from '../queries.ts';

type Row = z.infer<typeof runSeriesPageSchema>['items'][number];

const states = ['waiting', 'done', 'failed'] as const;
const tones = { waiting: 'quiet', done: 'good', failed: 'bad' } as const;

/** What the run says of each series. */
export function RunSeries({ run }: { readonly run: FeaturesRun }) {
  const { t } = useTranslation('features');
  const [state, setState] = useState<string | null>(null);
  const columns = useColumns();
  const pages = usePages({
    // Asked for anew when the run has come further.
    queryKey: [...runKey(run.id), 'series', state, run.state, run.seriesDone, run.seriesFailed],
    path: `/api/features/runs/${run.id}/series`,
    schema: runSeriesPageSchema,
    query: { state: state ?? undefined },
    keepsPrevious: true,
  });
  return (
    <Section
      title={t('runSeries.title')}
      description={t('runSeries.text')}
      actions={
        <Select
          size="xs"
          aria-label={t('runSeries.state')}
          placeholder={t('runSeries.all')}
          data={states.map((value) => ({ value, label: t(`runSeries.states.${value}`) }))}
          value={state}
          onChange={setState}
          clearable
          w={170}
        />
      }
    >
      <PagedList pages={pages} empty={<Empty icon="tasks" title={t('runSeries.none')} />}>
        {(rows) => (
          <DataTable
            label={t('runSeries.title')}
            columns={columns}
            rows={rows}
            rowKey={(row) => `${row.loto}\n${row.uniqueId}`}
          />
        )}
      </PagedList>
    </Section>
  );
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('features');
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'id',
        header: t('series.column.id'),
        cell: ({ loto, uniqueId }) => (
          <Anchor
            component={Link}
            to="/features/series"
            search={{ loto, id: uniqueId } as never}
            size="sm"
            fw={600}
          >
            {uniqueId}
          </Anchor>
        ),
      },
      { id: 'loto', header: t('series.column.dataset'), cell: ({ loto }) => loto },
      {
        id: 'state',
        header: t('run.column.state'),
        cell: ({ state }) => (
          <StateBadge tone={tones[state]}>{t(`runSeries.states.${state}`)}</StateBadge>
        ),
      },
      {
        id: 'points',
        header: t('series.column.points'),
        align: 'right',
        secondary: true,
        cell: ({ points }) => format.number(points, 0),
      },
      {
        id: 'rows',
        header: t('run.fact.rows'),
        align: 'right',
        secondary: true,
        cell: ({ rows }) => format.number(rows, 0),
      },
      {
        id: 'messages',
        header: t('runSeries.messages'),
        cell: ({ messages }) => (
          <Stack gap={2}>
            {messages.map((message) => (
              <Text key={message} size="sm" className="kz-wrap">
                {message}
              </Text>
            ))}
          </Stack>
        ),
      },
      {
        id: 'when',
        header: t('run.column.when'),
        secondary: true,
        cell: ({ finishedAt }) => <Time at={finishedAt} />,
      },
    ],
    [t, format],
  );
}
