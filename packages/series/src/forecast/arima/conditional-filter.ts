import type { Arma } from './arma.ts';

/**
 * One-step errors of ARMA series as if all errors before the first value with all its AR lags had been 0: a tenth of the work
 * of the exact filter. Used for first guesses and for the coarse search over long series.
 *
 * @param white one array of n values for each column; the first `AR degree` elements become 0.
 *
 * Cost: O(n · lags) per column. Source: Box & Jenkins (1976), 7.1; the same start as R's `arima(method = "CSS")`.
 */
export function conditionalErrors(
  { ar, ma, arLags, maLags }: Arma,
  columns: readonly Float64Array[],
  white: readonly Float64Array[],
): void {
  const start = ar.length - 1;
  for (let c = 0; c < columns.length; c++) {
    const column = columns[c]!;
    const errors = white[c]!;
    errors.fill(0, 0, Math.min(start, errors.length));
    for (let t = start; t < column.length; t++) {
      let sum = column[t]!;
      for (let l = 0; l < arLags.length; l++) sum -= ar[arLags[l]!]! * column[t - arLags[l]!]!;
      for (let l = 0; l < maLags.length && maLags[l]! <= t; l++) {
        sum -= ma[maLags[l]!]! * errors[t - maLags[l]!]!;
      }
      errors[t] = sum;
    }
  }
}
