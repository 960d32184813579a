import { decompositionStrength } from '../../stats/decomposition-strength.ts';
import { stl } from '../../transform/stl.ts';
import type { SharedSeries } from '../shared-series.ts';

/** Seasons that the seasonal shape is smoothed over. */
const SEASON_WINDOW = 7;

/** mₖ / m₂^(k/2) with moments divided by n; NaN for a constant series. */
export function momentRatio({ centred, n, sd }: SharedSeries, k: 3 | 4): number {
  let sum = 0;
  for (let t = 0; t < n; t++) sum += (centred[t]! / sd) ** k;
  return sum / n;
}

export interface TrendLine {
  /** A sample. */
  readonly slope: number;
  /** Share of the variance explained, in [0, 1]. */
  readonly explained: number;
}

/** Least-squares line on the times of the values as they came; NaN for fewer than two values. */
export function lineOf(series: SharedSeries): TrendLine {
  return series.once('static.line', () => {
    const { raw, n, mean, variance } = series;
    let meanTime = 0;
    for (let t = 0; t < raw.length; t++) if (Number.isFinite(raw[t]!)) meanTime += t / n;
    let spread = 0;
    let product = 0;
    for (let t = 0; t < raw.length; t++) {
      if (!Number.isFinite(raw[t]!)) continue;
      spread += (t - meanTime) ** 2;
      product += (t - meanTime) * (raw[t]! - mean);
    }
    if (n < 2) return { slope: Number.NaN, explained: Number.NaN };
    const slope = product / spread;
    return { slope, explained: variance > 0 ? ((slope * spread) / n) * (slope / variance) : NaN };
  });
}

/** NaN without a season or with fewer than two of them. */
export function seasonStrength({ y, n }: SharedSeries, m: number): number {
  if (m === 1 || n < 2 * m) return Number.NaN;
  return decompositionStrength(stl(y, { m, seasonWindow: SEASON_WINDOW, defaults: 'statsmodels' }))
    .season;
}
