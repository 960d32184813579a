import { createTail } from './tail.ts';

/** Neighbours within so many points are no evidence of their own. */
const BLOCK = 8;

/** How rare the values of a single running statistic are, point by point. */
export interface PointTail {
  /** −log₁₀ of how often a point is as extreme on the same side. Then learns it. */
  take(statistic: number): number;
  /** Whether the last statistic was unusual upwards. */
  readonly isUp: boolean;
}

/**
 * The tail of block maxima, told for points: an excursion is one of so many points, not of so many blocks.
 *
 * @param sides 1: only large values are unusual; 2: small ones too, and each side has half of the probability.
 */
export function createPointTail(sides: 1 | 2): PointTail {
  const high = createTail(BLOCK);
  const low = sides === 2 ? createTail(BLOCK) : null;
  let isUp = true;
  return {
    take(statistic) {
      const above = high.surprise(statistic);
      const below = low === null ? 0 : low.surprise(-statistic);
      high.add(statistic);
      low?.add(-statistic);
      isUp = above >= below;
      const surprise = Math.max(above, below);
      return surprise === 0 ? 0 : surprise + Math.log10(BLOCK / sides);
    },
    get isUp() {
      return isUp;
    },
  };
}
