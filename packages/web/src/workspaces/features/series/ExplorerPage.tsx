import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { ApiError } from '../../../app/api-error.ts';
import { useApi } from '../../../app/services.tsx';
import { useSearchState } from '../../../app/use-search-state.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Empty } from '../../../ui/states.tsx';
import { pointsQuery } from '../queries.ts';
import { DecompositionPanel } from './DecompositionPanel.tsx';
import { FeatureValues } from './FeatureValues.tsx';
import { PatternsPanel } from './PatternsPanel.tsx';
import { SeriesDescription } from './SeriesDescription.tsx';
import { ValuesPanel } from './ValuesPanel.tsx';

const whole = z.coerce.number().int();

/** The series and how it is looked at stand in the address. */
export const explorerSchema = z.object({
  loto: z.string().max(64).optional().catch(undefined),
  id: z.string().max(200).optional().catch(undefined),
  /** Exogenous column that is drawn below the values. */
  beside: z.string().max(1000).optional().catch(undefined),
  period: whole.min(2).max(100_000).optional().catch(undefined),
  robust: z.literal('true').optional().catch(undefined),
  window: whole.min(3).max(100_000).optional().catch(undefined),
});
export type ExplorerSearch = z.infer<typeof explorerSchema>;

/** One series: its values, its parts, its patterns and its features. */
export function ExplorerPage() {
  const { t } = useTranslation('features');
  const [search, change] = useSearchState(explorerSchema);
  const name = { loto: search.loto ?? '', uniqueId: search.id ?? '' };
  const points = useQuery({
    ...pointsQuery(useApi(), name),
    enabled: name.loto !== '' && name.uniqueId !== '',
  });
  const parents = [{ label: t('series.title'), to: '/features' }];
  const missing = points.error instanceof ApiError && points.error.status === 404;
  if (missing || name.loto === '' || name.uniqueId === '') {
    return (
      <>
        <PageHeader title={t('explorer.title')} parents={parents} />
        <Empty
          icon="search"
          title={t('explorer.notFound')}
          action={
            <Anchor component={Link} to="/features">
              {t('explorer.toList')}
            </Anchor>
          }
        />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={name.uniqueId}
        parents={parents}
        description={points.data && <SeriesDescription name={name} points={points.data} />}
      />
      <QueryState query={points} height={420}>
        {(data) => (
          <>
            <ValuesPanel name={name} points={data} search={search} onChange={change} />
            <DecompositionPanel name={name} points={data} search={search} onChange={change} />
            <PatternsPanel name={name} points={data} search={search} onChange={change} />
            <FeatureValues name={name} />
          </>
        )}
      </QueryState>
    </>
  );
}
