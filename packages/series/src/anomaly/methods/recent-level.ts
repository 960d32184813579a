import { createExpectedRange, createSeenErrors } from '../stream/expected-range.ts';
import type { RobustScale } from '../stream/robust-scale.ts';

/** The last points whose mean is the expected level. */
const POINTS = 4;

interface Known {
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
}

/** What the last four points let expect, in the unit of the values, with the range that the errors of it so far make. */
export interface RecentLevel {
  /** null before the first value. @param usual what the course of the day adds, on the scale */
  around(usual?: number): Known | null;
  /** After the scale took the value. @param z the value on it */
  learn(value: number, z: number, usual?: number): void;
}

/**
 * Four points are kept as they came and brought to the scale when they are asked for: it moves, and after a jump a level of the old
 * scale would be a thousand times too large on the new one.
 */
export function createRecentLevel(level: number, scale: RobustScale): RecentLevel {
  const range = createExpectedRange(level);
  const seen = createSeenErrors();
  const values = new Float64Array(POINTS);
  const usuals = new Float64Array(POINTS);
  let n = 0;
  let told: Known | null = null;
  const mean = (): number => {
    const count = Math.min(n, POINTS);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += scale.to(values[i]!) - usuals[i]!;
    return sum / count;
  };
  return {
    around(usual = 0) {
      if (n === 0) return null;
      const z = mean() + usual;
      const { lower, upper } = range.around(z);
      told = seen.within({
        expected: scale.from(z),
        lower: scale.from(lower),
        upper: scale.from(upper),
      });
      return told;
    },
    learn(value, z, usual = 0) {
      if (told !== null) seen.learn(value - told.expected);
      if (n > 0) range.learn(z - mean() - usual);
      values[n % POINTS] = value;
      usuals[n % POINTS] = usual;
      n++;
    },
  };
}
