import { pairwiseSum } from '../../math/pairwise-sum.ts';
import { calculator } from './calculator.ts';

const BENFORD = Float64Array.from({ length: 9 }, (_, i) => Math.log10(1 + 1 / (i + 1)));
/** Closer than this to a whole number, the first digit is read from the digits themselves. */
const NEAR = 1e-9;

const POWERS = Float64Array.from({ length: 617 }, (_, i) => Number(`1e${i - 308}`));

/** The first digit of the shortest decimal digits that give the number back; 0 for 0. */
export function firstDigit(value: number): number {
  const size = Math.abs(value);
  if (size === 0) return 0;
  const exponent = Math.floor(Math.log10(size));
  const lead = exponent >= -300 && exponent <= 300 ? size / POWERS[exponent + 308]! : 0;
  const digit = Math.floor(lead);
  if (digit >= 1 && digit <= 9 && lead - digit > NEAR && lead - digit < 1 - NEAR) return digit;
  return Number(size.toExponential()[0]);
}

function correlation(a: Float64Array, b: Float64Array): number {
  const meanA = pairwiseSum(a) / a.length;
  const meanB = pairwiseSum(b) / b.length;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - meanA) * (b[i]! - meanB);
    aa += (a[i]! - meanA) ** 2;
    bb += (b[i]! - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

export const benfordCorrelation = calculator({
  name: 'benford_correlation',
  formula:
    'Correlation, over the digits d = 1 … 9, of the share of values whose first digit is d with log10(1 + 1 / d); not defined when all values are 0.',
  source: 'Benford (1938), Proc. American Philosophical Society 78(4), 551–572',
  unit: '1',
  create:
    () =>
    ({ y, n }) => {
      const shares = new Float64Array(10);
      for (let t = 0; t < n; t++) shares[firstDigit(y[t]!)]!++;
      return correlation(
        BENFORD,
        shares.subarray(1).map((count) => count / n),
      );
    },
});
