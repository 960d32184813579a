import { argsort } from '../../math/argsort.ts';
import { countUpTo } from '../../stats/rank-in-sorted.ts';
import { requireScores } from './scores.ts';

/** A step-free rising curve from score to probability, by its corners; between them it is a line. Plain data. */
export interface IsotonicCalibration {
  readonly model: 'isotonic';
  /** Ascending. Empty where there was no row: every score then gets 0.5. */
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
}

/** An S-curve from score to probability: 1/(1 + exp(−(slope · score + intercept))). Plain data. */
export interface PlattCalibration {
  readonly model: 'platt';
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Isotonic calibration: the rising function of the score nearest to the target. For some hundred rows and more, which the
 * scored model was not trained on.
 *
 * @param score n values of any unit, higher for 1. @param target n values 0 or 1.
 * @throws InvalidInput (`target`, `score`)
 *
 * Cost: O(n log n). Source: pool adjacent violators, Ayer et al. (1955); Zadrozny & Elkan (2002), KDD.
 * Compare: scikit-learn 1.2.1 `IsotonicRegression(out_of_bounds='clip')`, equal to 1e-12.
 */
export function fitIsotonic(score: Float64Array, target: Float64Array): IsotonicCalibration {
  requireScores(target, score);
  const order = argsort(score);
  // Blocks of rising means: scores from … to, their rows and the ones among them.
  const from: number[] = [];
  const to: number[] = [];
  const rows: number[] = [];
  const ones: number[] = [];
  for (let start = 0, end = 0; start < order.length; start = end) {
    const value = score[order[start]!]!;
    let here = 0;
    while (end < order.length && score[order[end]!] === value) here += target[order[end++]!]!;
    from.push(value);
    to.push(value);
    rows.push(end - start);
    ones.push(here);
    for (let last = rows.length - 1; last > 0; last--) {
      if (ones[last]! * rows[last - 1]! > ones[last - 1]! * rows[last]!) break;
      to[last - 1] = to[last]!;
      rows[last - 1]! += rows[last]!;
      ones[last - 1]! += ones[last]!;
      for (const list of [from, to, rows, ones]) list.pop();
    }
  }
  const scores: number[] = [];
  const probabilities: number[] = [];
  from.forEach((value, b) => {
    const share = ones[b]! / rows[b]!;
    scores.push(value);
    probabilities.push(share);
    if (to[b] === value) return;
    scores.push(to[b]!);
    probabilities.push(share);
  });
  return {
    model: 'isotonic',
    scores: Float64Array.from(scores),
    probabilities: Float64Array.from(probabilities),
  };
}

/**
 * Platt's calibration: an S-curve of the score; needs fewer rows than the isotonic one and keeps the order of scores.
 *
 * @param score n values, higher for 1; of a model of probabilities best their log-odds.
 * @returns with one class, or scores that are all equal, a curve near the share of ones; never 0 or 1.
 * @throws InvalidInput (`target`, `score`)
 *
 * Source: Platt (1999); Newton's method of Lin, Lin & Weng (2007), Machine Learning 68(3), with Platt's smoothed targets.
 *   Departure: scores are standardised first, so that their unit does not matter.
 */
export function fitPlatt(score: Float64Array, target: Float64Array): PlattCalibration {
  requireScores(target, score);
  const n = score.length;
  const largest = score.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const unit = largest > 0 ? largest : 1;
  const mean = score.reduce((sum, value) => sum + value / unit, 0) / Math.max(1, n);
  const x = score.map((value) => value / unit - mean);
  const spread = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / Math.max(1, n));
  const flat = !(spread > 1e-13);
  if (!flat) for (let i = 0; i < n; i++) x[i]! /= spread;
  else x.fill(0);
  const ones = target.reduce((sum, y) => sum + y, 0);
  const high = (ones + 1) / (ones + 2);
  const low = 1 / (n - ones + 2);
  const goal = target.map((y) => (y === 1 ? high : low));
  let slope = 0;
  let intercept = Math.log((ones + 1) / (n - ones + 1));
  const loss = (a: number, b: number) =>
    x.reduce((sum, value, i) => {
      const f = a * value + b;
      return sum + (f > 0 ? f + Math.log1p(Math.exp(-f)) : Math.log1p(Math.exp(f))) - goal[i]! * f;
    }, 0);
  let now = loss(slope, intercept);
  for (let step = 0; step < 100; step++) {
    // A little curvature more, or flat scores would have no step.
    let [g1, g2, h11, h12, h22] = [0, 0, 1e-12, 0, 1e-12];
    for (let i = 0; i < n; i++) {
      const p = 1 / (1 + Math.exp(-(slope * x[i]! + intercept)));
      const d = p - goal[i]!;
      g1 += x[i]! * d;
      g2 += d;
      h11 += x[i]! * x[i]! * p * (1 - p);
      h12 += x[i]! * p * (1 - p);
      h22 += p * (1 - p);
    }
    if (Math.abs(g1) < 1e-10 && Math.abs(g2) < 1e-10) break;
    const det = h11 * h22 - h12 * h12;
    const down1 = -(h22 * g1 - h12 * g2) / det;
    const down2 = -(h11 * g2 - h12 * g1) / det;
    let share = 1;
    let next = loss(slope + down1, intercept + down2);
    while (!(next <= now) && share > 1e-10) {
      share /= 2;
      next = loss(slope + share * down1, intercept + share * down2);
    }
    if (!(next <= now)) break;
    slope += share * down1;
    intercept += share * down2;
    if (now - next <= 1e-15 * now) break;
    now = next;
  }
  if (flat) return { model: 'platt', slope: 0, intercept };
  return {
    model: 'platt',
    slope: slope / spread / unit,
    intercept: intercept - (slope * mean) / spread,
  };
}

/**
 * Calibrated probabilities of scores.
 *
 * @param score n values, of the unit that the calibration was fitted to; `NaN` gives `NaN`, so fill before.
 * @returns n values in [0, 1]; 0.5 from an isotonic calibration of no rows. Beyond the scores it knows, isotonic goes on level.
 *
 * Cost: O(n log corners).
 */
export function calibrate(
  calibration: IsotonicCalibration | PlattCalibration,
  score: Float64Array,
): Float64Array {
  if (calibration.model === 'platt') {
    const { slope, intercept } = calibration;
    return score.map((value) => 1 / (1 + Math.exp(-(slope * value + intercept))));
  }
  const { scores, probabilities } = calibration;
  const last = scores.length - 1;
  if (last < 0) return score.map(() => 0.5);
  return score.map((value) => {
    if (Number.isNaN(value)) return value;
    if (value <= scores[0]!) return probabilities[0]!;
    if (value >= scores[last]!) return probabilities[last]!;
    const right = countUpTo(scores, value);
    const left = right - 1;
    const share = (value - scores[left]!) / (scores[right]! - scores[left]!);
    return probabilities[left]! + share * (probabilities[right]! - probabilities[left]!);
  });
}
