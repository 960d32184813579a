/**
 * Basic statistics over trailing windows, with the names, conventions and defaults of pandas `Series.rolling`.
 */
import { InvalidInput, requireWhole } from '../../invalid-input.ts';
import type { ColumnGroup, ColumnSet, FeatureInfo, SetParameters } from '../feature.ts';
import { wholeNumbers } from '../parameters.ts';
import { createMoments, WindowMoments } from './window-moments.ts';
import { createQuartiles, WindowQuartiles } from './window-quartiles.ts';

const SOURCE = 'pandas 1.5.3, Series.rolling: https://pandas.pydata.org/docs/reference/window.html';

export const WINDOWS = [3, 7, 14, 21, 30, 60, 90] as const;

/** P1: mean, std, min, max, median, q25 and q75 over several windows, as `<statistic>_<window>`. */
export const rolling: ColumnSet = {
  kind: 'columns',
  name: 'rolling',
  pipeline: 'basic',
  version: 2,
  defaults: { windows: WINDOWS, min_periods: 0 },
  groups: (parameters) =>
    wholeNumbers(parameters, 'windows', 1).map((window) =>
      basicStatistics(window, minPeriods(parameters, window)),
    ),
};

/**
 * The least number of values a window must hold; the parameter's default 0 stands for the whole window.
 * @throws InvalidInput (`min_periods`)
 */
export function minPeriods(parameters: SetParameters, window: number): number {
  const value = parameters.min_periods as number;
  requireWhole('min_periods', value, 0);
  if (value > window) {
    throw new InvalidInput('min_periods', `must be at most the window ${window}, got ${value}`);
  }
  return value === 0 ? window : value;
}

/** How a column of a trailing window reads in the catalogue. */
export function windowInfo(
  stem: string,
  window: number,
  formula: string,
  unit: string,
): FeatureInfo {
  return {
    name: `${stem}_${window}`,
    formula: `${formula} over the last ${window} points, t included.`,
    source: SOURCE,
    parameters: { window },
    unit,
    cost: 'n',
    missing: 'kept',
    pointInTime: true,
  };
}

function basicStatistics(window: number, least: number): ColumnGroup {
  const quantile = (percent: number) => `${percent} % quantile, linear between neighbours,`;
  return {
    device: { kernel: 'window-statistics', window, least },
    columns: [
      windowInfo('mean', window, 'Mean', 'y'),
      windowInfo('std', window, 'Standard deviation with divisor n − 1', 'y'),
      windowInfo('min', window, 'Least value', 'y'),
      windowInfo('max', window, 'Largest value', 'y'),
      windowInfo('median', window, 'Median', 'y'),
      windowInfo('q25', window, quantile(25), 'y'),
      windowInfo('q75', window, quantile(75), 'y'),
    ],
    compute({ y }) {
      const { columns, push } = start(y.length, window, least);
      push(y);
      return columns;
    },
    stream() {
      const { columns, push } = start(1, window, least);
      const [value, now] = [new Float64Array(1), new Float64Array(columns.length)];
      return (y) => {
        value[0] = y;
        push(value);
        for (let i = 0; i < columns.length; i++) now[i] = columns[i]![0]!;
        return now;
      };
    },
  };
}

/** @param length number of values of each push @returns the columns that a push fills */
function start(length: number, window: number, least: number) {
  const [moments, quartiles] = [createMoments(length), createQuartiles(length)];
  const [around, sorted] = [new WindowMoments(window, least), new WindowQuartiles(window, least)];
  const { mean, deviation } = moments;
  const { min, lower, median, upper, max } = quartiles;
  return {
    columns: [mean, deviation, min, max, median, lower, upper],
    push(values: Float64Array): void {
      around.push(values, moments);
      sorted.push(values, quartiles);
    },
  };
}
