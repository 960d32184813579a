import { InvalidInput, show } from '../../invalid-input.ts';
import { boxCox, guerreroLambda } from '../../transform/box-cox.ts';
import { boxCoxModel } from '../box-cox-model.ts';
import { fitSes } from '../ets/named.ts';
import { isConstant, prepareSeries } from '../prepared-series.ts';
import type { FittedModel, SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import { improveTbats, startTbats, type TbatsStart } from './search.ts';
import { type ScaledEstimate, tbatsModel } from './tbats-model.ts';

export interface TbatsOptions {
  /** Season lengths in samples, each ≥ 2, in any order; they need not be whole (365.25). None: no season. */
  readonly seasons: readonly number[];
  /** Whether a Box–Cox power may be used where all values are positive. Default true. */
  readonly boxCox?: boolean;
  /** Whether the errors may be autocorrelated, ARMA up to (2, 1). Default true. */
  readonly arma?: boolean;
}

/** A power this near to 1 changes nothing worth a parameter. */
const NEARLY_LINEAR = 0.1;
const LARGEST_POWER = 1.5;

/**
 * TBATS: level, trend (none, linear or damped) and several seasons as sums of waves that may change with time, with ARMA errors
 * and a Box–Cox power where they help; chosen by AICc.
 *
 * @param y n ≥ 1 values at equal spacing, oldest first; one that is not finite counts as missing: it is filled in by the shortest
 *   season and its residual is `NaN`. A season of which the series does not hold two is left out (`too-short-for-season`). A
 *   constant series, or one too short for any form, is smoothed simply (`fitSes`).
 * @returns a model with normal intervals, taken back from the transformed scale where there is a power; forecasts are then medians.
 * @throws InvalidInput (`y`, `seasons`).
 *
 * Cost: at most 8 estimates, each at most 150 iterations of O(n · waves) and bounded for long series; see bench/forecast-speed.ts.
 * Source: De Livera, Hyndman & Snyder (2011), Journal of the American Statistical Association 106(496), 1513–1527.
 * Departures: all first states are estimated with the rest, by the exact gradient; the number of waves comes from one regression
 *   (`chooseWaves`); an error moves a wave in phase (`TbatsRecursion`); the power is Guerrero's, at most 1.5, or none, by the
 *   form without a trend; ARMA orders are four. Compare: R forecast 8.20 `tbats()`, whose estimates depend on its search: see docs/reference.
 */
export function fitTbats(y: Float64Array, options: TbatsOptions): FittedModel {
  const asked = sorted(options.seasons);
  const { arma = true } = options;
  const series = prepareSeries(y, Math.round(asked[0] ?? 1));
  const { values } = series;
  const n = values.length;
  const warnings = asked
    .filter((m) => n < 2 * m)
    .map((m) => warning('too-short-for-season', { n, m }));
  if (isConstant(values)) return simple(y, warnings);
  const seasons = asked.filter((m) => n >= 2 * m);
  const plain = scaledStart(values, seasons);
  const lambda = options.boxCox === false ? 1 : powerOf(values, seasons);
  const bent = lambda === 1 ? null : scaledStart(boxCox(values, lambda), seasons);
  if (bent !== null && (plain === null || aiccWith(bent, values, lambda) < aiccOf(plain))) {
    const power = { values: boxCox(values, lambda), original: transformed(y, lambda) };
    const inner = tbatsModel({ ...series, ...power }, improved(bent, arma), warnings, true);
    const model = boxCoxModel(inner, y, { lambda, biasAdjust: false });
    return { ...model, name: `${inner.name}, λ ${lambda.toFixed(2)}` };
  }
  if (plain === null) return simple(y, warnings);
  return tbatsModel(series, improved(plain, arma), warnings, true);
}

interface ScaledStart extends TbatsStart {
  /** The values were divided by this. */
  readonly scale: number;
}

function scaledStart(y: Float64Array, seasons: readonly number[]): ScaledStart | null {
  const scale = y.reduce((sum, value) => sum + Math.abs(value) / y.length, 0) || 1;
  const start = startTbats(
    y.map((value) => value / scale),
    seasons,
  );
  return start && { ...start, scale };
}

/** With likelihood and AICc of the values before they were scaled. */
function improved(start: ScaledStart, arma: boolean): ScaledEstimate {
  const { scale, y } = start;
  const found = improveTbats(start, arma);
  const logScale = y.length * Math.log(scale);
  return {
    ...found,
    scale,
    logLikelihood: found.logLikelihood - logScale,
    aicc: found.aicc + 2 * logScale,
  };
}

/** Of the values before they were scaled. */
function aiccOf({ estimate, y, scale }: ScaledStart): number {
  return estimate.aicc + 2 * y.length * Math.log(scale);
}

/** AICc as of the values before the transformation, with the power as one more parameter. */
function aiccWith(start: ScaledStart, y: Float64Array, lambda: number): number {
  const logSlope = y.reduce((sum, value) => sum + (lambda - 1) * Math.log(value), 0);
  return aiccOf(start) - 2 * logSlope + 2;
}

/** Guerrero's power of a positive series; 1 for none. */
function powerOf(y: Float64Array, seasons: readonly number[]): number {
  if (!y.every((value) => value > 0)) return 1;
  const m = Math.round(seasons.at(-1) ?? 1);
  const lambda = Math.min(LARGEST_POWER, Math.max(0, guerreroLambda(y, m)));
  return Math.abs(lambda - 1) < NEARLY_LINEAR ? 1 : lambda;
}

/** The series as given: what is missing stays so. */
function transformed(y: Float64Array, lambda: number): Float64Array {
  return y.map((value) =>
    Number.isFinite(value) ? boxCox(Float64Array.of(value), lambda)[0]! : Number.NaN,
  );
}

function simple(y: Float64Array, warnings: readonly SeriesWarning[]): FittedModel {
  const model = fitSes(y);
  return { ...model, warnings: [...warnings, ...model.warnings] };
}

function sorted(seasons: readonly number[]): number[] {
  seasons.forEach((m, i) => {
    if (!(Number.isFinite(m) && m >= 2)) {
      throw new InvalidInput(`seasons[${i}]`, `must be a number >= 2, got ${show(m)}`);
    }
    if (seasons.indexOf(m) !== i) throw new InvalidInput('seasons', `must not hold ${m} twice`);
  });
  return [...seasons].sort((a, b) => a - b);
}
