/** Estimates how rare large values of a running statistic are. */
export interface Tail {
  /** −log₁₀ of the share of blocks whose largest value reaches v; 0 in the bulk, and until five blocks are known. */
  surprise(v: number): number;
  add(v: number): void;
}

/** Largest block maxima that are kept, and the share of the blocks that counts as tail while there are few. */
const KEPT = 40;
const SHARE = 0.1;
const LEAST = 4;
const LEAST_BLOCKS = 5;
/** Nothing is called rarer than this. */
const MOST = 20;
/** Heaviest tail that is believed; beyond it the mean of the excesses is not estimated by a mean. */
const HEAVIEST = 0.5;

/**
 * The upper tail of a running statistic: above a high threshold a generalised Pareto law is fitted to the largest maxima of
 * blocks, below it nothing is unusual.
 *
 * @param block   points a block; neighbours in one block count once, since they are no evidence of their own.
 * @param horizon blocks after which a maximum is forgotten.
 *
 * Cost: O(1) in the bulk, O(40) in the tail and per block; 80 doubles.
 * Source: Siffer, Fouque, Termier & Largouet (2017), KDD, "SPOT". Departures: block maxima in place of all excesses; the
 *   threshold moves with the 40 largest; moments in place of maximum likelihood (Hosking & Wallis 1987, Technometrics 29(3)),
 *   the shape held in [0, 0.5]; values are always learnt, alarms too.
 */
export function createTail(block: number, horizon = 20_000): Tail {
  const top = new Float64Array(KEPT);
  const born = new Float64Array(KEPT);
  let kept = 0;
  let blocks = 0;
  let inBlock = 0;
  let largest = Number.NEGATIVE_INFINITY;
  // The law in force: fitted again when a block joins the tail or its size changes.
  let size = 0;
  let threshold = 0;
  let shape = 0;
  let scale = 0;
  let stale = true;

  function fit(): void {
    stale = false;
    size = Math.min(kept, Math.max(LEAST, Math.ceil(SHARE * Math.min(blocks, horizon))));
    threshold = top[size - 1]!;
    let mean = 0;
    for (let i = 0; i < size - 1; i++) mean += top[i]! - threshold;
    mean /= Math.max(1, size - 1);
    let variance = 0;
    for (let i = 0; i < size - 1; i++) variance += (top[i]! - threshold - mean) ** 2;
    variance /= Math.max(1, size - 1);
    shape = variance > 0 ? Math.min(HEAVIEST, Math.max(0, (1 - (mean * mean) / variance) / 2)) : 0;
    // Equal maxima have no spread; what differs from them by rounding alone must not look rare.
    scale = Math.max(mean * (1 - shape), 1e-12 + 1e-3 * Math.abs(threshold));
  }

  function forget(): void {
    let left = 0;
    for (let i = 0; i < kept; i++) {
      if (born[i]! <= blocks - horizon) continue;
      top[left] = top[i]!;
      born[left++] = born[i]!;
    }
    kept = left;
  }

  return {
    surprise(v) {
      if (blocks < LEAST_BLOCKS || kept === 0) return 0;
      if (stale) fit();
      if (!(v > threshold)) return 0;
      const excess = (v - threshold) / scale;
      const above = shape > 1e-6 ? Math.log10(1 + shape * excess) / shape : excess / Math.LN10;
      const share = size / (Math.min(blocks, horizon) + 1);
      return Math.min(MOST, Math.max(0, above - Math.log10(share)));
    },
    add(v) {
      if (v > largest) largest = v;
      if (++inBlock < block) return;
      const value = largest;
      largest = Number.NEGATIVE_INFINITY;
      inBlock = 0;
      blocks++;
      stale = true;
      if (blocks > horizon) forget();
      if (kept === KEPT && !(value > top[KEPT - 1]!)) return;
      let i = kept < KEPT ? kept++ : KEPT - 1;
      for (; i > 0 && top[i - 1]! < value; i--) {
        top[i] = top[i - 1]!;
        born[i] = born[i - 1]!;
      }
      top[i] = value;
      born[i] = blocks;
    },
  };
}
