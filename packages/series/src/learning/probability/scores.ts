import { InvalidInput, requireFraction } from '../../invalid-input.ts';
import { argsort } from '../../math/argsort.ts';
import { normalHalfWidth } from '../../math/normal.ts';

/** How well scores put the ones above the zeros. Plain data; null where there is one class only. */
export interface AreaUnderCurve {
  /** Probability that a random 1 has a higher score than a random 0, ties counting half. */
  readonly auc: number | null;
  /** Standard error, and the interval at the asked level, within [0, 1]. */
  readonly error: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly ones: number;
  readonly zeros: number;
}

/**
 * Area under the ROC curve with its uncertainty.
 *
 * @param target n values 0 or 1. @param score n values in any unit, higher for 1.
 * @param level  of the interval, default 0.95.
 * @throws InvalidInput (`target`, `score`, `level`)
 *
 * Cost: O(n log n). Source: DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44(3), computed by mid-ranks as Sun & Xu (2014),
 *   IEEE Signal Processing Letters 21(11). With perfect separation the error is 0, which says too little of few rows.
 */
export function areaUnderCurve(
  target: Float64Array,
  score: Float64Array,
  level = 0.95,
): AreaUnderCurve {
  requireScores(target, score);
  requireFraction('level', level);
  const ones = countOnes(target);
  const zeros = target.length - ones;
  if (ones === 0 || zeros === 0) {
    return { auc: null, error: null, lower: null, upper: null, ones, zeros };
  }
  const all = midRanks(score);
  const within = [ranksWithin(target, score, 0), ranksWithin(target, score, 1)] as const;
  let rankSum = 0;
  for (let i = 0; i < target.length; i++) if (target[i] === 1) rankSum += all[i]!;
  const auc = (rankSum - (ones * (ones + 1)) / 2) / (ones * zeros);
  // What each row contributes: the share of the other class that it is on the right side of.
  const squares = [0, 0];
  for (let i = 0; i < target.length; i++) {
    const own = target[i]!;
    const above = all[i]! - within[own as 0 | 1][i]!;
    const share = own === 1 ? above / zeros : 1 - above / ones;
    squares[own]! += (share - auc) ** 2;
  }
  const variance = (sum: number, count: number) => (count > 1 ? sum / (count - 1) / count : 0);
  const error = Math.sqrt(variance(squares[1]!, ones) + variance(squares[0]!, zeros));
  const width = normalHalfWidth(level) * error;
  return {
    auc,
    error,
    lower: Math.max(0, auc - width),
    upper: Math.min(1, auc + width),
    ones,
    zeros,
  };
}

/** Ranks from 1 among the rows of one class; 0 elsewhere. */
function ranksWithin(target: Float64Array, score: Float64Array, own: number): Float64Array {
  const rows: number[] = [];
  for (let i = 0; i < target.length; i++) if (target[i] === own) rows.push(i);
  const ranks = midRanks(Float64Array.from(rows, (row) => score[row]!));
  const all = new Float64Array(target.length);
  rows.forEach((row, i) => {
    all[row] = ranks[i]!;
  });
  return all;
}

/** Ranks from 1, equal values sharing the mean of theirs. */
function midRanks(values: Float64Array): Float64Array {
  const order = argsort(values);
  const ranks = new Float64Array(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + end + 1) / 2;
  }
  return ranks;
}

/**
 * Average precision: the area under precision against recall, as a step function (no interpolation). Says more than the AUC
 * where ones are rare; a score that says nothing has their share.
 *
 * @param target n values 0 or 1. @param score n values in any unit, higher for 1; ties are taken together.
 * @returns 0 to 1; null without a 1.
 * @throws InvalidInput (`target`, `score`).
 *
 * Cost: O(n log n). Compare: scikit-learn 1.2.1 `average_precision_score`, equal.
 */
export function averagePrecision(target: Float64Array, score: Float64Array): number | null {
  requireScores(target, score);
  const ones = countOnes(target);
  if (ones === 0) return null;
  const order = argsort(score).reverse();
  let found = 0;
  let area = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    const before = found;
    while (end < order.length && score[order[end]!] === score[order[start]!]) {
      found += target[order[end++]!]!;
    }
    area += ((found - before) / ones) * (found / end);
  }
  return area;
}

/**
 * Mean squared distance of probabilities from what came. 0 is perfect, 0.25 is what 0.5 for everything gets.
 *
 * @param target n values 0 or 1. @param probability n values in [0, 1], of a 1.
 * @returns 0 to 1; null of no rows.
 * @throws InvalidInput (`target`, `probability`)
 *
 * Source: Brier (1950), Monthly Weather Review 78(1), in its form for two classes (half of the original).
 */
export function brierScore(target: Float64Array, probability: Float64Array): number | null {
  requireProbabilities(target, probability);
  if (target.length === 0) return null;
  return probability.reduce((sum, p, i) => sum + (p - target[i]!) ** 2, 0) / target.length;
}

/** Probabilities nearer to 0 or 1 than this count as this near, or one mistake would be infinite. */
const SURE = 2 ** -52;

/**
 * Mean −log of the probability given to what came, in nats. 0 is perfect, log 2 = 0.693 is what 0.5 for everything gets.
 *
 * @param target n values 0 or 1. @param probability n values in [0, 1], of a 1; nearer to 0 or 1 than 2⁻⁵² counts as that near.
 * @returns 0 to 36.04; null of no rows.
 * @throws InvalidInput (`target`, `probability`)
 *
 * Compare: scikit-learn `log_loss`, which cuts at the same place.
 */
export function logLoss(target: Float64Array, probability: Float64Array): number | null {
  requireProbabilities(target, probability);
  if (target.length === 0) return null;
  const loss = (p: number, y: number) => -Math.log(Math.max(SURE, y === 1 ? p : 1 - p));
  return probability.reduce((sum, p, i) => sum + loss(p, target[i]!), 0) / target.length;
}

/**
 * How many times more ones the rows of highest score hold than as many rows drawn at random.
 *
 * @param target n values 0 or 1. @param score n values in any unit, higher for 1.
 * @param share  of the rows that counts as highest, in (0, 1); default 0.1. Rows of equal score at its border count in part.
 * @returns 1 for a score that says nothing, at most 1 / `share`; null without a 1.
 * @throws InvalidInput (`target`, `score`, `share`)
 *
 * Cost: O(n log n).
 */
export function liftAt(target: Float64Array, score: Float64Array, share = 0.1): number | null {
  requireScores(target, score);
  requireFraction('share', share);
  const ones = countOnes(target);
  if (ones === 0) return null;
  const order = argsort(score).reverse();
  const wanted = share * target.length;
  let found = 0;
  for (let start = 0, end = 0; start < wanted; start = end) {
    let here = 0;
    while (end < order.length && score[order[end]!] === score[order[start]!])
      here += target[order[end++]!]!;
    found += here * Math.min(1, (wanted - start) / (end - start));
  }
  return found / wanted / (ones / target.length);
}

function countOnes(target: Float64Array): number {
  return target.reduce((sum, y) => sum + y, 0);
}

/** Throws unless there is a 0 or 1 and a score that is not NaN for each row. */
export function requireScores(target: Float64Array, score: Float64Array): void {
  const bad = target.find((y) => y !== 0 && y !== 1);
  if (bad !== undefined) throw new InvalidInput('target', `must be 0 or 1, got ${bad}`);
  if (score.length !== target.length) {
    throw new InvalidInput(
      'score',
      `must be one for each of ${target.length} rows, got ${score.length}`,
    );
  }
  const odd = score.find((value) => !Number.isFinite(value));
  if (odd !== undefined) throw new InvalidInput('score', `must be finite, got ${odd}`);
}

/** Throws unless there is a 0 or 1 and a probability for each row. */
export function requireProbabilities(target: Float64Array, probability: Float64Array): void {
  requireScores(target, probability);
  const odd = probability.find((p) => p < 0 || p > 1);
  if (odd !== undefined) throw new InvalidInput('probability', `must be from 0 to 1, got ${odd}`);
}
