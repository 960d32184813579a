/**
 * Entropy Σ −p · ln p of the shares p that parts have of their sum, in nats.
 *
 * @param parts numbers ≥ 0: counts, powers, singular values.
 * @returns 0 where one part is all; NaN where the sum is 0 or not finite. Cost: O(n).
 */
export function entropyOfShares(parts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < parts.length; i++) total += parts[i]!;
  if (total === 0 || !Number.isFinite(total)) return Number.NaN;
  let entropy = 0;
  for (let i = 0; i < parts.length; i++) {
    const share = parts[i]! / total;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return entropy;
}
