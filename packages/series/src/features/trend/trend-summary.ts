/** How strong trend and season of a whole series are, and its deepest fall and highest rise. */
import {
  type DecompositionStrength,
  decompositionStrength,
} from '../../stats/decomposition-strength.ts';
import type { FeatureInfo, SetParameters, SummaryFeature, SummarySet } from '../feature.ts';
import type { SharedSeries } from '../shared-series.ts';
import { decompositionOf } from './stl-set.ts';

const STRENGTH =
  'Hyndman & Athanasopoulos, Forecasting: Principles and Practice (3rd ed.), section 4.3';
const FALL = 'Magdon-Ismail & Atiya (2004), Maximum drawdown, Risk Magazine 17(10)';

/** P4 over the whole series: `trend_strength`, `seasonal_strength`, `max_drawdown`, `max_drawup`. */
export const trendSummary: SummarySet = {
  kind: 'summary',
  name: 'trend',
  pipeline: 'trend',
  version: 1,
  defaults: { period: 0, seasonal: 7, robust: false },
  features: (parameters) => [
    feature(
      { name: 'trend_strength', formula: 'max(0, 1 − Var(resid) / Var(trend + resid)) of STL.' },
      (series) => strength(series, parameters, 'trend'),
    ),
    feature(
      {
        name: 'seasonal_strength',
        formula: 'max(0, 1 − Var(resid) / Var(seasonal + resid)) of STL.',
      },
      (series) => strength(series, parameters, 'season'),
    ),
    feature(
      {
        name: 'max_drawdown',
        formula: 'Largest fall from any value to a later one, ≥ 0.',
        source: FALL,
        unit: 'y',
        missing: 'dropped',
      },
      ({ y }) => largestRise(y, -1),
    ),
    feature(
      {
        name: 'max_drawup',
        formula: 'Largest rise from any value to a later one, ≥ 0.',
        source: FALL,
        unit: 'y',
        missing: 'dropped',
      },
      ({ y }) => largestRise(y, 1),
    ),
  ],
};

function feature(
  info: Pick<FeatureInfo, 'name' | 'formula'> & Partial<FeatureInfo>,
  compute: SummaryFeature['compute'],
): SummaryFeature {
  return {
    source: STRENGTH,
    unit: '1',
    cost: 'n',
    missing: 'kept',
    pointInTime: false,
    ...info,
    compute,
  };
}

function strength(
  series: SharedSeries,
  parameters: SetParameters,
  part: keyof DecompositionStrength,
): number {
  const key = `strength of stl ${parameters.period} ${parameters.seasonal} ${parameters.robust}`;
  const strengths = series.once(key, () => {
    const parts = decompositionOf(series.raw, parameters);
    return parts === undefined ? undefined : decompositionStrength(parts);
  });
  return strengths?.[part] ?? Number.NaN;
}

function largestRise(y: Float64Array, sign: 1 | -1): number {
  if (y.length === 0) return Number.NaN;
  let lowest = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let t = 0; t < y.length; t++) {
    const value = sign * y[t]!;
    if (value < lowest) lowest = value;
    if (value - lowest > largest) largest = value - lowest;
  }
  return Number.isFinite(largest) ? largest : Number.NaN;
}
