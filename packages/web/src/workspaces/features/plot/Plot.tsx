import { Stack } from '@mantine/core';
import { type ReactNode, type RefObject, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { Chart } from '../../../charts/Chart.tsx';
import type { ChartHandle } from '../../../charts/EChart.tsx';
import { timeText } from '../../../charts/time-text.ts';
import { usePalette } from '../../../charts/use-palette.ts';
import { valueText } from '../../../ui/value-text.ts';
import classes from './plot.module.css';
import { nearestPlace, type PlotData } from './plot-data.ts';
import { lineColour, plotOption, segmentColour } from './plot-option.ts';

/** Lines of one series over its time, with what was found in it. */
export function Plot({
  data,
  label,
  height,
  picture,
  fallback,
}: {
  readonly data: PlotData;
  /** What the chart shows, in one sentence. */
  readonly label: string;
  readonly height: number;
  readonly picture?: RefObject<ChartHandle | null>;
  /** Shown where the chart cannot be drawn. */
  readonly fallback: ReactNode;
}) {
  const { t, i18n } = useTranslation('features');
  const language = localeOf(i18n);
  const palette = usePalette();
  const { x, timeKind, panels, segments = [] } = data;
  const describe = (place: number): string =>
    [
      timeText(x[place]!, timeKind, language),
      ...panels.map((line) => `${line.label} ${valueText(line.y[place] ?? null, language)}`),
    ].join(', ');
  const option = useMemo(
    () =>
      plotOption({
        data,
        palette,
        language,
        height,
        tip: (value) => tip(data, nearestPlace(data.x, value), language),
      }),
    [data, palette, language, height],
  );
  const looks = [...new Set(segments.map(({ look }) => look))];
  return (
    <Stack gap={4}>
      <Chart
        option={option}
        label={label}
        height={height}
        points={x}
        describe={describe}
        handle={picture}
        fallback={fallback}
      />
      <ul className={classes.legend}>
        {panels.map((line, i) => (
          <li key={line.id}>
            <span className={classes.line} style={{ color: lineColour(line.look, palette) }} />
            {panels.length > 1 ? t('plot.panel', { place: i + 1, label: line.label }) : line.label}
          </li>
        ))}
        {looks.map((look) => (
          <li key={look}>
            <span
              className={classes.segment}
              data-look={look}
              style={{ color: segmentColour(look, palette) }}
            />
            {t(`plot.${look}`)}
          </li>
        ))}
      </ul>
    </Stack>
  );
}

/** The box beside the pointer. Built node by node: names from a file never become markup. */
function tip({ x, timeKind, panels }: PlotData, place: number, language: 'en' | 'ja'): HTMLElement {
  const box = document.createElement('div');
  box.className = classes.tip!;
  if (place < 0) return box;
  const add = (className: string, text: string): void => {
    const part = document.createElement('span');
    part.className = className;
    part.textContent = text;
    box.append(part);
  };
  add(classes.tipTitle!, timeText(x[place]!, timeKind, language));
  for (const line of panels) {
    add(classes.tipLabel!, line.label);
    add(classes.tipValue!, valueText(line.y[place] ?? null, language));
  }
  return box;
}
