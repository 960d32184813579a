import { Stack } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { Chart } from '../../../charts/Chart.tsx';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { ChartLegend, type LegendEntry } from '../../../charts/ChartLegend.tsx';
import type { ChartTable, ChartTableColumn } from '../../../charts/chart-table.ts';
import { bandLook, chartTip, type TipLine } from '../../../charts/chart-tip.ts';
import type { ChartHandle } from '../../../charts/EChart.tsx';
import { timeText } from '../../../charts/time-text.ts';
import { usePalette } from '../../../charts/use-palette.ts';
import { type Language, percentText } from '../../../ui/figure-text.ts';
import { valueText } from '../../../ui/value-text.ts';
import { outcomeOption } from './outcome-option.ts';
import { nearestRow, type Outcome, type OutcomeRow } from './outcome-rows.ts';
import { useReasonsText } from './use-reasons-text.ts';

const HEIGHT = 380;

/** One series: what was, what was unusual, and what probably comes. */
export function OutcomeChart({
  name,
  fileName,
  outcome,
  model,
}: {
  readonly name: string;
  /** Without extension. */
  readonly fileName: string;
  readonly outcome: Outcome;
  /** As a statistician writes it; null where there is no forecast. */
  readonly model: string | null;
}) {
  const { t, i18n } = useTranslation();
  const language = localeOf(i18n);
  const palette = usePalette();
  const reasons = useReasonsText();
  const picture = useRef<ChartHandle>(null);
  const { rows, timeKind, levels } = outcome;
  const words = useMemo(() => {
    const band = (i: number) =>
      t('try.band', { level: percentText((levels[i] ?? 0) / 100, language) });
    const lines = (row: OutcomeRow): TipLine[] => [
      ...(row.actual === null
        ? []
        : [line('actual', t('try.value'), valueText(row.actual, language))]),
      ...(row.anomaly === null
        ? []
        : [line('mark', t('try.anomaly'), reasons(row.anomaly.reasons))]),
      ...(row.mean === null
        ? []
        : [line('forecast', t('try.forecast'), valueText(row.mean, language))]),
      ...row.bands.map(({ lower, upper }, i) =>
        line(bandLook(i), band(i), `${valueText(lower, language)} – ${valueText(upper, language)}`),
      ),
    ];
    const when = (row: OutcomeRow) => timeText(row.x, timeKind, language);
    return { band, lines, when };
  }, [t, language, levels, reasons, timeKind]);
  const option = useMemo(
    () =>
      outcomeOption({
        outcome,
        palette,
        language,
        tip: (x) => {
          const row = rows[nearestRow(rows, x)];
          return row === undefined
            ? chartTip('', [], palette)
            : chartTip(words.when(row), words.lines(row), palette);
        },
      }),
    [outcome, rows, palette, language, words],
  );
  const table = useMemo(
    (): ChartTable =>
      withoutEmpty({
        columns: [
          {
            key: 't',
            title: t('try.time'),
            numeric: timeKind === 'index',
            text: (cell) =>
              timeText(
                typeof cell === 'number' ? cell : Date.parse(cell ?? ''),
                timeKind,
                language,
              ),
          },
          number('actual', t('try.value'), language),
          {
            key: 'anomaly',
            title: t('try.anomaly'),
            numeric: false,
            text: (cell) => String(cell ?? ''),
          },
          number('mean', t('try.forecast'), language),
          ...levels.flatMap((level, i) => [
            number(`lower-${level}`, t('try.lower', { band: words.band(i) }), language),
            number(`upper-${level}`, t('try.upper', { band: words.band(i) }), language),
          ]),
        ],
        rows: rows.map((row) => [
          row.t,
          row.actual,
          row.anomaly && reasons(row.anomaly.reasons),
          row.mean,
          ...levels.flatMap((_, i) => [row.bands[i]?.lower ?? null, row.bands[i]?.upper ?? null]),
        ]),
      }),
    [rows, levels, timeKind, language, reasons, words, t],
  );
  const points = useMemo(() => rows.map(({ x }) => x), [rows]);
  const count = rows.filter(({ anomaly }) => anomaly !== null).length;
  const legend: LegendEntry[] = [
    ...(outcome.past > 0 ? [{ look: 'actual' as const, label: t('try.value') }] : []),
    ...(count > 0 ? [{ look: 'mark' as const, label: t('try.anomaly') }] : []),
    ...(model === null ? [] : [{ look: 'forecast' as const, label: t('try.forecast') }]),
    ...levels.map((_, i) => ({ look: bandLook(i), label: words.band(i) })),
  ];

  return (
    <ChartFrame
      title={name}
      description={model === null ? t('try.noForecast') : t('try.fitted', { model })}
      table={table}
      fileName={fileName}
      height={HEIGHT}
      picture={picture}
    >
      {(numbers) => (
        <Stack gap={4}>
          <Chart
            option={option}
            label={t('try.chart', {
              name,
              anomalies: count,
              steps: rows.length - outcome.past,
            })}
            height={HEIGHT}
            points={points}
            describe={(place) =>
              [
                words.when(rows[place]!),
                ...words.lines(rows[place]!).map(({ label, value }) => `${label} ${value}`),
              ].join(', ')
            }
            handle={picture}
            fallback={numbers}
          />
          <ChartLegend entries={legend} palette={palette} />
        </Stack>
      )}
    </ChartFrame>
  );
}

function number(key: string, title: string, language: Language): ChartTableColumn {
  return { key, title, numeric: true, text: (cell) => valueText(cell as number | null, language) };
}

function line(look: TipLine['look'], label: string, value: string): TipLine {
  return { look, label, value };
}

/** The time always stands, any other column only where it says something. */
function withoutEmpty({ columns, rows }: ChartTable): ChartTable {
  const kept = columns.map((_, i) => i === 0 || rows.some((row) => (row[i] ?? null) !== null));
  return {
    columns: columns.filter((_, i) => kept[i]),
    rows: rows.map((row) => row.filter((_, i) => kept[i])),
  };
}
