import { InvalidInput, requireLevels, show } from '../../invalid-input.ts';
import { LARGEST_VALUE } from '../prepared-series.ts';
import type { SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import { chooseEffects, effectColumns } from './effects.ts';
import { estimate } from './estimate.ts';
import { type AdditiveOptions, type SettledOptions, settleOptions } from './options.ts';
import { type AdditivePoints, type AdditiveSeries, requireTimes, rowsOf } from './points.ts';
import {
  type AdditiveForecast,
  at,
  type FittedAdditive,
  predictAdditive,
  predictMean,
  scaledCap,
} from './predict-additive.ts';
import { placeChangepoints } from './trend.ts';

/** A fitted model. Everything but `predict` is plain data. */
export interface AdditiveModel {
  readonly name: string;
  /** n values of the model at the times of the history, in its order. */
  readonly fitted: Float64Array;
  /** `y − fitted`; `NaN` where y was missing. */
  readonly residuals: Float64Array;
  /** `k`, `m`, `sigma` as Prophet scales them, and the scales: `yScale`, `start` (ms), `spanMs`. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Times in ms, and the change of slope there in units of y a day (logistic: of the rate a day). */
  readonly changepoints: readonly { readonly t: number; readonly change: number }[];
  readonly warnings: readonly SeriesWarning[];
  /**
   * Values at any times, past or future, in any order, with what they are made of.
   *
   * @param points `cap`, `floor`, conditions and regressors as in the history, where the model uses them.
   * @param levels fractions in (0, 1). Intervals come from simulated changes of the trend and noise (seeded).
   * @throws InvalidInput
   */
  predict(points: AdditivePoints, levels?: readonly number[]): AdditiveForecast;
}

const MS_PER_DAY = 86_400_000;

/**
 * Fits Prophet's model: a trend that may change its slope, seasons as Fourier sums, events with windows, regressors; each
 * added to the trend or a share of it.
 *
 * @param series times (UTC ms, any order, any spacing) and values; values that are not finite are left out. At least one must
 *   be finite, and all within ±1e150. `cap` (above `floor`) is needed for logistic growth;
 *   values beyond these two are told by the warning `beyond-growth-limits`.
 * @returns a model that predicts at any times. A constant history is repeated, with the warning `constant`.
 * @throws InvalidInput naming the argument or option.
 *
 * Source: Taylor & Letham (2018), "Forecasting at scale", The American Statistician 72(1); defaults, scaling, automatic
 *   seasons and priors as Prophet 1.x, maximum a posteriori. Departures: found by exact steps, not by L-BFGS
 *   (`estimate`); sigma is kept above a thousandth of the deviation of y; past intervals are normal without
 *   simulation; days and times of day follow `timeZone`.
 * Compare: R prophet 1.0, 7 runs of its example data (reference-results.test.ts; docs/reference/forecast-additive.md).
 * Cost: n·p²/2 products for p coefficients (about 55), times 10 for logistic or multiplicative forms: 10 ms at n = 3,000.
 *
 * @example
 * const model = fitAdditive({ t, y }, { events: [{ name: 'obon', days: [18122, 18488], after: 2 }] });
 * model.predict({ t: future }, [0.8]).mean;
 */
export function fitAdditive(series: AdditiveSeries, options: AdditiveOptions = {}): AdditiveModel {
  const settled = settleOptions(options);
  const { t, y } = series;
  if (y.length !== t.length) {
    throw new InvalidInput('y', `must hold ${t.length} values as t does, got ${y.length}`);
  }
  requireTimes(t);
  const rows = Int32Array.from(
    [...t.keys()].filter((i) => Number.isFinite(y[i]!)).sort((i, j) => t[i]! - t[j]!),
  );
  if (rows.length === 0) {
    throw new InvalidInput('y', `must hold at least one finite value, got none in ${y.length}`);
  }
  const history = rowsOf(series, rows);
  const values = Float64Array.from(rows, (i) => y[i]!);
  const tooLarge = values.find((value) => Math.abs(value) > LARGEST_VALUE);
  if (tooLarge !== undefined) {
    throw new InvalidInput('y', `must lie within ±${LARGEST_VALUE}, got ${tooLarge}`);
  }
  const model = estimateModel(history, values, settled);
  const fitted = predictMean(model, series).mean;
  return {
    name: 'Additive (Prophet)',
    fitted,
    residuals: y.map((value, i) => (Number.isFinite(value) ? value - fitted[i]! : Number.NaN)),
    parameters: {
      k: model.estimate.k,
      m: model.estimate.m,
      sigma: model.estimate.sigma,
      yScale: model.yScale,
      start: model.start,
      spanMs: model.span,
    },
    changepoints: Array.from(model.changepoints, (s, j) => ({
      t: model.start + s * model.span,
      change:
        (model.estimate.delta[j]! * (settled.growth === 'logistic' ? 1 : model.yScale)) /
        (model.span / MS_PER_DAY),
    })),
    warnings: model.warnings,
    predict(points, levels = []) {
      requireLevels(levels);
      return predictAdditive(model, points, levels);
    },
  };
}

function estimateModel(
  history: AdditivePoints,
  y: Float64Array,
  options: SettledOptions,
): FittedAdditive {
  const { growth } = options;
  const n = y.length;
  const start = history.t[0]!;
  const span = history.t[n - 1]! - start || 1;
  const t = history.t.map((time) => (time - start) / span);
  const floor = growth === 'logistic' ? (history.floor ?? 0) : 0;
  const above = y.map((value, i) => value - at(floor, i));
  const yScale = above.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const scaled = above.map((value) => value / yScale);
  const cap = growth === 'logistic' ? scaledCap(history, floor, yScale, n) : null;
  const constant = y.every((value) => value === y[0]);
  if (constant) return constantModel(y, { options, start, span, yScale, cap, scaled });
  const effects = chooseEffects(history, options);
  const changepoints = growth === 'flat' ? new Float64Array(0) : changesOf(t, options, start, span);
  const result = estimate(
    {
      t,
      y: scaled,
      growth,
      cap,
      changepoints,
      changepointPriorScale: options.changepointPriorScale,
      x: effectColumns(effects, history, options.timeZone),
      multiplicative: effects.flatMap((effect) =>
        new Array<boolean>(effect.columns).fill(effect.mode === 'multiplicative'),
      ),
      priorScale: effects.flatMap((effect) =>
        new Array<number>(effect.columns).fill(effect.priorScale),
      ),
    },
    options.search,
  );
  const warnings: SeriesWarning[] = [];
  const beyond = cap === null ? 0 : scaled.filter((z, i) => z < 0 || z > cap[i]!).length;
  if (beyond > 0) warnings.push(warning('beyond-growth-limits', { beyond, n }));
  if (!result.converged) {
    warnings.push(warning('not-converged', { iterations: result.iterations }));
  }
  return { options, effects, estimate: result, changepoints, start, span, yScale, warnings };
}

/** Repeats the value: there is nothing to estimate, and sigma would run to 0. */
function constantModel(
  y: Float64Array,
  known: Pick<FittedAdditive, 'options' | 'start' | 'span' | 'yScale'> & {
    readonly cap: Float64Array | null;
    readonly scaled: Float64Array;
  },
): FittedAdditive {
  const { options, start, span, yScale, scaled } = known;
  const value = y[0]!;
  return {
    options: { ...options, growth: 'flat' },
    effects: [],
    estimate: {
      k: 0,
      // Of logistic growth the floor was taken off; a constant has no use for it.
      m: options.growth === 'logistic' ? value / yScale : scaled[0]!,
      delta: new Float64Array(0),
      beta: new Float64Array(0),
      sigma: 0,
      logPosterior: 0,
      iterations: 0,
      converged: true,
    },
    changepoints: new Float64Array(0),
    start,
    span,
    yScale,
    warnings: [warning(y.length === 1 ? 'single-value' : 'constant', { value })],
  };
}

function changesOf(
  t: Float64Array,
  { changepoints, changepointRange }: SettledOptions,
  start: number,
  span: number,
): Float64Array {
  if (typeof changepoints === 'number') return placeChangepoints(t, changepoints, changepointRange);
  const scaled = Float64Array.from(new Set(changepoints), (time) => (time - start) / span);
  const outside = scaled.findIndex((time) => time < 0 || time > 1);
  if (outside >= 0) {
    throw new InvalidInput(
      `changepoints[${outside}]`,
      `must lie within the history, got ${show(changepoints[outside])}`,
    );
  }
  return scaled.sort();
}
