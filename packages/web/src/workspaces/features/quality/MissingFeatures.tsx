import type { FeatureQuality } from '@kizashi/server/workspaces/features';
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/use-format.ts';
import { BarList } from '../../../charts/BarList.tsx';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';

const SHOWN = 20;

/** The features that are missing most often. */
export function MissingFeatures({ quality }: { readonly quality: FeatureQuality }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const missing = useMemo(
    () =>
      quality.features
        .filter((feature) => feature.missing > 0)
        .sort((a, b) => b.missing - a.missing),
    [quality],
  );
  return (
    <ChartFrame
      title={t('quality.missingTitle')}
      description={t('quality.missingText', {
        amount: format.number(missing.length, 0),
        shown: format.number(Math.min(SHOWN, missing.length), 0),
      })}
      table={{
        columns: [
          { key: 'feature', title: t('quality.column.feature'), text: String, numeric: false },
          {
            key: 'missing',
            title: t('quality.column.missing'),
            text: (cell) => format.percent(Number(cell)),
            numeric: true,
          },
        ],
        rows: missing.map((feature) => [`${feature.set}: ${feature.name}`, feature.missing]),
      }}
      fileName="features-missing"
      height={520}
    >
      {() =>
        missing.length === 0 ? (
          <Text>{t('quality.nothingMissing')}</Text>
        ) : (
          <BarList
            label={t('quality.missingTitle')}
            bars={missing.slice(0, SHOWN).map((feature) => ({
              key: `${feature.set}\n${feature.name}`,
              label: `${feature.set}: ${feature.name}`,
              size: feature.missing,
              value: format.percent(feature.missing),
            }))}
          />
        )
      }
    </ChartFrame>
  );
}
