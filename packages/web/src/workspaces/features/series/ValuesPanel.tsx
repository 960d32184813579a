import { Select } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../app/use-language.ts';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import type { ChartHandle } from '../../../charts/EChart.tsx';
import { Plot } from '../plot/Plot.tsx';
import { fileName, type PanelProps, pointsTable } from './points.ts';

const HEIGHT = 300;
const HEIGHT_WITH_SECOND = 400;

/** The values as they are stored, and a column that came with them below. */
export function ValuesPanel({ name, points, search, onChange }: PanelProps) {
  const { t } = useTranslation('features');
  const language = useLanguage();
  const picture = useRef<ChartHandle>(null);
  const exogenous = Object.keys(points.exogenous);
  const beside = exogenous.find((column) => column === search.beside);
  const height = beside === undefined ? HEIGHT : HEIGHT_WITH_SECOND;
  const data = useMemo(
    () => ({
      x: points.t,
      timeKind: points.timeKind,
      panels: [
        { id: 'y', label: name.uniqueId, look: 'value' as const, y: points.y },
        ...(beside === undefined
          ? []
          : [
              {
                id: 'beside',
                label: beside,
                look: 'beside' as const,
                y: points.exogenous[beside] ?? [],
              },
            ]),
      ],
    }),
    [points, name.uniqueId, beside],
  );
  const table = useMemo(
    () =>
      pointsTable(
        points,
        t('plot.time'),
        [
          { key: 'y', title: name.uniqueId, y: points.y },
          ...Object.entries(points.exogenous).map(([key, y]) => ({
            key: `x-${key}`,
            title: key,
            y,
          })),
        ],
        language,
      ),
    [points, name.uniqueId, language, t],
  );
  return (
    <ChartFrame
      title={t('explorer.values')}
      table={table}
      fileName={fileName(name, 'values')}
      height={height}
      picture={picture}
      controls={
        exogenous.length > 0 && (
          <Select
            size="xs"
            aria-label={t('explorer.beside')}
            placeholder={t('explorer.beside')}
            data={exogenous}
            value={beside ?? null}
            onChange={(value) => onChange({ beside: value ?? undefined })}
            clearable
            w={190}
          />
        )
      }
    >
      {(numbers) => (
        <Plot
          data={data}
          label={t('explorer.valuesLabel', { name: name.uniqueId })}
          height={height}
          picture={picture}
          fallback={numbers}
        />
      )}
    </ChartFrame>
  );
}
