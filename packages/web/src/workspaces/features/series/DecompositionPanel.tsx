import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useFormat } from '../../../app/use-format.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import type { ChartHandle } from '../../../charts/EChart.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { ChoiceNumber } from '../ChoiceNumber.tsx';
import { Plot } from '../plot/Plot.tsx';
import { decompositionQuery } from '../queries.ts';
import { fileName, type PanelProps, pointsTable } from './points.ts';

const HEIGHT = 420;

/** Trend, season and remainder below each other. */
export function DecompositionPanel({ name, points, search, onChange }: PanelProps) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const language = useLanguage();
  const picture = useRef<ChartHandle>(null);
  const { period, robust } = search;
  const found = useQuery(decompositionQuery(useApi(), name, { period, robust }));
  const parts = found.data;
  const lines = useMemo(
    () =>
      (['trend', 'seasonal', 'remainder'] as const).map((id) => ({
        id,
        label: t(`decomposition.${id}`),
        look: 'value' as const,
        y: parts?.[id] ?? [],
      })),
    [parts, t],
  );
  const data = useMemo(
    () => ({ x: points.t, timeKind: points.timeKind, panels: lines }),
    [points, lines],
  );
  const table = useMemo(
    () =>
      pointsTable(
        points,
        t('plot.time'),
        lines.map(({ id, label, y }) => ({ key: id, title: label, y })),
        language,
      ),
    [points, lines, language, t],
  );
  const controls = (
    <>
      <ChoiceNumber
        size="xs"
        aria-label={t('decomposition.period')}
        placeholder={t('decomposition.period')}
        value={period}
        onChoose={(value) => onChange({ period: value })}
        min={2}
        max={100_000}
        w={150}
      />
      <Switch
        size="xs"
        label={t('decomposition.robust')}
        checked={robust === 'true'}
        onChange={(event) => onChange({ robust: event.currentTarget.checked ? 'true' : undefined })}
      />
    </>
  );
  if (parts?.status !== 'ok') {
    return (
      <Section
        title={t('decomposition.title')}
        description={t('decomposition.text')}
        actions={controls}
      >
        <QueryState query={found} height={HEIGHT}>
          {({ status, period: tried }) => (
            <Empty icon="wave" title={t('decomposition.none')}>
              {status !== 'ok' && t(`decomposition.${status}`, { period: tried ?? 0 })}
            </Empty>
          )}
        </QueryState>
      </Section>
    );
  }
  return (
    <ChartFrame
      title={t('decomposition.title')}
      description={t('decomposition.result', {
        period: parts.period ?? 0,
        trend: format.percent(parts.trendStrength ?? 0, 0),
        season: format.percent(parts.seasonStrength ?? 0, 0),
      })}
      table={table}
      fileName={fileName(name, 'decomposition')}
      height={HEIGHT}
      picture={picture}
      controls={controls}
    >
      {(numbers) => (
        <Plot
          data={data}
          label={t('decomposition.label', { name: name.uniqueId })}
          height={HEIGHT}
          picture={picture}
          fallback={numbers}
        />
      )}
    </ChartFrame>
  );
}
