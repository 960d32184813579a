/** How a demand comes: often or seldom, in even or uneven sizes. */
export interface DemandClass {
  /** `none` when nothing was ever demanded. */
  readonly pattern: 'smooth' | 'erratic' | 'intermittent' | 'lumpy' | 'none';
  /** Mean number of periods from one demand to the next, ≥ 1; `NaN` without demand. */
  readonly interval: number;
  /** Square of the coefficient of variation of the sizes (divisor k − 1); 0 for a single demand, `NaN` without demand. */
  readonly variation: number;
  /** Periods without demand at the end. */
  readonly silence: number;
}

/** Beyond these the estimator of Syntetos and Boylan has the smaller error, in theory, than Croston's. */
const LONG_INTERVAL = 1.32;
const UNEVEN_SIZES = 0.49;

/**
 * Class of a demand series by the mean interval between demands and the variation of their sizes.
 *
 * @param y n values of demand per period, oldest first; 0 is no demand, one that is not finite is passed over.
 *
 * Cost: O(n). Source: Syntetos, Boylan & Croston (2005), Journal of the Operational Research Society 56, cut-off values 1.32
 *   and 0.49. The interval is as in R's tsintermittent: from the start to the first demand, and from demand to demand.
 */
export function demandClass(y: Float64Array): DemandClass {
  let k = 0;
  let periods = 0;
  let silence = 0;
  let mean = 0;
  let squares = 0;
  for (let t = 0; t < y.length; t++) {
    const size = y[t]!;
    if (!Number.isFinite(size)) continue;
    silence++;
    if (size === 0) continue;
    periods += silence;
    silence = 0;
    k++;
    const before = size - mean;
    mean += before / k;
    squares += before * (size - mean);
  }
  if (k === 0) return { pattern: 'none', interval: Number.NaN, variation: Number.NaN, silence };
  const interval = periods / k;
  const variation = k === 1 || mean === 0 ? 0 : squares / (k - 1) / mean ** 2;
  const seldom = interval >= LONG_INTERVAL;
  const uneven = variation >= UNEVEN_SIZES;
  const pattern = seldom ? (uneven ? 'lumpy' : 'intermittent') : uneven ? 'erratic' : 'smooth';
  return { pattern, interval, variation, silence };
}
