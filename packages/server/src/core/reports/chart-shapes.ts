import type { ReportChart } from './document.ts';

/** What a chart is made of, in points from the upper left corner: the same for SVG and PDF. */
export type ChartShape =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'rule'; readonly x1: number; readonly x2: number; readonly y: number }
  | { readonly kind: 'path'; readonly points: readonly (readonly [x: number, y: number])[] }
  | { readonly kind: 'dot'; readonly x: number; readonly y: number }
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Of the base line. */
      readonly y: number;
      readonly text: string;
      readonly anchor: 'start' | 'middle' | 'end';
    };

export const CHART_WIDTH = 500;
export const CHART_HEIGHT = 150;
export const CHART_TEXT_SIZE = 8;
const LEFT = 62;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 20;
/** Room a label of the lower axis needs. */
const LABEL_WIDTH = 46;

export function chartShapes(chart: ReportChart): ChartShape[] {
  const { labels, values, ticks } = chart;
  const top = Math.max(ticks.at(-1)?.value ?? 0, ...values.map((value) => value ?? 0)) || 1;
  const width = CHART_WIDTH - LEFT - RIGHT;
  const height = CHART_HEIGHT - TOP - BOTTOM;
  const base = TOP + height;
  const slot = width / Math.max(1, labels.length);
  const xOf = (i: number) => LEFT + (i + 0.5) * slot;
  const yOf = (value: number) => base - (value / top) * height;

  const shapes: ChartShape[] = ticks.flatMap(({ value, text }) => [
    { kind: 'rule', x1: LEFT, x2: LEFT + width, y: yOf(value) },
    { kind: 'text', x: LEFT - 6, y: yOf(value) + 3, text, anchor: 'end' },
  ]);
  const every = Math.max(1, Math.ceil((labels.length * LABEL_WIDTH) / width));
  labels.forEach((text, i) => {
    if (i % every === 0)
      shapes.push({ kind: 'text', x: xOf(i), y: base + 13, text, anchor: 'middle' });
  });
  return [...shapes, ...(chart.form === 'bars' ? bars() : lines())];

  function bars(): ChartShape[] {
    const bar = Math.max(1, slot * 0.72);
    return values.flatMap((value, i) =>
      value === null || value === 0
        ? []
        : [
            {
              kind: 'rect',
              x: xOf(i) - bar / 2,
              y: yOf(value),
              width: bar,
              height: base - yOf(value),
            },
          ],
    );
  }

  function lines(): ChartShape[] {
    const found: ChartShape[] = [];
    let points: [number, number][] = [];
    const close = () => {
      // A value between two gaps would not be seen as a line.
      if (points.length === 1) found.push({ kind: 'dot', x: points[0]![0], y: points[0]![1] });
      else if (points.length > 1) found.push({ kind: 'path', points });
      points = [];
    };
    values.forEach((value, i) => {
      if (value === null) close();
      else points.push([xOf(i), yOf(value)]);
    });
    close();
    return found;
  }
}
