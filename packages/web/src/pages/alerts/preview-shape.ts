import type { previewSchema } from '@kizashi/server/contract/alerts';
import type { z } from 'zod';

export type PreviewPoint = z.infer<typeof previewSchema>['points'][number];

export interface PreviewShape {
  /** SVG path of the values; broken where a value is missing. */
  readonly line: string;
  /** SVG path of the interval or of the side of the threshold that is allowed; empty when there is none. */
  readonly band: string;
  /** Threshold lines: constant bounds on one side only. */
  readonly limits: readonly number[];
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  /** Smallest and largest value of the axis. */
  readonly low: number;
  readonly high: number;
}

/** Geometry of the preview in a box of `width` × `height` pixels. */
export function previewShape(
  points: readonly PreviewPoint[],
  { width, height }: { width: number; height: number },
): PreviewShape {
  const values = points.flatMap(({ y, lower, upper }) =>
    [y, lower, upper].filter((value) => value !== null),
  );
  const { low, high } = axis(values);
  const x = (index: number) =>
    points.length < 2 ? width / 2 : (index * width) / (points.length - 1);
  const y = (value: number) => height - ((value - low) / (high - low)) * height;
  return { line: linePath(points, x, y), ...bandPath(points, x, y), x, y, low, high };
}

/** Room above and below, and never a height of nothing. */
function axis(values: readonly number[]): { low: number; high: number } {
  if (values.length === 0) return { low: 0, high: 1 };
  const min = Math.min(...values);
  const max = Math.max(...values);
  const margin = max > min ? (max - min) * 0.08 : Math.max(1, Math.abs(max)) * 0.1;
  return { low: min >= 0 ? Math.max(0, min - margin) : min - margin, high: max + margin };
}

type Scale = (value: number) => number;

function linePath(points: readonly PreviewPoint[], x: Scale, y: Scale): string {
  let path = '';
  let broken = true;
  points.forEach((point, index) => {
    if (point.y === null) {
      broken = true;
      return;
    }
    path += `${broken ? 'M' : 'L'}${round(x(index))} ${round(y(point.y))}`;
    broken = false;
  });
  return path;
}

function bandPath(
  points: readonly PreviewPoint[],
  x: Scale,
  y: Scale,
): { band: string; limits: readonly number[] } {
  const between = points
    .map((point, index) => ({ ...point, index }))
    .filter(({ lower, upper }) => lower !== null && upper !== null);
  if (between.length > 0) {
    const up = between.map(({ index, upper }) => `${round(x(index))} ${round(y(upper!))}`);
    const down = between.map(({ index, lower }) => `${round(x(index))} ${round(y(lower!))}`);
    return { band: `M${[...up, ...down.reverse()].join('L')}Z`, limits: [] };
  }
  const limits = new Set(
    points.flatMap(({ lower, upper }) => [lower, upper].filter((limit) => limit !== null)),
  );
  return { band: '', limits: [...limits] };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
