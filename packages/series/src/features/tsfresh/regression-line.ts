import { pairwiseSum } from '../../math/pairwise-sum.ts';
import { studentTwoSided } from '../../math/student.ts';

/** Straight line through n values at 0, 1, 2, …, as scipy's `linregress` gives it. */
export interface RegressionLine {
  readonly slope: number;
  readonly intercept: number;
  /** Correlation of values and places; 0 for equal values. */
  readonly rvalue: number;
  /** Two-sided probability of such a correlation without any trend, by Student's t. */
  readonly pvalue: number;
  /** Standard error of the slope; 0 for two values. */
  readonly stderr: number;
}

/** Keeps t finite for a perfect line. */
const TINY = 1e-20;

/**
 * @param unit what slope, intercept and standard error are multiplied by: values may have been divided by it before.
 * Source: Draper & Smith (1998), Applied Regression Analysis, 1.2–1.4. NaN where not defined (n < 2).
 */
export function regressionLine(values: Float64Array, unit = 1): RegressionLine {
  const n = values.length;
  const middle = (n - 1) / 2;
  const mean = pairwiseSum(values) / n;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let t = 0; t < n; t++) {
    const x = t - middle;
    const y = values[t]! - mean;
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const degenerate = xx === 0 || yy === 0;
  const rvalue = degenerate
    ? 0
    : Math.max(-1, Math.min(1, xy / n / Math.sqrt((xx / n) * (yy / n))));
  const slope = (xy / xx) * unit;
  const intercept = (mean - (xy / xx) * middle) * unit;
  if (n === 2) {
    return { slope, intercept, rvalue, pvalue: values[0] === values[1] ? 1 : 0, stderr: 0 };
  }
  const freedom = n - 2;
  const t = rvalue * Math.sqrt(freedom / ((1 - rvalue + TINY) * (1 + rvalue + TINY)));
  return {
    slope,
    intercept,
    rvalue: n === 0 ? Number.NaN : rvalue,
    pvalue: studentTwoSided(t, freedom),
    stderr: Math.sqrt(((1 - rvalue * rvalue) * yy) / xx / freedom) * unit,
  };
}
