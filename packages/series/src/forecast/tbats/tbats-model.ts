import { createFittedModel, type Prediction } from '../create-fitted-model.ts';
import { type PreparedSeries, prepareSeries } from '../prepared-series.ts';
import type { FittedModel, SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import type { TbatsEstimate } from './estimate-tbats.ts';
import { tbatsLayout, tbatsName } from './form.ts';
import { copyTbatsState, TbatsRecursion, type TbatsState } from './recursion.ts';

/** An estimate with likelihood and AICc of the values before they were scaled. */
export interface ScaledEstimate extends TbatsEstimate {
  /** The values were divided by this for the estimation. */
  readonly scale: number;
}

interface TbatsRun {
  readonly state: TbatsState;
  squares: number;
  errors: number;
}

/** @param estimated false when the parameters come from another stretch. */
export function tbatsModel(
  series: PreparedSeries,
  estimate: ScaledEstimate,
  warnings: readonly SeriesWarning[],
  estimated: boolean,
): FittedModel {
  const { form, parameters, scale } = estimate;
  const { values } = series;
  const recursion = new TbatsRecursion(form, parameters);
  const run: TbatsRun = { state: recursion.firstState(), squares: 0, errors: 0 };
  const update = (at: TbatsRun, value: number, seen: boolean) => {
    const error = recursion.step(at.state, value / scale);
    if (!seen) return;
    at.squares += error * error;
    at.errors++;
  };
  const fitted = values.map((value) => {
    const expected = recursion.mean(run.state) * scale;
    update(run, value, true);
    return expected;
  });
  const freedom = tbatsLayout(form).level;
  const sigmaOf = ({ squares, errors }: TbatsRun) =>
    scale * Math.sqrt(squares / Math.max(1, errors - freedom));
  const notes =
    estimated && !estimate.converged
      ? [...warnings, warning('not-converged', { iterations: estimate.iterations })]
      : warnings;
  return createFittedModel({
    name: tbatsName(form, recursion.phi),
    series,
    fitted,
    parameters: { ...namedParameters(estimate), sigma: sigmaOf(run) },
    logLikelihood: estimated ? estimate.logLikelihood : null,
    aicc: estimated ? estimate.aicc : null,
    warnings: notes,
    predict: (h) => predictTbats(recursion, run.state, scale, sigmaOf(run), h),
    applyTo: (next) => tbatsModel(prepareSeries(next, series.m), estimate, warnings, false),
    follow() {
      const copy = { ...run, state: copyTbatsState(run.state) };
      return {
        expected: () => recursion.mean(copy.state) * scale,
        update: (value, seen) => update(copy, value, seen),
        predict: (h) => predictTbats(recursion, copy.state, scale, sigmaOf(copy), h),
      };
    },
  });
}

/** The recursion without errors, and what one error does to later values. */
function predictTbats(
  recursion: TbatsRecursion,
  state: TbatsState,
  scale: number,
  sigma: number,
  h: number,
): Prediction {
  const ahead = copyTbatsState(state);
  const response = zeroState(state);
  const mean = new Float64Array(h);
  const deviation = new Float64Array(h);
  let variance = 1;
  for (let i = 0; i < h; i++) {
    const expected = recursion.mean(ahead);
    recursion.step(ahead, expected);
    mean[i] = expected * scale;
    deviation[i] = sigma * Math.sqrt(variance);
    recursion.step(response, i === 0 ? 1 : recursion.mean(response));
    variance += recursion.mean(response) ** 2;
  }
  return { mean, deviation };
}

function zeroState(state: TbatsState): TbatsState {
  const zero = copyTbatsState(state);
  zero.level = 0;
  zero.slope = 0;
  for (const values of [zero.cosine, zero.sine, zero.excess, zero.errors]) values.fill(0);
  return zero;
}

function namedParameters({ form, parameters: p, scale }: ScaledEstimate): Record<string, number> {
  const layout = tbatsLayout(form);
  const named: Record<string, number> = { alpha: p[0]! };
  if (layout.beta >= 0) named.beta = p[layout.beta]!;
  if (layout.phi >= 0) named.phi = p[layout.phi]!;
  form.seasons.forEach((_, i) => {
    named[`gamma${i + 1}.1`] = p[layout.gamma + 2 * i]!;
    named[`gamma${i + 1}.2`] = p[layout.gamma + 2 * i + 1]!;
  });
  for (let i = 0; i < form.p; i++) named[`ar${i + 1}`] = p[layout.ar + i]!;
  for (let i = 0; i < form.q; i++) named[`ma${i + 1}`] = p[layout.ma + i]!;
  named.level = p[layout.level]! * scale;
  if (layout.slope >= 0) named.slope = p[layout.slope]! * scale;
  return named;
}
