import { createFittedModel, type Prediction } from '../create-fitted-model.ts';
import { fitSes } from '../ets/named.ts';
import {
  isConstant,
  LARGEST_VALUE,
  type PreparedSeries,
  prepareSeries,
} from '../prepared-series.ts';
import type { FittedModel, SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import {
  CES_PARAMETERS,
  type CesSeasonality,
  type CesState,
  cesMean,
  copyCesState,
  moveCes,
} from './ces-filter.ts';
import { type CesEstimate, cesParameterCount, estimateCes } from './estimate-ces.ts';

export interface CesOptions {
  /** Season length in samples, whole number ≥ 1. */
  readonly m: number;
  /** One kind; default: the one with the least AICc, of those that look ahead well. Without two seasons in the series it is `none`. */
  readonly seasonality?: CesSeasonality;
}

/** As in the cautious `fitEts`: a kind whose forecasts within the sample are this many times worse is passed over. */
const CAUTIOUS_EXCESS = 1.2;

const KINDS: readonly CesSeasonality[] = ['none', 'simple', 'partial', 'full'];

/**
 * Complex exponential smoothing: a level and its unseen potential that feed each other, which follow a trend or the lack of one
 * without choosing between the two.
 *
 * @param y n ≥ 1 values at equal spacing, oldest first; one that is not finite counts as missing: it is filled in by season and
 *   its residual is `NaN`. Seasonal kinds need two seasons. A constant series, or one too short, is smoothed simply (`fitSes`).
 * @returns a model with normal intervals. Forecasts are not equivariant to a shift of the series: the model has no separate
 *   slope, and a series far from zero behaves differently from the same one around zero. With α₁ > 1 they grow like a compound
 *   interest; they are held within ±1e150.
 * @throws InvalidInput (`y`, `m`).
 *
 * Cost: about 500 times three passes of O(n) for each kind.
 * Source: Svetunkov, Kourentzes & Ord (2022), Naval Research Logistics 69(8), 1108–1123; first states by backcasting as in R's
 *   smooth and statsforecast 2. Departures: parameters by BFGS within the stability region instead of Nelder–Mead within a
 *   box; kinds whose forecasts a season ahead were, within the sample, more than 20 % worse than the best one's are passed
 *   over, since a level that fades hardly shows one step ahead; AICc counts the first level and season, without which noise gets a season; σ² divides by n less the number of
 *   smoothing parameters.
 */
export function fitCes(y: Float64Array, options: CesOptions): FittedModel {
  const series = prepareSeries(y, options.m);
  const { values, m } = series;
  const n = values.length;
  const seasonal = m > 1 && n >= 2 * m;
  const warnings = m > 1 && !seasonal ? [warning('too-short-for-season', { n, m })] : [];
  if (isConstant(values)) return simple(y, warnings);
  const scale = values.reduce((sum, value) => sum + Math.abs(value) / n, 0);
  const scaled = values.map((value) => value / scale);
  const asked = options.seasonality === undefined ? KINDS : [options.seasonality];
  const kinds = seasonal ? asked : (['none'] as const);
  const estimates = kinds
    .filter((kind) => cesParameterCount(kind, m) < n - 1)
    .map((kind) => estimateCes(scaled, kind, m))
    .filter((estimate) => estimate !== null);
  const best = select(estimates, n, m);
  if (best === null) return simple(y, warnings);
  if (!best.converged) warnings.push(warning('not-converged', { iterations: best.iterations }));
  return cesModel({ series, estimate: best, scale, warnings }, true);
}

/** The smallest AICc among the estimates whose look-ahead error is near the best one's. */
function select(estimates: readonly CesEstimate[], n: number, m: number): CesEstimate | null {
  const least = Math.min(...estimates.map(({ multiStepError }) => multiStepError));
  let best: CesEstimate | null = null;
  for (const estimate of estimates) {
    if (estimate.multiStepError > CAUTIOUS_EXCESS * least) continue;
    if (best === null || aiccOf(estimate, n, m) < aiccOf(best, n, m)) best = estimate;
  }
  return best;
}

function simple(y: Float64Array, warnings: readonly SeriesWarning[]): FittedModel {
  const model = fitSes(y);
  return { ...model, warnings: [...warnings, ...model.warnings] };
}

/** Gaussian log-likelihood of the scaled series. */
function logLikelihoodOf({ sumOfSquares }: CesEstimate, n: number): number {
  const variance = Math.max(sumOfSquares / n, 1e-22);
  return (-n / 2) * (Math.log(2 * Math.PI * variance) + 1);
}

function aiccOf(estimate: CesEstimate, n: number, m: number): number {
  const k = cesParameterCount(estimate.kind, m);
  return -2 * logLikelihoodOf(estimate, n) + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
}

interface CesParts {
  readonly series: PreparedSeries;
  readonly estimate: CesEstimate;
  /** The values were divided by this for the estimation. */
  readonly scale: number;
  readonly warnings: readonly SeriesWarning[];
}

interface CesRun {
  readonly state: CesState;
  n: number;
  squares: number;
  errors: number;
}

function cesModel(parts: CesParts, estimated: boolean): FittedModel {
  const { series, estimate, scale, warnings } = parts;
  const { kind, parameters, start } = estimate;
  const n = series.values.length;
  const run: CesRun = { state: copyCesState(start), n: 0, squares: 0, errors: 0 };
  const expected = (at: CesRun) => within(cesMean(kind, at.state, at.n) * scale);
  const update = (at: CesRun, value: number, seen: boolean) => {
    const error = value / scale - cesMean(kind, at.state, at.n);
    moveCes(kind, parameters, at.state, at.n, error);
    at.n++;
    if (!seen) return;
    at.squares += error * error;
    at.errors++;
  };
  const fitted = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    fitted[t] = expected(run);
    update(run, series.values[t]!, true);
  }
  const sigmaOf = ({ squares, errors }: CesRun) =>
    scale * Math.sqrt(squares / Math.max(1, errors - parameters.length));
  const predict = (at: CesRun, h: number) => predictCes(parts, at, sigmaOf(at), h);
  const names = CES_PARAMETERS[kind];
  const logScale = n * Math.log(scale);
  return createFittedModel({
    name: `CES(${kind[0]!.toUpperCase()})`,
    series,
    fitted,
    parameters: {
      ...Object.fromEntries(names.map((name, i) => [name, parameters[i]!])),
      sigma: sigmaOf(run),
    },
    logLikelihood: estimated ? logLikelihoodOf(estimate, n) - logScale : null,
    aicc: estimated ? aiccOf(estimate, n, series.m) + 2 * logScale : null,
    warnings,
    predict: (h) => predict(run, h),
    applyTo: (next) => cesModel({ ...parts, series: prepareSeries(next, series.m) }, false),
    follow() {
      const copy = { ...run, state: copyCesState(run.state) };
      return {
        expected: () => expected(copy),
        update: (value, seen) => update(copy, value, seen),
        predict: (h) => predict(copy, h),
      };
    },
  });
}

/** The recursion without errors, and what one error does to later values. */
function predictCes(
  { estimate: { kind, parameters }, scale }: CesParts,
  { state, n }: CesRun,
  sigma: number,
  h: number,
): Prediction {
  const ahead = copyCesState(state);
  const response: CesState = {
    level: 0,
    potential: 0,
    season: new Float64Array(state.season.length),
    seasonPotential: new Float64Array(state.seasonPotential.length),
  };
  const mean = new Float64Array(h);
  const deviation = new Float64Array(h);
  let variance = 1;
  for (let i = 0; i < h; i++) {
    mean[i] = within(cesMean(kind, ahead, n + i) * scale);
    deviation[i] = within(sigma * Math.sqrt(variance));
    if (Math.abs(mean[i]!) < LARGEST_VALUE) moveCes(kind, parameters, ahead, n + i, 0);
    if (deviation[i]! >= LARGEST_VALUE) continue;
    moveCes(kind, parameters, response, n + i, i === 0 ? 1 : 0);
    variance += cesMean(kind, response, n + i + 1) ** 2;
  }
  return { mean, deviation };
}

function within(value: number): number {
  return Math.min(LARGEST_VALUE, Math.max(-LARGEST_VALUE, value));
}
