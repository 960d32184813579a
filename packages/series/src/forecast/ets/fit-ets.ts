import { InvalidInput } from '../../invalid-input.ts';
import { createFittedModel } from '../create-fitted-model.ts';
import { isConstant, type PreparedSeries, prepareSeries } from '../prepared-series.ts';
import type { FittedModel, SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import { type EtsEstimate, estimateEts } from './estimate.ts';
import { ETS_FORMS, type EtsForm, etsName, parameterCount, parseEtsForm } from './form.ts';
import { predictEts } from './predict.ts';
import { Smoother } from './smoother.ts';

export interface EtsOptions {
  /** Season length in samples, whole number ≥ 1. Above `LONGEST_ETS_SEASON` no seasonal form is tried. */
  readonly m: number;
  /** One form, such as `MAdM`; default: the best by AICc of all that the data allow. */
  readonly form?: string;
  /** Upper bound of beta besides beta < alpha, in (0, 1]; 1 is the usual region of the textbooks. */
  readonly betaLimit?: number;
}

/** Longer seasons need more initial states than can be estimated well; R's `ets()` draws the line here too. */
export const LONGEST_ETS_SEASON = 24;

export function fitEts(y: Float64Array, options: EtsOptions): FittedModel {
  const series = prepareSeries(y, options.m);
  const { values, m } = series;
  const n = values.length;
  const betaLimit = options.betaLimit ?? 1;
  if (!(betaLimit > 0 && betaLimit <= 1)) {
    throw new InvalidInput('betaLimit', `must be in (0, 1], got ${betaLimit}`);
  }
  const positive = values.every((value) => value > 0);
  const warnings: SeriesWarning[] = [];
  const forms = options.form === undefined ? ETS_FORMS : [parseEtsForm(options.form)];
  if (options.form !== undefined && !positive && usesMultiplication(forms[0]!)) {
    throw new InvalidInput('form', `${options.form} needs positive values throughout`);
  }
  if (m > LONGEST_ETS_SEASON) {
    warnings.push(warning('season-too-long', { m, limit: LONGEST_ETS_SEASON }));
  } else if (m > 1 && n < 2 * m) warnings.push(warning('too-short-for-season', { n, m }));
  if (!positive) warnings.push(warning('not-positive'));

  const scale = scaleOf(values);
  const scaled = values.map((value) => value / scale);
  const seasonal = m > 1 && m <= LONGEST_ETS_SEASON && n >= 2 * m;
  let best: EtsEstimate | null = null;
  let bestAicc = Number.POSITIVE_INFINITY;
  if (!isConstant(values)) {
    for (const form of forms) {
      if ((form.season !== 'N' && !seasonal) || (!positive && usesMultiplication(form))) continue;
      const k = parameterCount(form, m);
      if (k >= n - 1) continue;
      const estimate = estimateEts(scaled, form, m, betaLimit);
      if (estimate === null) continue;
      const aicc = estimate.deviance + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
      if (aicc >= bestAicc) continue;
      best = estimate;
      bestAicc = aicc;
    }
  }
  if (best === null) return levelOnly(series, warnings);
  if (!best.converged) warnings.push(warning('not-converged', { iterations: best.iterations }));
  return etsModel(series, best, scale, warnings, {
    logLikelihood: -best.deviance / 2 - n * Math.log(scale),
    aicc: bestAicc + 2 * n * Math.log(scale),
  });
}

function usesMultiplication({ error, season }: EtsForm): boolean {
  return error === 'M' || season === 'M';
}

/** Mean absolute value, 1 for a series of zeros; taken in parts so that large values do not overflow. */
function scaleOf(values: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < values.length; t++) sum += Math.abs(values[t]!) / values.length;
  return sum > 0 ? sum : 1;
}

/** A constant or very short series: simple smoothing with a fixed weight, which repeats a constant exactly. */
function levelOnly(series: PreparedSeries, warnings: readonly SeriesWarning[]): FittedModel {
  const { values } = series;
  const n = values.length;
  const reason = isConstant(values)
    ? warning(n === 1 ? 'single-value' : 'constant', { value: values[0]! })
    : warning('too-short-for-model', { n });
  const estimate: EtsEstimate = {
    form: { error: 'A', trend: 'N', season: 'N' },
    parameters: Float64Array.of(0.5, values[0]! / scaleOf(values)),
    deviance: Number.NaN,
    converged: true,
    iterations: 0,
  };
  return etsModel(series, estimate, scaleOf(values), [...warnings, reason], null);
}

function etsModel(
  series: PreparedSeries,
  { form, parameters, ...estimate }: EtsEstimate,
  scale: number,
  warnings: readonly SeriesWarning[],
  fit: { readonly logLikelihood: number; readonly aicc: number } | null,
): FittedModel {
  const { values } = series;
  const n = values.length;
  const m = form.season === 'N' ? 1 : series.m;
  const smoother = new Smoother(
    values.map((value) => value / scale),
    form,
    m,
  );
  smoother.run(parameters);
  const { layout } = smoother;
  const state = smoother.state();
  const count = parameterCount(form, m) - 1;
  const sigma = Math.sqrt(smoother.sumOfSquares / Math.max(1, n - count));
  const fitted = smoother.fitted.map((value) => value * scale);
  return createFittedModel({
    name: etsName(form),
    series,
    fitted,
    parameters: namedParameters(parameters, smoother, scale, form, sigma),
    logLikelihood: fit?.logLikelihood ?? null,
    aicc: fit?.aicc ?? null,
    warnings,
    predict(h) {
      const { mean, deviation } = predictEts(form, layout, parameters, state, n, m, sigma, h);
      for (let i = 0; i < h; i++) {
        mean[i]! *= scale;
        deviation[i]! *= scale;
      }
      return { mean, deviation };
    },
    applyTo: (next) =>
      etsModel(
        prepareSeries(next, series.m),
        { form, parameters, ...estimate },
        scale,
        warnings,
        null,
      ),
  });
}

function namedParameters(
  parameters: Float64Array,
  { layout }: Smoother,
  scale: number,
  form: EtsForm,
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
