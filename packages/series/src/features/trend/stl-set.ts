/** Seasonal-trend decomposition by loess, with the defaults and names of statsmodels. */
import { InvalidInput, requireWhole } from '../../invalid-input.ts';
import { detectSeason } from '../../stats/seasonality.ts';
import { fillMissing } from '../../transform/fill-missing.ts';
import { type StlDecomposition, stl } from '../../transform/stl.ts';
import type { ColumnGroup, ColumnSet, FeatureInfo, SetParameters } from '../feature.ts';

const SOURCE =
  'Cleveland, Cleveland, McRae & Terpenning (1990), Journal of Official Statistics 6(1), 3–73; statsmodels 0.13.5 STL';

/** Tried where no period is given: quarters, weekdays, months, hours, half-hours, weeks, hours of a week, days of a year. */
const PERIODS = [4, 7, 12, 24, 48, 52, 168, 365] as const;

/** P4: `observed`, `trend`, `seasonal`, `resid` and `weights`. */
export const stlSet: ColumnSet = {
  kind: 'columns',
  name: 'stl',
  pipeline: 'trend',
  version: 1,
  defaults: { period: 0, seasonal: 7, robust: false },
  groups: (parameters) => [decomposition(parameters)],
};

/**
 * The season length to decompose by, in samples: the parameter `period` of the set, or where it is 0 the strongest of 4, 7, 12,
 * 24, 48, 52, 168 and 365; 1 when none repeats.
 *
 * @param y n values without gaps.
 * @throws InvalidInput (`period`) for what is not a whole number ≥ 0.
 */
export function periodOf(parameters: SetParameters, y: Float64Array): number {
  const period = parameters.period as number;
  requireWhole('period', period, 0);
  return period === 0 ? detectSeason(y, PERIODS) : period;
}

/**
 * The decomposition behind the set's columns, by STL (Cleveland et al. 1990). Gaps are filled before on a straight line.
 *
 * @param y n values; what is not finite is missing.
 * @param parameters of the set: `period`, `seasonal`, `robust`, as `parametersOf` gives them.
 * @returns parts of n values each in the unit of y; undefined where the series is shorter than two periods, repeats with none
 *   or is all missing.
 * @throws InvalidInput (`period`, `seasonal`)
 */
export function decompositionOf(
  y: Float64Array,
  parameters: SetParameters,
): StlDecomposition | undefined {
  const seasonWindow = parameters.seasonal as number;
  const known = y.some(Number.isFinite);
  const { values } = fillMissing(y);
  const m = known ? periodOf(parameters, values) : 1;
  if (!known || m < 2 || y.length < 2 * m) return undefined;
  const result = stl(values, {
    m,
    seasonWindow,
    robust: parameters.robust === true,
    defaults: 'statsmodels',
  });
  return result.trend.every(Number.isFinite) ? result : undefined;
}

function decomposition(parameters: SetParameters): ColumnGroup {
  periodOf(parameters, new Float64Array(0));
  const seasonWindow = parameters.seasonal as number;
  requireWhole('seasonal', seasonWindow, 7);
  if (seasonWindow % 2 === 0)
    throw new InvalidInput('seasonal', `must be odd, got ${seasonWindow}`);
  const info = (name: string, formula: string, unit: string): FeatureInfo => ({
    name,
    formula,
    source: SOURCE,
    unit,
    cost: 'n',
    missing: 'kept',
    pointInTime: false,
  });
  return {
    columns: [
      { ...info('observed', 'y(t) itself.', 'y'), pointInTime: true },
      info('trend', 'Trend of the decomposition, gaps interpolated before.', 'y'),
      info('seasonal', 'Seasonal part of the decomposition.', 'y'),
      info('resid', 'observed − trend − seasonal.', 'y'),
      info('weights', 'Robustness weight: near 0 for outliers, 1 unless robust.', '1'),
    ],
    compute({ y }) {
      const observed = y.map((value) => (Number.isFinite(value) ? value : Number.NaN));
      const parts = decompositionOf(y, parameters);
      if (parts === undefined) {
        return [observed, ...Array.from({ length: 4 }, () => new Float64Array(y.length).fill(NaN))];
      }
      const { trend, seasonal, remainder, weights } = parts;
      const resid = remainder.map((value, t) => (Number.isFinite(y[t]!) ? value : Number.NaN));
      return [observed, trend, seasonal, resid, weights];
    },
  };
}
