import { decompositionOf, decompositionStrength, fillMissing, periodOf } from '@kizashi/series';
import type { SeriesDecomposition } from '../insight-contract.ts';
import { nullable } from './json-number.ts';

/** Longer series would make an answer that no page can show. */
const MOST_POINTS = 100_000;

/** Runs in a worker thread: trend, season and remainder of one series. `period` 0: find it. */
export function run(task: {
  readonly y: Float64Array;
  readonly period: number;
  readonly robust: boolean;
}): SeriesDecomposition {
  const { y, robust } = task;
  if (y.length > MOST_POINTS) return without('too-long');
  if (!y.some(Number.isFinite)) return without('no-values');
  const parameters = { period: task.period, seasonal: 7, robust };
  const period = periodOf(parameters, fillMissing(y).values);
  if (period < 2) return without('no-season');
  if (y.length < 2 * period) return without('too-short', period);
  const parts = decompositionOf(y, { ...parameters, period });
  if (parts === undefined) return without('no-season', period);
  const strength = decompositionStrength(parts);
  const remainder = parts.remainder.map((value, t) => (Number.isFinite(y[t]!) ? value : NaN));
  return {
    status: 'ok',
    period,
    trend: Array.from(parts.trend, nullable),
    seasonal: Array.from(parts.seasonal, nullable),
    remainder: Array.from(remainder, nullable),
    trendStrength: nullable(strength.trend),
    seasonStrength: nullable(strength.season),
  };
}

function without(
  status: SeriesDecomposition['status'],
  period: number | null = null,
): SeriesDecomposition {
  const empty = { trend: [], seasonal: [], remainder: [] };
  return { status, period, ...empty, trendStrength: null, seasonStrength: null };
}
