import { InvalidInput, requireFraction } from '../../invalid-input.ts';
import { select } from '../../math/select.ts';

/** What the model is to say. `binary`: the probability of 1; `multiclass`: of each class; `quantile`: see `BoostingOptions.quantile`. */
export type Objective = 'binary' | 'multiclass' | 'squared' | 'absolute' | 'quantile' | 'poisson';

/** A loss to be made small. Scores are what trees add up: log-odds, logarithms of counts, or values as they are. */
export interface Loss {
  /** Scores of a row: the number of classes of `multiclass`, else 1. */
  readonly outputs: number;
  /** The best constant scores. */
  base(target: Float64Array, weights: Float64Array | null): Float64Array;
  /** Writes gradient and curvature of one output for each of the rows. */
  gradients(
    target: Float64Array,
    weights: Float64Array | null,
    scores: readonly Float64Array[],
    output: number,
    pairs: Float64Array,
  ): void;
  /** What a leaf should say of its residuals where the Newton step is not it; they may be reordered. */
  readonly settle?: (residuals: Float64Array) => number;
  /** Mean loss. */
  mean(target: Float64Array, weights: Float64Array | null, scores: readonly Float64Array[]): number;
}

/** @throws InvalidInput (`target`, `quantile`) when the target is not of the objective's kind */
export function lossFor(objective: Objective, target: Float64Array, quantile: number): Loss {
  switch (objective) {
    case 'binary':
      requireTargets(target, 'binary', '0 or 1', (y) => y === 0 || y === 1);
      return binary;
    case 'multiclass':
      requireTargets(
        target,
        'multiclass',
        'whole numbers from 0 to 999',
        (y) => y >= 0 && y < 1000 && Number.isInteger(y),
      );
      return multiclass(1 + target.reduce((most, y) => Math.max(most, y), 0));
    case 'poisson':
      requireTargets(target, 'poisson', 'from 0 to 1e15', (y) => y >= 0 && y <= 1e15);
      return poisson;
    case 'absolute':
      return pinball(0.5);
    case 'quantile':
      requireFraction('quantile', quantile);
      return pinball(quantile);
    case 'squared':
      return squared;
  }
}

function requireTargets(
  target: Float64Array,
  objective: Objective,
  what: string,
  good: (y: number) => boolean,
): void {
  const bad = target.find((y) => !good(y));
  if (bad !== undefined) {
    throw new InvalidInput('target', `must be ${what} for the objective ${objective}, got ${bad}`);
  }
}

function weightedMean(values: Float64Array, weights: Float64Array | null): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    sum += weight * values[i]!;
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}

/** Mean of `loss(i)` over the rows. */
function meanOf(n: number, weights: Float64Array | null, loss: (i: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    sum += weight * loss(i);
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}

/** No probability is nearer to 0 or 1 than this, or constants would be infinite. */
const SURE = 1e-12;

const binary: Loss = {
  outputs: 1,
  base(target, weights) {
    if (target.length === 0) return new Float64Array(1);
    const share = Math.min(1 - SURE, Math.max(SURE, weightedMean(target, weights)));
    return Float64Array.of(Math.log(share / (1 - share)));
  },
  gradients(target, weights, [scores], _, pairs) {
    for (let i = 0; i < target.length; i++) {
      const p = 1 / (1 + Math.exp(-scores![i]!));
      const weight = weights === null ? 1 : weights[i]!;
      pairs[2 * i] = weight * (p - target[i]!);
      pairs[2 * i + 1] = weight * p * (1 - p);
    }
  },
  mean: (target, weights, [scores]) =>
    meanOf(target.length, weights, (i) => softplus(target[i] === 1 ? -scores![i]! : scores![i]!)),
};

/** log(1 + e^x) without overflow. */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

function multiclass(classes: number): Loss {
  const outputs = Math.max(2, classes);
  return {
    outputs,
    base(target, weights) {
      const shares = new Float64Array(outputs);
      for (let i = 0; i < target.length; i++)
        shares[target[i]!]! += weights === null ? 1 : weights[i]!;
      const total = shares.reduce((sum, share) => sum + share, 0);
      return shares.map((share) => Math.log(Math.max(SURE, total > 0 ? share / total : 0)));
    },
    gradients(target, weights, scores, output, pairs) {
      for (let i = 0; i < target.length; i++) {
        const p = Math.exp(scores[output]![i]! - logSum(scores, i));
        const weight = weights === null ? 1 : weights[i]!;
        pairs[2 * i] = weight * (p - (target[i] === output ? 1 : 0));
        pairs[2 * i + 1] = weight * p * (1 - p);
      }
    },
    mean: (target, weights, scores) =>
      meanOf(target.length, weights, (i) => logSum(scores, i) - scores[target[i]!]![i]!),
  };
}

/** log Σ exp(score) of a row. */
export function logSum(scores: readonly Float64Array[], i: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const its of scores) if (its[i]! > most) most = its[i]!;
  let sum = 0;
  for (const its of scores) sum += Math.exp(its[i]! - most);
  return most + Math.log(sum);
}

const squared: Loss = {
  outputs: 1,
  base: (target, weights) => Float64Array.of(weightedMean(target, weights)),
  gradients(target, weights, [scores], _, pairs) {
    for (let i = 0; i < target.length; i++) {
      const weight = weights === null ? 1 : weights[i]!;
      pairs[2 * i] = weight * (scores![i]! - target[i]!);
      pairs[2 * i + 1] = weight;
    }
  },
  mean: (target, weights, [scores]) =>
    meanOf(target.length, weights, (i) => (scores![i]! - target[i]!) ** 2),
};

/** Scores are logarithms of means. Half the deviance up to a term of the target alone. */
const poisson: Loss = {
  outputs: 1,
  base: (target, weights) =>
    Float64Array.of(Math.log(Math.max(SURE, weightedMean(target, weights)))),
  gradients(target, weights, [scores], _, pairs) {
    for (let i = 0; i < target.length; i++) {
      const weight = weights === null ? 1 : weights[i]!;
      const mean = Math.exp(scores![i]!);
      pairs[2 * i] = weight * (mean - target[i]!);
      pairs[2 * i + 1] = weight * mean;
    }
  },
  mean: (target, weights, [scores]) =>
    meanOf(target.length, weights, (i) => Math.exp(scores![i]!) - target[i]! * scores![i]!),
};

/** Loss of the quantile p; half of it at p = 0.5 is the absolute error. */
function pinball(p: number): Loss {
  return {
    outputs: 1,
    base: (target) => Float64Array.of(middleRank(target.slice(), p)),
    gradients(target, weights, [scores], _, pairs) {
      for (let i = 0; i < target.length; i++) {
        const weight = weights === null ? 1 : weights[i]!;
        const over = scores![i]! - target[i]!;
        pairs[2 * i] = over > 0 ? weight * (1 - p) : over < 0 ? -weight * p : 0;
        pairs[2 * i + 1] = weight;
      }
    },
    settle: (residuals) => middleRank(residuals, p),
    mean: (target, weights, [scores]) =>
      meanOf(target.length, weights, (i) => {
        const under = target[i]! - scores![i]!;
        return under > 0 ? p * under : (p - 1) * under;
      }),
  };
}

/** The quantile p of values, which are reordered; between two ranks their mean by distance. */
function middleRank(values: Float64Array, p: number): number {
  if (values.length === 0) return 0;
  const place = p * (values.length - 1);
  const below = Math.floor(place);
  const low = select(values, below);
  if (below + 1 >= values.length) return low;
  // All behind the rank are at least as large, so the next rank is the least of them.
  let next = Number.POSITIVE_INFINITY;
  for (let i = below + 1; i < values.length; i++) if (values[i]! < next) next = values[i]!;
  return low + (place - below) * (next - low);
}
