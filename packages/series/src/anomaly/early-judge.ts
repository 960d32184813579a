import { studentTwoSided } from '../math/student.ts';
import { medianOfSorted } from '../stats/quantile.ts';
import { createSortedWindow } from './stream/sorted-window.ts';

/** Values for which a series is young: from then on methods know their own tails. */
const YOUNG = 256;
/** Until this many errors are known nothing is unusual. */
const WARM_UP = 8;
/** Median size of a normal error, in standard deviations. */
const NORMAL_DISTANCE = 0.6744897501960817;
/** Heavy tails are taken for granted, as few values cannot show them: one in 400 needs an error of seven deviations. */
const FREEDOM = 4;

/** Judges the errors of a young series, of which nobody can yet say what happens to it once in 400 points. */
export interface EarlyJudge {
  /**
   * @param error value minus what was expected.
   * @returns −log₁₀ of a tail probability; 0 once the series is no longer young.
   */
  take(error: number): number;
}

/**
 * The size of an error in units of the median size of earlier ones, by Student's law with four degrees of freedom. Where more
 * than half of the earlier ones were none at all their mean size is the unit; where all were none, an error is as rare as one
 * in so many values.
 *
 * Cost: O(256) moves of memory a value for the first 256 values, then nothing.
 */
export function createEarlyJudge(): EarlyJudge {
  const sizes = createSortedWindow(YOUNG);
  let sum = 0;
  return {
    take(error) {
      const n = sizes.size;
      if (n === YOUNG) return 0;
      const size = Math.min(1e150, Math.abs(error));
      const unit =
        n === 0 ? 0 : medianOfSorted(sizes.sorted()) / NORMAL_DISTANCE || sum / n / NORMAL_DISTANCE;
      sizes.add(size);
      sum += size;
      if (n < WARM_UP || size === 0) return 0;
      if (unit === 0) return Math.log10(n + 1);
      return -Math.log10(Math.max(1e-20, studentTwoSided(size / unit, FREEDOM)));
    },
  };
}
