import type { FeatureQuality } from '@kizashi/server/workspaces/features';
import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { useFormat } from '../../../app/use-format.ts';
import { useSearchState } from '../../../app/use-search-state.ts';
import { Facts } from '../../../ui/facts.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { datasetsQuery, qualityQuery } from '../queries.ts';
import { CorrelatedPairs } from './CorrelatedPairs.tsx';
import { MissingFeatures } from './MissingFeatures.tsx';
import { QualityTable } from './QualityTable.tsx';

/** Half, 0.9 … of a correlation that counts as saying the same. */
const limits = ['0.8', '0.9', '0.95', '0.99'] as const;
const USUAL_LIMIT = '0.95';

const searchSchema = z.object({
  table: z.enum(['stat', 'hist']).optional().catch(undefined),
  loto: z.string().max(64).optional().catch(undefined),
  correlation: z.enum(limits).optional().catch(undefined),
});

/** What is missing, constant or said twice among computed features. */
export function QualityPage() {
  const { t } = useTranslation('features');
  const api = useApi();
  const can = useCan();
  const [search, change] = useSearchState(searchSchema);
  const { table = 'stat', loto, correlation = USUAL_LIMIT } = search;
  const datasets = useQuery(datasetsQuery(api));
  const quality = useQuery(qualityQuery(api, { table, loto, correlation: Number(correlation) }));
  return (
    <>
      <PageHeader title={t('quality.title')} description={t('quality.description')} />
      <Section>
        <Group gap="sm" align="flex-end">
          <SegmentedControl
            aria-label={t('quality.table')}
            value={table}
            onChange={(value) => change({ table: value === 'hist' ? 'hist' : undefined })}
            data={[
              { value: 'stat', label: t('quality.stat') },
              { value: 'hist', label: t('quality.hist') },
            ]}
          />
          <Select
            label={t('series.dataset')}
            placeholder={t('series.allDatasets')}
            data={(datasets.data?.items ?? []).map((one) => one.loto)}
            value={loto ?? null}
            onChange={(value) => change({ loto: value ?? undefined })}
            searchable
            clearable
            w={200}
          />
          <Select
            label={t('quality.limit')}
            data={[...limits]}
            value={correlation}
            onChange={(value) => change({ correlation: limits.find((one) => one === value) })}
            allowDeselect={false}
            w={150}
          />
        </Group>
      </Section>
      <Section title={t('quality.overview')}>
        <QueryState query={quality} height={120}>
          {(data) =>
            data.rowsRead === 0 ? (
              <Empty
                icon="gauge"
                title={t('quality.empty')}
                action={
                  can('features.run') && (
                    <Button component={Link} to="/features/runs/new">
                      {t('run.new')}
                    </Button>
                  )
                }
              />
            ) : (
              <Overview quality={data} />
            )
          }
        </QueryState>
      </Section>
      {quality.data && quality.data.rowsRead > 0 && (
        <>
          <MissingFeatures quality={quality.data} />
          <CorrelatedPairs quality={quality.data} limit={correlation} />
          <QualityTable quality={quality.data} />
        </>
      )}
    </>
  );
}

function Overview({ quality }: { readonly quality: FeatureQuality }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const count = (value: number) => format.number(value, 0);
  const { features } = quality;
  const number = (test: (feature: FeatureQuality['features'][number]) => boolean) =>
    features.filter(test).length;
  return (
    <Facts
      facts={[
        { name: t('quality.features'), value: count(features.length) },
        {
          name: t('quality.rowsRead'),
          value: t('quality.of', { part: count(quality.rowsRead), all: count(quality.rows) }),
        },
        {
          name: t('quality.seriesRead'),
          value: t('quality.of', { part: count(quality.seriesRead), all: count(quality.series) }),
        },
        { name: t('quality.complete'), value: count(number(({ missing }) => missing === 0)) },
        { name: t('quality.neverThere'), value: count(number(({ missing }) => missing === 1)) },
        { name: t('quality.constant'), value: count(number(({ constant }) => constant)) },
        { name: t('quality.infinite'), value: count(number(({ infinite }) => infinite > 0)) },
        { name: t('quality.pairs'), value: count(quality.pairsFound) },
      ]}
    />
  );
}
