import { InvalidInput } from '../../invalid-input.ts';
import {
  adjustBy,
  deseasonalised,
  reseasonalise,
  reseasonalised,
  type SeasonalAdjustment,
  seasonallyAdjust,
} from '../../transform/seasonal-adjustment.ts';
import { createFittedModel } from '../create-fitted-model.ts';
import { isConstant, type PreparedSeries, prepareSeries } from '../prepared-series.ts';
import type { FittedModel, SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import { type EtsEstimate, estimateEts } from './estimate.ts';
import { createRun, type EtsParts } from './ets-run.ts';
import { ETS_FORMS, type EtsForm, etsName, parameterCount, parseEtsForm } from './form.ts';
import type { ParameterLayout } from './smoother.ts';

export interface EtsOptions {
  /** Season length in samples, whole number ≥ 1. */
  readonly m: number;
  /**
   * One form, such as `MAdM`; default: the best of all that the data allow. Its season is left out where the series is shorter
   * than two of them, or where it was taken out beforehand.
   */
  readonly form?: string;
  /**
   * `cautious` (default) keeps beta ≤ 0.2 / m, and passes over forms whose forecasts up to a season ahead were, within the
   * sample, more than 20 % worse than the best form's. `textbook` is maximum likelihood in the usual region and plain AICc.
   * On the accuracy bench `cautious` forecasts better at nearly every frequency; see bench/forecast-accuracy.ts.
   */
  readonly style?: 'cautious' | 'textbook';
}

/** Longer seasons have more initial states than can be estimated well; R's `ets()` draws the line here too. */
const LONGEST_SEASON = 24;
/** Where one form is asked for, its likelihood is searched from this many points, which finds the top also where it has two. */
const STARTS_OF_ONE = 12;
const CAUTIOUS_BETA = 0.2;
const CAUTIOUS_EXCESS = 1.2;

/**
 * Exponential smoothing in state-space form: error, trend and season each additive, multiplicative or none, chosen by AICc
 * among the fifteen stable forms (`ETS_FORMS`), with all smoothing parameters and initial states by maximum likelihood.
 *
 * @param y n ≥ 1 values at equal spacing, oldest first. One that is not finite counts as missing: it is filled in by season and
 *   its residual is `NaN`. Multiplicative forms are tried only when all values are positive. Seasonal forms need two seasons.
 * @returns a model with normal intervals. A constant series or one too short for any form gets simple smoothing with α = ½
 *   and no likelihood, with a warning. A season longer than 24, if the seasonality test finds it, is taken out by a classical
 *   decomposition first.
 * @throws InvalidInput (`y`, `m`, `form`): no finite value, a value beyond ±1e150, an unknown form, or a multiplicative form for
 *   values that are not all positive.
 *
 * Cost: 3 to 6 ms for a monthly series of 60 to 140 values, all forms together; about 100 passes of O(n) per form.
 * Source: Hyndman, Koehler, Ord & Snyder (2008). Departures: estimated with the exact gradient and BFGS instead of
 *   Nelder–Mead, and `style: 'cautious'` above.
 * Compare: R forecast 8.20 `ets()` with `textbook`: on 56 series of six frequencies the log-likelihood of the same form is
 *   nowhere more than 0.5 lower (often higher) and the AICc of the chosen form nowhere more than 2 higher.
 */
export function fitEts(y: Float64Array, options: EtsOptions): FittedModel {
  const series = prepareSeries(y, options.m);
  const { values, m } = series;
  const n = values.length;
  const positive = values.every((value) => value > 0);
  const asked = options.form === undefined ? undefined : parseEtsForm(options.form);
  if (asked !== undefined && !positive && usesMultiplication(asked)) {
    throw new InvalidInput('form', `${options.form} needs values that are all positive`);
  }
  const warnings = notes(n, m, positive);
  if (isConstant(values)) {
    const code = n === 1 ? 'single-value' : 'constant';
    return levelOnly(series, [...warnings, warning(code, { value: values[0]! })]);
  }
  const adjustment = m > LONGEST_SEASON ? seasonallyAdjust(values, m) : unadjusted(values);
  const seasonal = m > 1 && m <= LONGEST_SEASON && n >= 2 * m;
  const forms = asked === undefined ? ETS_FORMS : [seasonal ? asked : withoutSeason(asked)];
  const allowed = forms.filter(
    (form) =>
      (form.season === 'N' || seasonal) &&
      (positive || !usesMultiplication(form)) &&
      parameterCount(form, m) < n - 1,
  );
  const scale = scaleOf(adjustment.adjusted);
  const scaled = adjustment.adjusted.map((value) => value / scale);
  const cautious = options.style !== 'textbook';
  const betaLimit = cautious ? CAUTIOUS_BETA / Math.min(m, LONGEST_SEASON) : 1;
  const estimates = allowed
    .map((form) =>
      estimateEts(scaled, form, seasonal ? m : 1, betaLimit, asked ? STARTS_OF_ONE : 1),
    )
    .filter((estimate) => estimate !== null);
  const best = select(estimates, n, m, cautious ? CAUTIOUS_EXCESS : Number.POSITIVE_INFINITY);
  if (best === null) return levelOnly(series, [...warnings, warning('too-short-for-model', { n })]);
  if (!best.converged) warnings.push(warning('not-converged', { iterations: best.iterations }));
  const floor = floorOf(scaled);
  return etsModel({ series, adjustment, estimate: best, scale, floor, warnings }, true);
}

function notes(n: number, m: number, positive: boolean): SeriesWarning[] {
  const result: SeriesWarning[] = [];
  if (m > 1 && n < 2 * m) result.push(warning('too-short-for-season', { n, m }));
  else if (m > LONGEST_SEASON)
    result.push(warning('season-too-long', { m, limit: LONGEST_SEASON }));
  if (!positive) result.push(warning('not-positive'));
  return result;
}

/** The smallest AICc among the estimates whose look-ahead error is at most `excess` times the best one's. */
function select(
  estimates: readonly EtsEstimate[],
  n: number,
  m: number,
  excess: number,
): EtsEstimate | null {
  let least = Number.POSITIVE_INFINITY;
  for (const { multiStepError } of estimates) least = Math.min(least, multiStepError);
  let best: EtsEstimate | null = null;
  for (const estimate of estimates) {
    if (estimate.multiStepError > excess * least) continue;
    if (best === null || aiccOf(estimate, n, m) < aiccOf(best, n, m)) best = estimate;
  }
  return best;
}

function aiccOf({ deviance, form }: EtsEstimate, n: number, m: number): number {
  const k = parameterCount(form, m);
  return deviance + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
}

function usesMultiplication({ error, season }: EtsForm): boolean {
  return error === 'M' || season === 'M';
}

function withoutSeason(form: EtsForm): EtsForm {
  return { ...form, season: 'N' };
}

/** Mean absolute value, 1 for a series of zeros; taken in parts so that large values do not overflow. */
function scaleOf(values: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < values.length; t++) sum += Math.abs(values[t]!) / values.length;
  return sum > 0 ? sum : 1;
}

/** A hundredth of the smallest size in a series about 1. */
function floorOf(scaled: Float64Array): number {
  return scaled.reduce((least, value) => (value > 0 ? Math.min(least, value) : least), 1) / 100;
}

function unadjusted(values: Float64Array): SeasonalAdjustment {
  return { type: 'none', adjusted: values, indices: new Float64Array(0) };
}

/** Simple smoothing with a fixed weight, which repeats a constant exactly. */
function levelOnly(series: PreparedSeries, warnings: readonly SeriesWarning[]): FittedModel {
  const { values } = series;
  const scale = scaleOf(values);
  const estimate: EtsEstimate = {
    form: { error: 'A', trend: 'N', season: 'N' },
    parameters: Float64Array.of(0.5, values[0]! / scale),
    deviance: Number.NaN,
    multiStepError: 0,
    converged: true,
    iterations: 0,
  };
  const parts = { series, adjustment: unadjusted(values), estimate, scale, floor: 1, warnings };
  return etsModel(parts, false);
}

function etsModel(parts: EtsParts, estimated: boolean): FittedModel {
  const { series, adjustment, estimate, scale, warnings } = parts;
  const { form } = estimate;
  const { adjusted } = adjustment;
  const n = adjusted.length;
  const m = form.season === 'N' ? 1 : series.m;
  const run = createRun(parts, m);
  const fitted = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    fitted[t] = run.expected();
    run.update(adjusted[t]!, true);
  }
  reseasonalise(fitted, adjustment, 0);
  const logScale = n * Math.log(scale);
  return createFittedModel({
    name: etsName(form),
    series,
    fitted,
    parameters: namedParameters(parts, run.rule.layout, run.sigma()),
    logLikelihood: estimated ? -estimate.deviance / 2 - logScale : null,
    aicc: estimated ? aiccOf(estimate, n, m) + 2 * logScale : null,
    warnings,
    predict: (h) => run.predict(h),
    applyTo(y) {
      const next = prepareSeries(y, series.m);
      const readjusted = adjustBy(next.values, adjustment.indices, adjustment.type);
      return etsModel({ ...parts, series: next, adjustment: readjusted }, false);
    },
    follow() {
      const copy = run.copy();
      return {
        expected: () => reseasonalised(copy.expected(), adjustment, copy.n()),
        update: (value, seen) => copy.update(deseasonalised(value, adjustment, copy.n()), seen),
        predict: copy.predict,
      };
    },
  });
}

function namedParameters(
  { estimate: { form, parameters }, scale }: EtsParts,
  layout: ParameterLayout,
  sigma: number,
): Record<string, number> {
  const named: Record<string, number> = { alpha: parameters[0]! };
  if (layout.beta >= 0) named.beta = parameters[layout.beta]!;
  if (layout.gamma >= 0) named.gamma = parameters[layout.gamma]!;
  if (layout.phi >= 0) named.phi = parameters[layout.phi]!;
  named.level = parameters[layout.level]! * scale;
  if (layout.slope >= 0) named.slope = parameters[layout.slope]! * scale;
  if (layout.season >= 0) {
    const unit = form.season === 'A' ? scale : 1;
    for (let i = layout.season; i < layout.length; i++) {
      named[`season${i - layout.season}`] = parameters[i]! * unit;
    }
  }
  named.sigma = form.error === 'A' ? sigma * scale : sigma;
  return named;
}
