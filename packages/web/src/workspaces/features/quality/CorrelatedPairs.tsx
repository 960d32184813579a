import type { FeatureQuality } from '@kizashi/server/workspaces/features';
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/use-format.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { Section } from '../../../ui/section.tsx';
import classes from '../features.module.css';

const ROWS_AT_ONCE = 20;

/** Pairs of features that say the same: one of each could go. */
export function CorrelatedPairs({
  quality,
  limit,
}: {
  readonly quality: FeatureQuality;
  readonly limit: string;
}) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const count = (value: number) => format.number(value, 0);
  const columns = useMemo<readonly Column<FeatureQuality['pairs'][number]>[]>(
    () => [
      {
        id: 'a',
        header: t('quality.column.first'),
        cell: ({ a }) => <span className={`kz-mono kz-wrap ${classes.name}`}>{a}</span>,
        sortBy: ({ a }) => a,
      },
      {
        id: 'b',
        header: t('quality.column.second'),
        cell: ({ b }) => <span className={`kz-mono kz-wrap ${classes.name}`}>{b}</span>,
        sortBy: ({ b }) => b,
      },
      {
        id: 'correlation',
        header: t('quality.column.correlation'),
        align: 'right',
        cell: ({ correlation }) => format.number(correlation, 4),
        sortBy: ({ correlation }) => correlation,
      },
    ],
    [t, format],
  );
  const compared = quality.featuresCompared >= 2;
  return (
    <Section
      title={t('quality.pairsTitle')}
      description={
        compared &&
        t('quality.pairsText', {
          limit,
          features: count(quality.featuresCompared),
          rows: count(quality.rowsCompared),
          found: count(quality.pairsFound),
          shown: count(quality.pairs.length),
        })
      }
    >
      {quality.pairs.length === 0 ? (
        <Text>{t(compared ? 'quality.noPairs' : 'quality.notCompared')}</Text>
      ) : (
        <DataTable
          label={t('quality.pairsTitle')}
          columns={columns}
          rows={quality.pairs}
          rowKey={({ a, b }) => `${a}\n${b}`}
          rowsAtOnce={ROWS_AT_ONCE}
        />
      )}
    </Section>
  );
}
