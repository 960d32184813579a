import { autocorrelation } from '../../stats/autocorrelation.ts';
import { chooseWaves } from './choose-waves.ts';
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

/**
 * The form with the least AICc: waves first, then the trend, then the errors.
 *
 * @param y n values scaled to about 1, none missing. @param seasons lengths, ascending, each at most n / 2.
 * @param errors whether autoregressive and moving-average terms may be added.
 * @returns null when the series is too short for any form.
 */
export function searchTbats(
  y: Float64Array,
  seasons: readonly number[],
  errors: boolean,
): TbatsEstimate | null {
  const rough = chooseWaves(y, seasons);
  const estimate = (form: TbatsForm, start?: TbatsEstimate) => estimateTbats(y, form, rough, start);
  let best: TbatsEstimate | null = null;
  for (const trend of ['none', 'damped', 'linear'] as const) {
    best = better(best, estimate({ trend, seasons: rough.seasons, p: 0, q: 0 }));
  }
  if (best === null || !errors || !neighboursCorrelate(y, best)) return best;
  const base = best;
  for (const [p, q] of ORDERS) best = better(best, estimate({ ...base.form, p, q }, base));
  return best;
}

function better(a: TbatsEstimate | null, b: TbatsEstimate | null): TbatsEstimate | null {
  if (a === null || b === null) return a ?? b;
  return b.aicc < a.aicc ? b : a;
}

/** Whether the errors' autocorrelation at lag 1 or 2 is outside its 95 % limits. */
function neighboursCorrelate(y: Float64Array, { form, parameters }: TbatsEstimate): boolean {
  const recursion = new TbatsRecursion(form, parameters);
  const state = recursion.firstState();
  const errors = y.map((value) => recursion.step(state, value));
  return autocorrelation(errors, 2).some((r) => Math.abs(r) > 1.96 / Math.sqrt(y.length));
}
