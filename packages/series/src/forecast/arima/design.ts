import { fillMissing } from '../../transform/fill-missing.ts';
import { type ArimaOrder, difference } from './order.ts';
import { projectOut } from './profile-likelihood.ts';

/** Regressors by name, n values each; the constant of the model is not among them. */
export type Regressors = Readonly<Record<string, Float64Array>>;

/**
 * A series and its regressors as the likelihood wants them: of size one, differenced where there is no gap, and the ordinary
 * least-squares fit taken out, so that no digit is lost to a high level.
 */
export interface ArimaDesign {
  readonly order: ArimaOrder;
  /** Whether no value is missing: then the columns are differences. */
  readonly complete: boolean;
  /** The series first, then the constant if there is one, then the regressors. A missing value is `NaN` in all columns. */
  readonly columns: readonly Float64Array[];
  /** Names of columns 1 … k: `mean` or `drift`, then those of the regressors. */
  readonly names: readonly string[];
  /** What each column was divided by. */
  readonly scales: readonly number[];
  /** Least-squares coefficients that were taken out, in units of the given series. */
  readonly slopes: Float64Array;
  /** Number of differenced values that are not missing: what R calls the used observations. */
  readonly used: number;
  /** Nothing is left to explain: differences and regression fit the series exactly. */
  readonly exact: boolean;
}

/** Below this share of the largest value, differences are what rounding left. */
const ROUNDING = 1e-13;

/** @param y n values, missing ones `NaN`, the first and the last present. @param regressors all finite. */
export function designOf(y: Float64Array, regressors: Regressors, order: ArimaOrder): ArimaDesign {
  const names = Object.keys(regressors);
  const columns = names.map((name) => regressors[name]!);
  if (order.constant) {
    const drift = order.d + order.D > 0;
    names.unshift(drift ? 'drift' : 'mean');
    columns.unshift(Float64Array.from(y, (_, t) => (drift ? t + 1 : 1)));
  }
  const complete = !y.some(Number.isNaN);
  const all = [y, ...columns];
  // Over gaps there are few differences or none: sizes and first slopes are then taken from the filled series.
  const full = complete ? y : fillMissing(y, order.m).values;
  const differences = [full, ...columns].map((column) => difference(column, order));
  const used = complete ? differences[0]!.length : observed(y, order);
  const scales = differences.map((column) => rootMeanSquare(column) || 1);
  const scaled = differences.map((column, c) => column.map((value) => value / scales[c]!));
  const own = new Float64Array(columns.length);
  projectOut(scaled, own);
  const slopes = own.map((slope, c) => (slope * scales[0]!) / scales[c + 1]!);
  const left = rootMeanSquare(scaled[0]!) * scales[0]!;
  let largest = 0;
  for (let t = 0; t < y.length; t++) if (Math.abs(y[t]!) > largest) largest = Math.abs(y[t]!);
  const exact = !(left > ROUNDING * largest);
  scales[0] = exact ? 1 : left;

  const source = complete ? differences : all;
  const first = source[0]!.map((value, t) => {
    let rest = value;
    for (let c = 0; c < slopes.length; c++) rest -= slopes[c]! * source[c + 1]![t]!;
    return rest;
  });
  // Differences do not see a level, and the filter of gaps starts from "about 0".
  const level = !complete && order.d + order.D > 0 ? first[0]! : 0;
  const final = [first, ...source.slice(1)].map((column, c) => {
    const origin = c === 0 ? level : !complete && order.d + order.D > 0 ? column[0]! : 0;
    return column.map((value) => (value - origin) / scales[c]!);
  });
  if (!complete) {
    for (let t = 0; t < y.length; t++) {
      if (Number.isNaN(y[t]!)) for (const column of final) column[t] = Number.NaN;
    }
  }
  return { order, complete, columns: final, names, scales, slopes, used, exact };
}

/** Present values less those that differencing uses up. */
function observed(y: Float64Array, { d, D, m }: ArimaOrder): number {
  let present = 0;
  for (let t = 0; t < y.length; t++) if (!Number.isNaN(y[t]!)) present++;
  return present - d - D * m;
}

/** 0 for no values, and for zeros. Squares neither overflow nor vanish. */
function rootMeanSquare(values: Float64Array): number {
  let largest = 0;
  for (let t = 0; t < values.length; t++) largest = Math.max(largest, Math.abs(values[t]!));
  if (largest === 0) return 0;
  let sum = 0;
  for (let t = 0; t < values.length; t++) sum += (values[t]! / largest) ** 2;
  return largest * Math.sqrt(sum / values.length);
}
