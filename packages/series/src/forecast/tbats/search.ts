import { autocorrelation } from '../../stats/autocorrelation.ts';
import { chooseWaves, type RoughWaves } from './choose-waves.ts';
import { estimateTbats, type TbatsEstimate } from './estimate-tbats.ts';
import type { TbatsForm } from './form.ts';
import { TbatsRecursion } from './recursion.ts';

/** Errors that are tried where neighbours are correlated. */
const ORDERS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [2, 1],
] as const;

/** A series with its waves chosen and the simplest form estimated. */
export interface TbatsStart {
  readonly y: Float64Array;
  readonly rough: RoughWaves;
  /** Without trend or errors. */
  readonly estimate: TbatsEstimate;
}

/**
 * The waves, and the form without a trend.
 *
 * @param y n values scaled to about 1, none missing. @param seasons lengths, ascending, each at most n / 2.
 * @returns null when the series is too short for it.
 */
export function startTbats(y: Float64Array, seasons: readonly number[]): TbatsStart | null {
  const rough = chooseWaves(y, seasons);
  const form: TbatsForm = { trend: 'none', seasons: rough.seasons, p: 0, q: 0 };
  const estimate = estimateTbats(y, form, rough);
  return estimate && { y, rough, estimate };
}

/**
 * The form with the least AICc that has those waves: first the trend, then the errors.
 *
 * @param errors whether autoregressive and moving-average terms may be added.
 */
export function improveTbats({ y, rough, estimate }: TbatsStart, errors: boolean): TbatsEstimate {
  let best = estimate;
  for (const trend of ['damped', 'linear'] as const) {
    best = better(best, estimateTbats(y, { ...estimate.form, trend }, rough));
  }
  if (!errors || !neighboursCorrelate(y, best)) return best;
  const base = best;
  for (const [p, q] of ORDERS) {
    best = better(best, estimateTbats(y, { ...base.form, p, q }, rough, base));
  }
  return best;
}

function better(a: TbatsEstimate, b: TbatsEstimate | null): TbatsEstimate {
  return b !== null && b.aicc < a.aicc ? b : a;
}

/** Whether the errors' autocorrelation at lag 1 or 2 is outside its 95 % limits. */
function neighboursCorrelate(y: Float64Array, { form, parameters }: TbatsEstimate): boolean {
  const recursion = new TbatsRecursion(form, parameters);
  const state = recursion.firstState();
  const errors = y.map((value) => recursion.step(state, value));
  return autocorrelation(errors, 2).some((r) => Math.abs(r) > 1.96 / Math.sqrt(y.length));
}
