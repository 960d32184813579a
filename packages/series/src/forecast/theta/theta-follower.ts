import {
  estimatedCount,
  isDynamic,
  nextSlope,
  pullOf,
  runTheta,
  type ThetaEstimate,
  type ThetaRun,
  thetaBurnIn,
} from './theta-line.ts';

/** The end of a run over a series without a season, carried on value by value. */
export interface ThetaFollower {
  readonly n: number;
  readonly run: ThetaRun;
  expected(): number;
  /** @param seen whether the error of this value counts in `sigma`. */
  update(value: number, seen: boolean): void;
  /** Deviation of the one-step errors over all values so far, those before the follower began included. */
  sigma(): number;
}

/**
 * Follows a theta model in constant time per value.
 *
 * A straight line that is the same all along makes every past error change with each new value. The errors are linear in
 * the line's intercept and slope, so six sums give their squares for any line; they are kept around the line at the start,
 * from which it moves little, so that no digits are lost.
 *
 * Cost: O(n) to create, then O(1).
 */
export function followTheta(y: Float64Array, estimate: ThetaEstimate): ThetaFollower {
  const { alpha, lineShare, variant } = estimate;
  const drift = variant === 'ses-drift';
  // Whether later values leave the errors of earlier ones as they are.
  const settled = isDynamic(variant) || drift;
  const start = runTheta(y, estimate);
  let { level, intercept, slope, mean } = start;
  let n = 0;
  let errors = 0;
  let weight = 1;
  const early = new Float64Array(3);
  let [ee, ew, ec, ww, wc, cc] = [0, 0, 0, 0, 0, 0];

  function count(t: number, error: number): void {
    errors++;
    if (t < early.length) early[t] = error * error;
    else ee += error * error;
    if (settled) return;
    const slopeWeight = (1 - weight * (1 - alpha)) / alpha;
    ew += error * weight;
    ec += error * slopeWeight;
    ww += weight * weight;
    wc += weight * slopeWeight;
    cc += slopeWeight * slopeWeight;
  }

  for (; n < y.length; n++) {
    count(n, y[n]! - start.fitted[n]!);
    weight *= 1 - alpha;
  }
  const expected = () =>
    drift
      ? level + (lineShare * slope * (1 - weight)) / alpha
      : level + lineShare * pullOf(intercept, slope, alpha, weight);
  /** The one-step value that errors are measured from, with the line as it was at the start unless that is settled. */
  const counted = () => {
    if (drift) return level;
    const line = settled ? { intercept, slope } : start;
    return level + lineShare * pullOf(line.intercept, line.slope, alpha, weight);
  };
  return {
    get n() {
      return n;
    },
    get run() {
      return { fitted: start.fitted, level, intercept, slope, mean };
    },
    expected,
    update(value, seen) {
      if (seen) count(n, value - counted());
      level += alpha * (value - level);
      weight *= 1 - alpha;
      slope = nextSlope(slope, value, mean, n + 1);
      mean += (value - mean) / (n + 1);
      intercept = mean - (slope * (n + 2)) / 2;
      n++;
    },
    sigma() {
      const burnIn = thetaBurnIn(variant, n);
      let squares = ee;
      for (let t = burnIn; t < early.length; t++) squares += early[t]!;
      if (!settled) {
        const a = lineShare * (intercept - start.intercept);
        const b = lineShare * (slope - start.slope);
        squares += a * a * ww + 2 * a * b * wc + b * b * cc - 2 * (a * ew + b * ec);
      }
      return Math.sqrt(
        Math.max(0, squares) / Math.max(1, errors - burnIn - estimatedCount(variant)),
      );
    },
  };
}
