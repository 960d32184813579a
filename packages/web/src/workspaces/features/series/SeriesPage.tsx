import { type StoredSeries, seriesPageSchema } from '@kizashi/server/workspaces/features';
import { Anchor, Badge, Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { useFormat } from '../../../app/use-format.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { usePages } from '../../../app/use-pages.ts';
import { useSearchState } from '../../../app/use-search-state.ts';
import { timeText } from '../../../charts/time-text.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { PagedList } from '../../../ui/paged-list.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { datasetsQuery } from '../queries.ts';
import { useFrequencyText } from '../use-frequency-text.ts';
import { useImportsLive } from '../use-live-changes.ts';
import { ExampleButton } from './ExampleButton.tsx';

const searchSchema = z.object({ loto: z.string().max(64).optional().catch(undefined) });

/** What is stored, with a search. */
export function SeriesPage() {
  const { t } = useTranslation('features');
  const can = useCan();
  const datasets = useQuery(datasetsQuery(useApi()));
  useImportsLive();
  const start = can('features.import') && (
    <Button component={Link} to="/features/import" leftSection={<Icon name="upload" />}>
      {t('series.import')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('series.title')} description={t('series.description')} actions={start} />
      <QueryState query={datasets} height={400}>
        {({ items }) =>
          items.length === 0 ? (
            <Section>
              <Empty
                icon="wave"
                title={t('series.empty.title')}
                action={
                  can('features.import') && (
                    <Group justify="center">
                      {start}
                      <ExampleButton />
                    </Group>
                  )
                }
              >
                {t(can('features.import') ? 'series.empty.text' : 'series.empty.textViewer')}
              </Empty>
            </Section>
          ) : (
            <SeriesList datasets={items} />
          )
        }
      </QueryState>
    </>
  );
}

function SeriesList({
  datasets,
}: {
  readonly datasets: readonly { loto: string; series: number; points: number }[];
}) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const [{ loto }, change] = useSearchState(searchSchema);
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 250);
  const columns = useColumns();
  const pages = usePages({
    queryKey: ['features', 'series', loto, search],
    path: '/api/features/series',
    schema: seriesPageSchema,
    query: { loto, search },
    keepsPrevious: true,
  });
  const chosen = datasets.find((one) => one.loto === loto);
  const sum = (of: 'series' | 'points') => datasets.reduce((total, one) => total + one[of], 0);
  return (
    <Section>
      <Group gap="sm" align="flex-end" mb="sm">
        <Select
          label={t('series.dataset')}
          placeholder={t('series.allDatasets')}
          data={datasets.map((one) => one.loto)}
          value={loto ?? null}
          onChange={(value) => change({ loto: value ?? undefined })}
          searchable
          clearable
          w={220}
        />
        <TextInput
          label={t('series.search')}
          type="search"
          leftSection={<Icon name="search" size={16} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          w={220}
        />
        <Text size="sm" c="dimmed" pb={8} role="status">
          {t('series.amount', {
            series: format.number(chosen?.series ?? sum('series'), 0),
            points: format.number(chosen?.points ?? sum('points'), 0),
          })}
        </Text>
      </Group>
      <PagedList pages={pages} empty={<Empty icon="search" title={t('series.notFound')} />}>
        {(rows) => (
          <DataTable
            label={t('series.title')}
            columns={columns}
            rows={rows}
            rowKey={(row) => `${row.loto}\n${row.uniqueId}`}
          />
        )}
      </PagedList>
    </Section>
  );
}

function useColumns(): readonly Column<StoredSeries>[] {
  const { t } = useTranslation('features');
  const format = useFormat();
  const language = useLanguage();
  const frequencyText = useFrequencyText();
  return useMemo(
    () => [
      {
        id: 'id',
        header: t('series.column.id'),
        cell: ({ loto, uniqueId, constant }) => (
          <Group gap="xs">
            <Anchor
              component={Link}
              to="/features/series"
              search={{ loto, id: uniqueId } as never}
              size="sm"
              fw={600}
            >
              {uniqueId}
            </Anchor>
            {constant && (
              <Badge size="sm" variant="default">
                {t('series.constant')}
              </Badge>
            )}
          </Group>
        ),
      },
      { id: 'loto', header: t('series.column.dataset'), cell: ({ loto }) => loto },
      {
        id: 'n',
        header: t('series.column.points'),
        align: 'right',
        cell: ({ n }) => format.number(n, 0),
      },
      {
        id: 'range',
        header: t('series.column.range'),
        secondary: true,
        cell: ({ first, last, timeKind }) =>
          `${timeText(first, timeKind, language)} – ${timeText(last, timeKind, language)}`,
      },
      {
        id: 'frequency',
        header: t('series.column.frequency'),
        secondary: true,
        cell: ({ frequency }) => frequencyText(frequency),
      },
      {
        id: 'missing',
        header: t('series.column.missing'),
        align: 'right',
        secondary: true,
        cell: ({ missing, infinite }) => format.number(missing + infinite, 0),
      },
      {
        id: 'gaps',
        header: t('series.column.gaps'),
        align: 'right',
        secondary: true,
        cell: ({ gaps }) => format.number(gaps, 0),
      },
    ],
    [t, format, language, frequencyText],
  );
}
