import { safeScale } from '../math/safe-scale.ts';
import { createSharedSeries, type SharedSeries } from './shared-series.ts';

/** A series and the power of two it was divided by. */
export interface TamedSeries {
  readonly series: SharedSeries;
  readonly scale: number;
}

/** A series whose squares neither overflow nor vanish: itself for values of usual size, else divided by a power of two. */
export function tamed(series: SharedSeries): TamedSeries {
  return series.once('tamed', () => {
    const { n, min, max } = series;
    const scale = n === 0 ? 1 : safeScale(Math.max(Math.abs(min), Math.abs(max)));
    if (scale === 1) return { series, scale };
    return { series: createSharedSeries(series.raw.map((value) => value / scale)), scale };
  });
}
