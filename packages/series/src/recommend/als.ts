import { requirePositive, requireWhole } from '../invalid-input.ts';
import { createRandom } from '../math/random.ts';
import type { Interactions } from './interactions.ts';
import type { Recommender } from './recommender.ts';

export interface AlsOptions {
  /** Length of the vectors of items and customers, default 64. */
  readonly factors?: number;
  /** Default 15. */
  readonly iterations?: number;
  /** Confidence that one occasion adds to a purchase, default 5. */
  readonly alpha?: number;
  /** Default 0.1. */
  readonly penalty?: number;
  /** Seed of the random numbers, default 1. */
  readonly seed?: number;
  readonly onProgress?: (done: number) => void;
}

/** Steps of the conjugate gradient in each half iteration: it starts at the last solution, which few steps improve enough. */
const STEPS = 3;
/** For customers who were not there: from nothing, until as good as solved. */
const FOLD_IN_STEPS = 20;

/**
 * Implicit matrix factorisation: vectors of customers and items whose products are near 1 where something was bought, the surer
 * the more often, and near 0 elsewhere; by alternating least squares with the conjugate gradient method.
 *
 * @returns a recommender without parts.
 * @throws InvalidInput (`factors`, `iterations`, `alpha`, `penalty`)
 *
 * Cost: iterations · steps · (4·pairs·factors + 2·(customers + items)·factors²) operations.
 * Source: Hu, Koren & Volinsky (2008), ICDM, equations 3–5; Takács, Pilászy & Tikk (2011), RecSys, for the conjugate gradient.
 *   Compare: `implicit` 0.7 `AlternatingLeastSquares`.
 */
export function fitAls(
  data: Interactions,
  {
    factors = 64,
    iterations = 15,
    alpha = 5,
    penalty = 0.1,
    seed = 1,
    onProgress,
  }: AlsOptions = {},
): Recommender {
  requireWhole('factors', factors, 1, 4096);
  requireWhole('iterations', iterations, 1);
  requirePositive('alpha', alpha);
  requirePositive('penalty', penalty);
  const byCustomer: Pairs = { offsets: data.offsets, other: data.item, times: data.times };
  const byItem = transposed(data);
  const random = createRandom(seed);
  const start = (n: number) =>
    Float64Array.from({ length: n * factors }, () => 0.1 * (random() - 0.5));
  const users = start(data.customers);
  const vectors = start(data.items);
  const solver = createSolver(factors, alpha, penalty);
  for (let round = 0; round < iterations; round++) {
    solver.solveAll(byCustomer, users, vectors);
    solver.solveAll(byItem, vectors, users);
    onProgress?.((round + 1) / iterations);
  }
  // What is left to do are customers beside these items: their equations share this part.
  solver.prepare(vectors);
  return {
    name: 'als',
    items: data.items,
    ignored: 0,
    score(owned, weight) {
      const known = Array.from(owned, (code, k) => [code, weight?.[k] ?? 1] as const).filter(
        ([code]) => code >= 0 && code < data.items,
      );
      const user = new Float64Array(factors);
      const pairs: Pairs = {
        offsets: Int32Array.of(0, known.length),
        other: Int32Array.from(known, ([code]) => code),
        times: Float64Array.from(known, ([, times]) => times),
      };
      solver.solveOne(pairs, 0, user, vectors, FOLD_IN_STEPS);
      return Float64Array.from({ length: data.items }, (_, i) => {
        let sum = 0;
        for (let f = 0; f < factors; f++) sum += user[f]! * vectors[i * factors + f]!;
        return sum;
      });
    },
    parts: null,
  };
}

interface Pairs {
  readonly offsets: Int32Array;
  readonly other: Int32Array;
  readonly times: Float64Array;
}

function transposed({ customers, items, offsets, item, times, buyers }: Interactions): Pairs {
  const starts = new Int32Array(items + 1);
  for (let i = 0; i < items; i++) starts[i + 1] = starts[i]! + buyers[i]!;
  const next = starts.slice();
  const other = new Int32Array(item.length);
  const turned = new Float64Array(item.length);
  for (let c = 0; c < customers; c++) {
    for (let k = offsets[c]!; k < offsets[c + 1]!; k++) {
      const at = next[item[k]!]!++;
      other[at] = c;
      turned[at] = times[k]!;
    }
  }
  return { offsets: starts, other, times: turned };
}

function createSolver(factors: number, alpha: number, penalty: number) {
  const gram = new Float64Array(factors * factors);
  const residual = new Float64Array(factors);
  const direction = new Float64Array(factors);
  const product = new Float64Array(factors);

  /** The part of the equations that all rows share: YᵀY + λI. */
  function prepare(fixed: Float64Array): void {
    gram.fill(0);
    for (let at = 0; at < fixed.length; at += factors) {
      for (let f = 0; f < factors; f++) {
        const value = fixed[at + f]!;
        for (let g = 0; g < factors; g++) gram[f * factors + g]! += value * fixed[at + g]!;
      }
    }
    for (let f = 0; f < factors; f++) gram[f * factors + f]! += penalty;
  }

  /** out = (YᵀY + λI)·x + Σ (c − 1)·y·(yᵀx) over the pairs of a row. */
  function multiply(pairs: Pairs, row: number, x: Float64Array, fixed: Float64Array): void {
    for (let f = 0; f < factors; f++) {
      let sum = 0;
      for (let g = 0; g < factors; g++) sum += gram[f * factors + g]! * x[g]!;
      product[f] = sum;
    }
    for (let k = pairs.offsets[row]!; k < pairs.offsets[row + 1]!; k++) {
      const at = pairs.other[k]! * factors;
      let sum = 0;
      for (let f = 0; f < factors; f++) sum += fixed[at + f]! * x[f]!;
      sum *= alpha * pairs.times[k]!;
      for (let f = 0; f < factors; f++) product[f]! += sum * fixed[at + f]!;
    }
  }

  function solveOne(
    pairs: Pairs,
    row: number,
    x: Float64Array,
    fixed: Float64Array,
    steps: number,
  ): void {
    multiply(pairs, row, x, fixed);
    for (let f = 0; f < factors; f++) residual[f] = -product[f]!;
    for (let k = pairs.offsets[row]!; k < pairs.offsets[row + 1]!; k++) {
      const at = pairs.other[k]! * factors;
      const confidence = 1 + alpha * pairs.times[k]!;
      for (let f = 0; f < factors; f++) residual[f]! += confidence * fixed[at + f]!;
    }
    direction.set(residual);
    let size = squared(residual);
    for (let step = 0; step < steps && size > 1e-20; step++) {
      multiply(pairs, row, direction, fixed);
      let curvature = 0;
      for (let f = 0; f < factors; f++) curvature += direction[f]! * product[f]!;
      const length = size / curvature;
      for (let f = 0; f < factors; f++) {
        x[f]! += length * direction[f]!;
        residual[f]! -= length * product[f]!;
      }
      const next = squared(residual);
      for (let f = 0; f < factors; f++) {
        direction[f] = residual[f]! + (next / size) * direction[f]!;
      }
      size = next;
    }
  }

  return {
    prepare,
    solveOne,
    solveAll(pairs: Pairs, moving: Float64Array, fixed: Float64Array): void {
      prepare(fixed);
      for (let row = 0; row < pairs.offsets.length - 1; row++) {
        const x = moving.subarray(row * factors, (row + 1) * factors);
        if (pairs.offsets[row] === pairs.offsets[row + 1]) x.fill(0);
        else solveOne(pairs, row, x, fixed, STEPS);
      }
    },
  };
}

function squared(values: Float64Array): number {
  let sum = 0;
  for (let f = 0; f < values.length; f++) sum += values[f]! * values[f]!;
  return sum;
}
