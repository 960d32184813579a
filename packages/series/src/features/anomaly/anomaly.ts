/** How unusual each value is: against the values before it, against the whole series, and by isolation. */
import { growIsolationForest, isolationScores } from '../../anomaly/isolation-forest.ts';
import { InvalidInput, requireWhole, show } from '../../invalid-input.ts';
import { quantileOfSorted } from '../../stats/quantile.ts';
import { columnsByStream } from '../column-stream.ts';
import type { ColumnGroup, ColumnSet, FeatureInfo, SetParameters } from '../feature.ts';
import { createMoments, WindowMoments } from '../rolling/window-moments.ts';
import { createQuartiles, WindowQuartiles } from '../rolling/window-quartiles.ts';
import { createSharedSeries } from '../shared-series.ts';
import { tamed } from '../tamed-series.ts';

/**
 * P11. By time: `zscore`, `zscore_anomaly`, `iqr_distance`, `iqr_anomaly`, each against the `window` values before t. Over the
 * whole series: the same with `_series`, and `isolation_forest_y`, `isolation_forest_y_lag1_lag2`.
 */
export const anomaly: ColumnSet = {
  kind: 'columns',
  name: 'anomaly',
  pipeline: 'anomaly',
  version: 2,
  defaults: {
    window: 30,
    zscore_limit: 3,
    iqr_limit: 1.5,
    // Twice the usual number: the ranks then hardly depend on the seed.
    n_estimators: 200,
    max_samples: 256,
    seed: 1,
  },
  groups(parameters) {
    const limits = {
      zscore: limit(parameters, 'zscore_limit'),
      iqr: limit(parameters, 'iqr_limit'),
    };
    const window = parameters.window as number;
    requireWhole('window', window, 2);
    return [
      againstWindow(window, limits),
      againstSeries(limits),
      isolation('isolation_forest_y', 1, parameters),
      isolation('isolation_forest_y_lag1_lag2', 3, parameters),
    ];
  },
};

interface Limits {
  readonly zscore: number;
  readonly iqr: number;
}

function limit(parameters: SetParameters, name: string): number {
  const value = parameters[name] as number;
  if (!(value > 0)) throw new InvalidInput(name, `must be above 0, got ${show(value)}`);
  return value;
}

function infos(suffix: string, of: string, limits: Limits, pointInTime: boolean): FeatureInfo[] {
  const info = (name: string, formula: string, source: string): FeatureInfo => ({
    name: name + suffix,
    formula,
    source,
    unit: '1',
    cost: pointInTime ? 'n' : 'n log n',
    missing: 'kept',
    pointInTime,
  });
  const shewhart = 'Shewhart (1931), Economic Control of Quality of Manufactured Product';
  const tukey = 'Tukey (1977), Exploratory Data Analysis';
  return [
    info('zscore', `(y(t) − mean) / standard deviation (divisor n − 1) of ${of}.`, shewhart),
    info('zscore_anomaly', `1 where |zscore| > ${limits.zscore}, else 0.`, shewhart),
    info(
      'iqr_distance',
      `How far y(t) lies below q25 (negative) or above q75 of ${of}, in units of q75 − q25; 0 between them.`,
      tukey,
    ),
    info('iqr_anomaly', `1 where |iqr_distance| > ${limits.iqr}, else 0.`, tukey),
  ];
}

interface Spread {
  mean: number;
  deviation: number;
  lower: number;
  upper: number;
}

/** Writes the four judgements of a value; `NaN` where the value is missing or nothing differs. */
function judge(y: number, spread: Spread, limits: Limits, out: Float64Array): Float64Array {
  if (!Number.isFinite(y)) return out.fill(Number.NaN);
  const score = ratio(y - spread.mean, spread.deviation);
  const { lower, upper } = spread;
  const beyond = y > upper ? y - upper : y < lower ? y - lower : 0;
  const distance = ratio(beyond, upper - lower);
  out[0] = score;
  out[1] = Number.isNaN(score) ? Number.NaN : Number(Math.abs(score) > limits.zscore);
  out[2] = distance;
  out[3] = Number.isNaN(distance) ? Number.NaN : Number(Math.abs(distance) > limits.iqr);
  return out;
}

function ratio(value: number, unit: number): number {
  const result = value / unit;
  return unit > 0 && Number.isFinite(result) ? result : Number.NaN;
}

function againstWindow(window: number, limits: Limits): ColumnGroup {
  const columns = infos('', `the ${window} values before t`, limits, true);
  const stream = () => {
    const [value, now] = [new Float64Array(1), new Float64Array(4).fill(Number.NaN)];
    const moments = createMoments(1);
    const quartiles = createQuartiles(1);
    // Half a window is enough: gaps should not blind the watch.
    const least = Math.ceil(window / 2);
    const around = new WindowMoments(window, least);
    const sorted = new WindowQuartiles(window, least);
    const spread: Spread = { mean: NaN, deviation: NaN, lower: NaN, upper: NaN };
    return (y: number) => {
      judge(y, spread, limits, now);
      value[0] = y;
      around.push(value, moments);
      sorted.push(value, quartiles);
      spread.mean = moments.mean[0]!;
      spread.deviation = moments.deviation[0]!;
      spread.lower = quartiles.lower[0]!;
      spread.upper = quartiles.upper[0]!;
      return now;
    };
  };
  return {
    columns,
    compute: (series) => columnsByStream(columns.length, stream(), series),
    stream,
    device: { kernel: 'window-anomaly', window, limits },
  };
}

function againstSeries(limits: Limits): ColumnGroup {
  const columns = infos('_series', 'the whole series', limits, false);
  return {
    columns,
    compute({ y }) {
      const { series, scale } = tamed(createSharedSeries(y));
      const { sorted, mean, variance, n } = series;
      const spread: Spread = {
        mean,
        deviation: sorted[0] === sorted[n - 1] ? 0 : Math.sqrt((variance * n) / (n - 1)),
        lower: quantileOfSorted(sorted, 0.25),
        upper: quantileOfSorted(sorted, 0.75),
      };
      const now = new Float64Array(4);
      return columnsByStream(4, (value) => judge(value / scale, spread, limits, now), { y });
    },
  };
}

/** @param lags number of values that make a row: y(t), y(t − 1), … */
function isolation(name: string, lags: number, parameters: SetParameters): ColumnGroup {
  const [trees, sampleSize, seed] = [
    parameters.n_estimators as number,
    parameters.max_samples as number,
    parameters.seed as number,
  ];
  requireWhole('n_estimators', trees, 1);
  requireWhole('max_samples', sampleSize, 1);
  const row = lags === 1 ? 'y(t)' : 'y(t), y(t − 1) and y(t − 2)';
  return {
    columns: [
      {
        name,
        formula: `Score of ${row} in an isolation forest of the whole series, in (0, 1]: about 0.5 is usual, near 1 unusual. Drawn at random from \`seed\`.`,
        source: 'Liu, Ting & Zhou (2008), ICDM; scikit-learn 1.2.1 −IsolationForest.score_samples',
        parameters: { n_estimators: trees, max_samples: sampleSize, seed },
        unit: '1',
        cost: 'n log n',
        missing: 'kept',
        pointInTime: false,
      },
    ],
    compute({ y }) {
      const columns = laggedColumns(y, lags);
      return [isolationScores(growIsolationForest(columns, { trees, sampleSize, seed }), columns)];
    },
    device: { kernel: 'isolation', lags, trees, sampleSize, seed },
  };
}

/** y(t), y(t − 1), … as columns: the rows that the forest of `isolation` is grown from. */
export function laggedColumns(y: Float64Array, lags: number): readonly Float64Array[] {
  return Array.from({ length: lags }, (_, lag) =>
    Float64Array.from(y, (__, t) => y[t - lag] ?? Number.NaN),
  );
}
