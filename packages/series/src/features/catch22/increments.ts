import type { ZScores } from './z-scores.ts';

/** Mean cube of the change from one value to the next: far from 0 where rises and falls have different shapes. */
export function timeReversibility({ z, n }: ZScores): number {
  let sum = 0;
  for (let t = 1; t < n; t++) {
    const change = z[t]! - z[t - 1]!;
    sum += change * change * change;
  }
  return sum / (n - 1);
}

/** Share of the changes from one value to the next that are larger than 0.04 standard deviations. */
export function shareOfLargeChanges({ z, n }: ZScores): number {
  let large = 0;
  for (let t = 1; t < n; t++) if (Math.abs(z[t]! - z[t - 1]!) * 1000 > 40) large++;
  return large / (n - 1);
}

/** Standard deviation (divisor one less than their number) of the errors when a value is forecast as the mean of the three before. */
export function errorOfMeanOfThree({ z, n }: ZScores): number {
  const errors = new Float64Array(Math.max(0, n - 3));
  let sum = 0;
  for (let t = 0; t < errors.length; t++) {
    errors[t] = z[t + 3]! - (z[t]! + z[t + 1]! + z[t + 2]!) / 3;
    sum += errors[t]!;
  }
  const mean = sum / errors.length;
  let squares = 0;
  for (let t = 0; t < errors.length; t++) squares += (errors[t]! - mean) ** 2;
  return Math.sqrt(squares / (errors.length - 1));
}
