import { medianOfSorted, quantileOfSorted } from '../../stats/quantile.ts';
import { createPointTail } from '../stream/point-tail.ts';
import { createSortedWindow } from '../stream/sorted-window.ts';
import type { Method } from '../types.ts';

/** Quartile ranges beyond the quartiles. */
const FENCE = 1.5;
const WARM_UP = 8;

/**
 * Values beyond Tukey's fences, 1.5 quartile ranges outside the quartiles of the last `window` values; how far beyond is
 * ranked in its own tail. The expected range is that between the fences, whatever the `level`.
 *
 * Cost: O(window) moves a value. Source: Tukey (1977), Exploratory Data Analysis, 2D.
 */
export function createIqr({ window }: { readonly window: number }): Method {
  const past = createSortedWindow(window);
  const tail = createPointTail(2);
  let surprise = 0;
  const know = () => {
    const sorted = past.sorted();
    const low = quantileOfSorted(sorted, 0.25);
    const high = quantileOfSorted(sorted, 0.75);
    const range = high - low;
    const expected = medianOfSorted(sorted);
    return { expected, lower: low - FENCE * range, upper: high + FENCE * range };
  };
  return {
    judge(value) {
      const known = past.size === 0 ? { expected: value, lower: value, upper: value } : know();
      const unit = Math.max(known.upper - known.lower, 1e-9 * Math.abs(known.expected), 1e-150);
      const beyond = Math.max(0, value - known.upper) + Math.min(0, value - known.lower);
      const distance = Math.max(-1e15, Math.min(1e15, beyond / unit));
      const ranked = tail.take(Math.asinh(distance));
      surprise = past.size < WARM_UP || beyond === 0 ? 0 : ranked;
      past.add(value);
      return { surprise, ...known };
    },
    expect: () => (past.size === 0 ? null : know()),
    reasons: () => [{ code: tail.isUp ? 'high' : 'low', points: 1, surprise }],
  };
}
