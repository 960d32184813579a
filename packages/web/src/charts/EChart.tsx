import { VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Chart.module.css';
import { axisTime } from './date-text.ts';
import { type ChartOption, init } from './echarts.ts';
import { nextPoint } from './point-keys.ts';

/** What the frame around a chart may ask of it. */
export interface ChartHandle {
  /** The picture as a `data:` address, at twice the size on screen. */
  png(background: string): string;
}

export interface EChartProps {
  readonly option: ChartOption;
  /** What the chart shows, in one sentence. */
  readonly label: string;
  /** In CSS pixels. */
  readonly height: number;
  /** Local date of each point, or its place on the axis, for the arrow keys. */
  readonly points: readonly (string | number)[];
  /** A point in words; read out when the arrow keys reach it. */
  readonly describe: (point: number) => string;
  readonly handle?: RefObject<ChartHandle | null> | undefined;
}

type Instance = ReturnType<typeof init>;

/** A chart along an axis on a canvas. Arrow keys, Home and End walk along its points; Escape hides the tip. */
export function EChart({ option, label, height, points, describe, handle }: EChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const instance = useRef<Instance | null>(null);
  const { t } = useTranslation('charts');
  const [point, setPoint] = useState<number | null>(null);

  useEffect(() => {
    const chart = init(element.current, null, { renderer: 'canvas' });
    instance.current = chart;
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(element.current!);
    // Letters drawn before their font arrived are drawn again with it.
    const redraw = () => chart.resize();
    document.fonts.addEventListener('loadingdone', redraw);
    if (handle) {
      handle.current = {
        png: (backgroundColor) => chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor }),
      };
    }
    return () => {
      observer.disconnect();
      document.fonts.removeEventListener('loadingdone', redraw);
      chart.dispose();
      instance.current = null;
      if (handle) handle.current = null;
    };
  }, [handle]);

  useEffect(() => {
    instance.current?.setOption(option, { notMerge: true });
  }, [option]);

  function walk(event: KeyboardEvent) {
    const next = nextPoint(event.key, point, points.length);
    if (next === undefined) return;
    event.preventDefault();
    setPoint(next);
    showTip(instance.current, next === null ? undefined : points[next]);
  }

  return (
    <>
      <div
        ref={element}
        role="img"
        aria-label={t('keys', { label })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys walk along the points
        tabIndex={0}
        className={classes.canvas}
        style={{ height }}
        onKeyDown={walk}
        onBlur={() => {
          setPoint(null);
          showTip(instance.current, undefined);
        }}
      />
      <VisuallyHidden aria-live="polite">{point !== null && describe(point)}</VisuallyHidden>
    </>
  );
}

function showTip(chart: Instance | null, point: string | number | undefined) {
  if (chart === null) return;
  if (point === undefined) {
    chart.dispatchAction({ type: 'hideTip' });
    return;
  }
  // By place and not by series: the point may have no value in any one series.
  const place = typeof point === 'number' ? point : axisTime(point);
  const x = chart.convertToPixel({ xAxisIndex: 0 }, place);
  chart.dispatchAction({ type: 'showTip', x, y: chart.getHeight() / 2 });
}
