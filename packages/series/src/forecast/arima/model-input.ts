import { InvalidInput, show } from '../../invalid-input.ts';
import { fillMissing } from '../../transform/fill-missing.ts';
import { LARGEST_VALUE, type PreparedSeries } from '../prepared-series.ts';
import { warning } from '../warnings.ts';
import type { Regressors } from './design.ts';
import { type ArimaOrder, valuesLost } from './order.ts';

/** Multiplications that one pass of the filter of gaps may take; beyond, gaps are filled in. */
const MOST_FOR_GAPS = 2e8;

/**
 * A series cut at its first value. Gaps are left as they are, unless a model of this order would take too long over them: then
 * they are filled in by season, with the warning `missing-filled`.
 *
 * @throws InvalidInput (`y`).
 */
export function gappySeries(y: Float64Array, order: ArimaOrder): PreparedSeries {
  const start = y.findIndex((value) => Number.isFinite(value));
  if (start < 0) {
    throw new InvalidInput('y', `must hold at least one finite value, got none in ${y.length}`);
  }
  const values = y.slice(start).map((value) => (Number.isFinite(value) ? value : Number.NaN));
  const tooLarge = values.find((value) => Math.abs(value) > LARGEST_VALUE);
  if (tooLarge !== undefined) {
    throw new InvalidInput('y', `must lie within ±${LARGEST_VALUE}, got ${tooLarge}`);
  }
  const { m } = order;
  const size = order.p + order.q + (order.P + order.Q) * m + 1 + valuesLost(order);
  if (values.length * size * size * 4 <= MOST_FOR_GAPS || !values.some(Number.isNaN)) {
    return { original: y, start, values, m, warnings: [] };
  }
  const { values: full, filled } = fillMissing(values, m);
  const warnings = [warning('missing-filled', { filled, n: y.length })];
  return { original: y, start, values: full, m, warnings };
}

/** Regressors cut like the series. @throws InvalidInput (`regressors`) for other names, other lengths, or values not finite. */
export function cutRegressors(
  regressors: Regressors,
  names: readonly string[],
  { original, start }: PreparedSeries,
): Regressors {
  return checkedRegressors('regressors', regressors, names, original.length, start);
}

/** Regressors of these names from `start` to before `n`. @throws InvalidInput (`argument`). */
export function checkedRegressors(
  argument: string,
  regressors: Regressors,
  names: readonly string[],
  n: number,
  start: number,
): Regressors {
  const given = Object.keys(regressors);
  const other = given.find((name) => !names.includes(name));
  const lacking = names.find((name) => !given.includes(name));
  if (other !== undefined || lacking !== undefined) {
    throw new InvalidInput(
      argument,
      `must be named ${names.join(', ') || '(none)'}, got ${given.join(', ') || '(none)'}`,
    );
  }
  return Object.fromEntries(
    names.map((name) => {
      const values = regressors[name]!;
      if (values.length < n) {
        throw new InvalidInput(argument, `${name} must hold ${n} values, got ${values.length}`);
      }
      const cut = values.slice(start, n);
      const wrong = cut.find((value) => !(Math.abs(value) <= LARGEST_VALUE));
      if (wrong !== undefined) {
        throw new InvalidInput(argument, `${name} must be finite, got ${show(wrong)}`);
      }
      return [name, cut];
    }),
  );
}
