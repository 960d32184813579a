import { entropyOfShares } from '../../stats/entropy.ts';
import type { Values } from './values.ts';

/** Up to this order the orders of values are counted in a table, beyond it in a map. */
const TABLED = 8;

/**
 * Entropy (bits) of the shares of the orders in which `order` values stand that are `delay` apart; of equal values the earlier
 * counts as the smaller. NaN where order · delay > n.
 *
 * Cost: O(n · order²). Source: Bandt & Pompe (2002), Physical Review Letters 88, 174102.
 */
export function permutationEntropy({ x, n }: Values, order: number, delay: number): number {
  if (order * delay > n) return Number.NaN;
  const windows = n - (order - 1) * delay;
  const table = new Int32Array(order <= TABLED ? factorial(order) : 0);
  const rare = new Map<number, number>();
  for (let t = 0; t < windows; t++) {
    // The number of earlier values that exceed each value gives the order its number (Lehmer's code).
    let code = 0;
    let weight = 1;
    for (let i = 1; i < order; i++) {
      const value = x[t + i * delay]!;
      let larger = 0;
      for (let j = 0; j < i; j++) if (x[t + j * delay]! > value) larger++;
      code += weight * larger;
      weight *= i + 1;
    }
    if (order <= TABLED) table[code]!++;
    else rare.set(code, (rare.get(code) ?? 0) + 1);
  }
  return entropyOfShares(order <= TABLED ? table : [...rare.values()]) / Math.LN2;
}

/** The entropy where all orders are equally likely. */
export function largestPermutationEntropy(order: number): number {
  return Math.log2(factorial(order));
}

function factorial(n: number): number {
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return product;
}
