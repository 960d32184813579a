import type { SeriesPatterns } from '@kizashi/server/workspaces/features';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useLanguage } from '../../../app/use-language.ts';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import type { ChartTable } from '../../../charts/chart-table.ts';
import type { ChartHandle } from '../../../charts/EChart.tsx';
import { timeText } from '../../../charts/time-text.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { valueText } from '../../../ui/value-text.ts';
import { ChoiceNumber } from '../ChoiceNumber.tsx';
import { Plot } from '../plot/Plot.tsx';
import type { PlotSegment } from '../plot/plot-data.ts';
import { patternsQuery } from '../queries.ts';
import { fileName, type PanelProps } from './points.ts';

const HEIGHT = 300;

/** Stretches of a series most alike, and most unlike every other, marked on it. */
export function PatternsPanel({ name, points, search, onChange }: PanelProps) {
  const { t } = useTranslation('features');
  const language = useLanguage();
  const picture = useRef<ChartHandle>(null);
  const found = useQuery(patternsQuery(useApi(), name, search.window));
  const patterns = found.data;
  const data = useMemo(
    () => ({
      x: points.t,
      timeKind: points.timeKind,
      panels: [{ id: 'y', label: name.uniqueId, look: 'value' as const, y: points.y }],
      segments: patterns && segmentsOf(patterns),
    }),
    [points, name.uniqueId, patterns],
  );
  const table = useMemo((): ChartTable => {
    const text = (cell: unknown) => String(cell ?? '');
    const number = (cell: unknown) => valueText(cell as number | null, language);
    const when = (place: number) => timeText(points.t[place] ?? 0, points.timeKind, language);
    return {
      columns: [
        { key: 'name', title: t('patterns.column.name'), text, numeric: false },
        { key: 'kind', title: t('patterns.column.kind'), text, numeric: false },
        { key: 'start', title: t('patterns.column.start'), text, numeric: false },
        { key: 'other', title: t('patterns.column.other'), text, numeric: false },
        { key: 'distance', title: t('patterns.column.distance'), text: number, numeric: true },
      ],
      rows: [
        ...(patterns?.motifs ?? []).map(({ first, second, distance }, i) => [
          motifName(i),
          t('plot.motif'),
          when(first),
          when(second),
          distance,
        ]),
        ...(patterns?.discords ?? []).map(({ start, distance }, i) => [
          discordName(i),
          t('plot.discord'),
          when(start),
          null,
          distance,
        ]),
      ],
    };
  }, [patterns, points, language, t]);
  const control = (
    <ChoiceNumber
      size="xs"
      aria-label={t('patterns.window')}
      placeholder={t('patterns.window')}
      value={search.window}
      onChoose={(value) => onChange({ window: value })}
      min={3}
      max={100_000}
      w={170}
    />
  );
  if (patterns?.status !== 'ok') {
    return (
      <Section title={t('patterns.title')} description={t('patterns.text')} actions={control}>
        <QueryState query={found} height={HEIGHT}>
          {({ status, window }) => (
            <Empty icon="search" title={t('patterns.none')}>
              {status !== 'ok' && t(`patterns.${status}`, { window: window ?? 0 })}
            </Empty>
          )}
        </QueryState>
      </Section>
    );
  }
  return (
    <ChartFrame
      title={t('patterns.title')}
      description={
        <>
          {t('patterns.text')}
          <Text size="sm">{t('patterns.result', { window: patterns.window ?? 0 })}</Text>
        </>
      }
      table={table}
      fileName={fileName(name, 'patterns')}
      height={HEIGHT}
      picture={picture}
      controls={control}
    >
      {(numbers) => (
        <Plot
          data={data}
          label={t('patterns.label', { name: name.uniqueId })}
          height={HEIGHT}
          picture={picture}
          fallback={numbers}
        />
      )}
    </ChartFrame>
  );
}

function motifName(i: number): string {
  return String.fromCharCode(65 + i);
}

function discordName(i: number): string {
  return String(i + 1);
}

function segmentsOf({ motifs, discords, window }: SeriesPatterns): PlotSegment[] {
  const length = window ?? 0;
  const stretch = (from: number) => ({ from, to: from + length });
  return [
    ...motifs.flatMap(({ first, second }, i) =>
      [first, second].map((from) => ({
        name: motifName(i),
        look: 'motif' as const,
        ...stretch(from),
      })),
    ),
    ...discords.map(({ start }, i) => ({
      name: discordName(i),
      look: 'discord' as const,
      ...stretch(start),
    })),
  ];
}
