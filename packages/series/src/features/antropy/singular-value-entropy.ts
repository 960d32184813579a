import { singularValues } from '../../math/orthogonal.ts';
import { entropyOfShares } from '../../stats/entropy.ts';
import type { Values } from './values.ts';

/**
 * Entropy (bits) of the shares of the singular values of the matrix whose rows are `order` values, `delay` apart. 0 for a
 * constant series, NaN where order · delay > n.
 *
 * Cost: O(n · order²). Source: Roberts, Penny & Rezek (1999), Med. Biol. Eng. Comput. 37, 93–98.
 */
export function singularValueEntropy(
  { x, n, constant }: Values,
  order: number,
  delay: number,
): number {
  if (order * delay > n) return Number.NaN;
  if (constant) return 0;
  const rows = n - (order - 1) * delay;
  const columns = Array.from({ length: order }, (_, i) => x.subarray(i * delay, i * delay + rows));
  return entropyOfShares(singularValues(columns)) / Math.LN2;
}
