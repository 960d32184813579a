import { previewSchema } from '@kizashi/server/contract/alerts';
import type { MeasureInfo } from '@kizashi/server/contract/measures';
import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/services.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { PreviewChart } from './preview-chart.tsx';
import { conditionOf, type RuleDraft } from './rule-draft.ts';

/** What the rule as it stands in the form would have done lately; follows every change. */
export function RulePreview({ draft, measure }: { draft: RuleDraft; measure: MeasureInfo }) {
  const { t } = useTranslation();
  const api = useApi();
  const { bucket, filters } = draft;
  const condition = conditionOf(draft, measure.unit === 'ratio');
  const asked = useMemo(
    () => condition && JSON.stringify({ measure: measure.id, bucket, filters, condition }),
    [measure.id, bucket, filters, condition],
  );
  const [settled] = useDebouncedValue(asked, 400);
  const preview = useQuery({
    queryKey: ['alert-preview', settled],
    queryFn:
      settled === undefined || condition === undefined
        ? skipToken
        : ({ signal }) =>
            api.post('/api/alerts/rules/preview', previewSchema, JSON.parse(settled), { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <Section title={t('rule.preview')} description={t('rule.previewText')}>
      {condition === undefined ? (
        <Text c="dimmed">{t('rule.needsValue')}</Text>
      ) : (
        <QueryState query={preview} height={260}>
          {({ points }) => <PreviewChart points={points} bucket={bucket} unit={measure.unit} />}
        </QueryState>
      )}
    </Section>
  );
}
