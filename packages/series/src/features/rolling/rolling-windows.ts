/** What else a trailing window tells: spread and place of the newest value, shape, and windows that grow or fade. */
import { WindowCorrelation } from '../autocorrelation/rolling-correlation.ts';
import { columnsByStream } from '../column-stream.ts';
import type { DeviceForm } from '../device-form.ts';
import type { ColumnGroup, ColumnSet, FeatureInfo } from '../feature.ts';
import { wholeNumbers } from '../parameters.ts';
import { minPeriods, WINDOWS, windowInfo } from './rolling.ts';
import { WeightedMoments } from './weighted-moments.ts';
import { createMoments, WindowMoments } from './window-moments.ts';
import { createQuartiles, WindowQuartiles } from './window-quartiles.ts';
import { WindowShape } from './window-shape.ts';

/**
 * P2: `iqr_<w>`, `deviation_<w>` and `zscore_<w>` over several windows; skewness, kurtosis and lag-1 correlation over some;
 * expanding and exponentially weighted mean and deviation.
 */
export const rollingWindows: ColumnSet = {
  kind: 'columns',
  name: 'rolling-windows',
  pipeline: 'rolling',
  version: 2,
  defaults: { windows: WINDOWS, min_periods: 0, shape_windows: [30], alphas: [0.1, 0.3] },
  groups: (parameters) => [
    ...wholeNumbers(parameters, 'windows', 1).map((window) =>
      place(window, minPeriods(parameters, window)),
    ),
    ...wholeNumbers(parameters, 'shape_windows', 2).flatMap(shapeGroups),
    expanding(),
    ...(parameters.alphas as readonly number[]).map(exponential),
  ],
};

/** Columns that only an incremental form defines. */
function streamed(
  columns: readonly FeatureInfo[],
  stream: NonNullable<ColumnGroup['stream']>,
  device?: DeviceForm,
): ColumnGroup {
  return {
    columns,
    compute: (series) => columnsByStream(columns.length, stream(), series),
    stream,
    ...(device === undefined ? {} : { device }),
  };
}

function place(window: number, least: number): ColumnGroup {
  return streamed(
    [
      windowInfo('iqr', window, 'q75 − q25', 'y'),
      windowInfo('deviation', window, 'y(t) less the mean', 'y'),
      windowInfo('zscore', window, '(y(t) − mean) / std', '1'),
    ],
    () => {
      const [value, now] = [new Float64Array(1), new Float64Array(3)];
      const moments = createMoments(1);
      const quartiles = createQuartiles(1);
      const around = new WindowMoments(window, least);
      const sorted = new WindowQuartiles(window, least);
      return (y) => {
        value[0] = y;
        around.push(value, moments);
        sorted.push(value, quartiles);
        now[0] = finite(quartiles.upper[0]! - quartiles.lower[0]!);
        now[1] = finite(y - moments.mean[0]!);
        now[2] = moments.deviation[0]! > 0 ? now[1]! / moments.deviation[0]! : Number.NaN;
        return now;
      };
    },
    { kernel: 'window-place', window, least },
  );
}

/** A missing value and an overflow are both nothing. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/** `rolling_skew_<w>`, `rolling_kurt_<w>` and `rolling_autocorr1_<w>`. */
export function shapeGroups(window: number): readonly ColumnGroup[] {
  const info = (stem: string, formula: string): FeatureInfo => ({
    ...windowInfo(`rolling_${stem}`, window, formula, '1'),
    cost: 'n·window',
  });
  return [
    streamed(
      [
        info('skew', 'Bias-corrected skewness G₁ (0 of equal values)'),
        info('kurt', 'Bias-corrected excess kurtosis G₂ (−3 of equal values)'),
      ],
      () => {
        const shape = new WindowShape(window);
        return (y) => shape.push(y);
      },
      { kernel: 'window-shape', window },
    ),
    streamed(
      [info('autocorr1', 'Correlation of y(t) with y(t − 1), all pairs complete,')],
      () => {
        const [pairs, now] = [new WindowCorrelation(window), new Float64Array(1)];
        let before = Number.NaN;
        return (y) => {
          now[0] = pairs.push(y, before);
          before = y;
          return now;
        };
      },
      { kernel: 'window-correlation', window },
    ),
  ];
}

function weighted(alpha: number, infos: readonly FeatureInfo[]): ColumnGroup {
  const stream = () => {
    const moments = new WeightedMoments(alpha);
    return (y: number) => moments.push(y);
  };
  // An alpha that makes no sense is refused here and not at the first value.
  stream();
  return streamed(infos, stream);
}

const kept = {
  unit: 'y',
  cost: 'n',
  missing: 'kept',
  pointInTime: true,
} as const;

/** `expanding_mean` and `expanding_std`. */
export function expanding(): ColumnGroup {
  const source = 'pandas 1.5.3, Series.expanding';
  return weighted(0, [
    { ...kept, name: 'expanding_mean', formula: 'Mean of all values up to t.', source },
    {
      ...kept,
      name: 'expanding_std',
      formula: 'Standard deviation of all values up to t, divisor n − 1.',
      source,
    },
  ]);
}

/** `ewm_mean_alpha<a>` and `ewm_std_alpha<a>`. */
export function exponential(alpha: number): ColumnGroup {
  const source = 'pandas 1.5.3, Series.ewm with adjust and without ignore_na';
  const weights = `weights (1 − ${alpha})^i for the value i points ago`;
  const parameters = { alpha };
  return weighted(alpha, [
    {
      ...kept,
      name: `ewm_mean_alpha${alpha}`,
      formula: `Mean of all values up to t with ${weights}; a missing point keeps it.`,
      source,
      parameters,
    },
    {
      ...kept,
      name: `ewm_std_alpha${alpha}`,
      formula: `Standard deviation of all values up to t with ${weights}, unbiased: Σw(y − mean)² Σw / ((Σw)² − Σw²).`,
      source,
      parameters,
    },
  ]);
}
