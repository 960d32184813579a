import { normalHalfWidth } from '../../math/normal.ts';
import { medianDistance, medianOfSorted } from '../../stats/quantile.ts';
import { createPointTail } from '../stream/point-tail.ts';
import { createSortedWindow } from '../stream/sorted-window.ts';
import type { Method } from '../types.ts';

export interface ZScoreOptions {
  readonly level: number;
  readonly window: number;
}

/** Median distance of a normal law, in standard deviations. */
const NORMAL_DISTANCE = 0.6744897501960817;
/** Until this many values are known nothing is unusual. */
const WARM_UP = 8;

/**
 * Distance from the median of the last `window` values in units of their median distance (robust z-score), ranked in its own
 * tail. The expected range is that of a normal law with this centre and spread.
 *
 * Cost: O(window) moves a value. Source: Iglewicz & Hoaglin (1993), How to Detect and Handle Outliers. Departure: the limit of
 *   3.5 is replaced by the tail of earlier z-scores, which real series exceed far more often than normal ones.
 */
export function createZScore({ level, window }: ZScoreOptions): Method {
  const past = createSortedWindow(window);
  const tail = createPointTail(2);
  const width = normalHalfWidth(level);
  let surprise = 0;
  const know = () => {
    const sorted = past.sorted();
    const centre = medianOfSorted(sorted);
    const spread = medianDistance(sorted, centre) / NORMAL_DISTANCE;
    return { centre, spread };
  };
  const rangeOf = ({ centre, spread }: { centre: number; spread: number }) => ({
    expected: centre,
    lower: centre - width * spread,
    upper: centre + width * spread,
  });
  return {
    judge(value) {
      const known = past.size === 0 ? { centre: value, spread: 0 } : know();
      // Equal values have no spread: any other one is then far off, and how far is a matter of its own size.
      const unit = Math.max(known.spread, 1e-9 * Math.abs(known.centre), 1e-150);
      const z = value / unit - known.centre / unit;
      surprise =
        past.size < WARM_UP ? 0 : tail.take(Math.asinh(Math.max(-1e15, Math.min(1e15, z))));
      past.add(value);
      return { surprise, ...rangeOf(known) };
    },
    expect: () => (past.size === 0 ? null : rangeOf(know())),
    reasons: () => [{ code: tail.isUp ? 'high' : 'low', points: 1, surprise }],
  };
}
