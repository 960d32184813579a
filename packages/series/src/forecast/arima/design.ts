import { fillMissing } from '../../transform/fill-missing.ts';
import { type ArimaOrder, difference, valuesLost } from './order.ts';
import { projectOut } from './profile-likelihood.ts';

/** Regressors by name, n values each; the constant of the model is not among them. */
export type Regressors = Readonly<Record<string, Float64Array>>;

/**
 * A series and its regressors as the likelihood wants them: of size one, differenced, and the ordinary least-squares fit taken
 * out, so that no digit is lost to a high level.
 *
 * A few missing values are filled in and given an indicator each, whose coefficient is whatever it has to be: with the
 * determinant of the indicators added, the likelihood is exactly that of the present values (Gómez, Maravall & Peña 1999,
 * Journal of Econometrics 88, 341–363). With many, the undifferenced values go through the filter of gaps.
 */
export interface ArimaDesign {
  readonly order: ArimaOrder;
  /** Whether the columns are differences, without gaps. Else they are as given, and a missing value is `NaN` in all of them. */
  readonly complete: boolean;
  /** The series first, then indicators of gaps, then the constant if there is one, then the regressors. */
  readonly columns: readonly Float64Array[];
  /** How many of the columns are indicators. */
  readonly indicators: number;
  /** Names of the last columns: `mean` or `drift`, then those of the regressors. */
  readonly names: readonly string[];
  /** What each column was divided by. */
  readonly scales: readonly number[];
  /** Least-squares coefficients that were taken out, one per name, in units of the given series. */
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
  const indicators = gapIndicators(y, order);
  // Over gaps there are few differences or none: sizes and first slopes are taken from the filled series.
  const filled = fillMissing(y, order.m).values;
  const differences = [filled, ...columns].map((column) => difference(column, order));
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

  const complete = indicators !== null;
  const source = complete ? differences : [y, ...columns];
  const first = source[0]!.map((value, t) => {
    let rest = value;
    for (let c = 0; c < slopes.length; c++) rest -= slopes[c]! * source[c + 1]![t]!;
    return rest;
  });
  const final = [first, ...source.slice(1)].map((column, c) => {
    // Differences do not see a level, and the filter of gaps starts from "about 0".
    const origin = complete || order.d + order.D === 0 ? 0 : column[0]!;
    return column.map((value, t) =>
      !complete && Number.isNaN(y[t]!) ? Number.NaN : (value - origin) / scales[c]!,
    );
  });
  const all = [final[0]!, ...(indicators ?? []), ...final.slice(1)];
  const allScales = [scales[0]!, ...(indicators ?? []).map(() => 1), ...scales.slice(1)];
  return {
    ...{ order, complete, names, slopes, exact },
    columns: all,
    indicators: indicators?.length ?? 0,
    scales: allScales,
    used: observed(y, order),
  };
}

/** A differenced column for each gap; null where they are too many, or say the same when differenced. */
function gapIndicators(y: Float64Array, order: ArimaOrder): Float64Array[] | null {
  const gaps: number[] = [];
  for (let t = 0; t < y.length; t++) if (Number.isNaN(y[t]!)) gaps.push(t);
  // Each costs a pass of the fast filter, and a pass of the filter of gaps some four times the square of its states.
  const { p, q, P, Q, m } = order;
  if (gaps.length > p + q + (P + Q) * m + valuesLost(order) + 4) return null;
  const columns = gaps.map((gap) => {
    const indicator = new Float64Array(y.length);
    indicator[gap] = 1;
    return difference(indicator, order);
  });
  const copies = [new Float64Array(columns[0]?.length ?? 0), ...columns.map((one) => one.slice())];
  const squares = projectOut(copies, new Float64Array(columns.length));
  // Gaps all along one season: their sum has no differences, so nothing can be learnt of it.
  return squares.every((square) => square > 1e-8) ? columns : null;
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
