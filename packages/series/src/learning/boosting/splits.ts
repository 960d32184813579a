import type { ColumnBins } from './bins.ts';
import { rowsOf } from './packed-curvature.ts';

/** A set of categories is ordered by gradient over (curvature + this), so that rare ones do not lead. */
const CATEGORY_SMOOTHING = 10;
/** Categories with fewer rows in a node go with the rest. */
const CATEGORY_ROWS = 10;

/** What a split must keep to. */
export interface SplitLimits {
  /** Rows on each side, at least. */
  readonly minRows: number;
  /** Sum of second derivatives on each side, at least. */
  readonly minCurvature: number;
  /** Added to the curvature of a leaf: draws its value to 0. */
  readonly ridge: number;
  /** −1, 0 or 1 for each column; null where no column has a direction. */
  readonly monotone: Int8Array | null;
}

/** The sums of a node, its curvature both as it is and packed with its rows, and the range that its value must keep to under monotone columns. */
export interface NodeSums {
  readonly gradient: number;
  readonly curvature: number;
  readonly rows: number;
  readonly packed: number;
  readonly low: number;
  readonly high: number;
}

export interface Split {
  gain: number;
  column: number;
  /** Last bin of the yes side; of a category −1. */
  bin: number;
  missing: boolean;
  /** Bins that mean yes, of a category; the missing one may be among them. */
  set: readonly number[] | null;
  /** Sums of the yes side. */
  gradient: number;
  packed: number;
}

/** The value of a leaf: the Newton step, within the node's range. */
export function leafValue(
  gradient: number,
  curvature: number,
  ridge: number,
  { low, high }: Pick<NodeSums, 'low' | 'high'>,
): number {
  const divisor = curvature + ridge;
  const value = divisor > 0 ? -gradient / divisor : 0;
  return value < low ? low : value > high ? high : value;
}

/** How much lower the loss is with the node's value than with 0, times 2. */
function worth(gradient: number, curvature: number, ridge: number, value: number): number {
  return -(2 * gradient + (curvature + ridge) * value) * value;
}

/**
 * Tries every split of a node and keeps the best. The columns' bins of its histogram begin at `first`.
 *
 * @param sums by bin the gradients and the packed curvatures (packed-curvature.ts)
 */
export function createSplitSearch(
  sums: Float64Array,
  columns: readonly ColumnBins[],
  offsets: Int32Array,
  { minRows, minCurvature, ridge, monotone }: SplitLimits,
): (first: number, node: NodeSums, unit: number, allowed: Uint8Array | null) => Split | null {
  let best: Split;
  let unit: number;

  /** Whether the sums of one side make the best split so far. */
  function consider(
    node: NodeSums,
    column: number,
    gradient: number,
    curvature: number,
    packed: number,
  ): boolean {
    const otherGradient = node.gradient - gradient;
    const otherCurvature = node.curvature - curvature;
    let gain: number;
    if (monotone === null) {
      gain =
        (gradient * gradient) / (curvature + ridge) +
        (otherGradient * otherGradient) / (otherCurvature + ridge);
    } else {
      const left = leafValue(gradient, curvature, ridge, node);
      const right = leafValue(otherGradient, otherCurvature, ridge, node);
      if ((right - left) * monotone[column]! < 0) return false;
      gain =
        worth(gradient, curvature, ridge, left) +
        worth(otherGradient, otherCurvature, ridge, right);
    }
    if (!(gain > best.gain)) return false;
    best.gain = gain;
    best.column = column;
    best.gradient = gradient;
    best.packed = packed;
    return true;
  }

  /** Splits by bin from below; what is missing goes up, or down where `missing`. */
  function scan(at: number, last: number, column: number, node: NodeSums, missing: boolean): void {
    const perUnit = 1 / unit;
    const mostRows = node.rows - minRows;
    const mostCurvature = node.curvature - minCurvature;
    const allGradient = node.gradient;
    const bothRidges = node.curvature + 2 * ridge;
    // With what is missing on the other side, all that is known may stand on this one.
    const end = !missing && sums[2 * last + 1]! > 0 ? last : last - 1;
    let gradient = missing ? sums[2 * last]! : 0;
    let packed = missing ? sums[2 * last + 1]! : 0;
    let most = best.gain;
    for (let bin = at; bin < end; bin++) {
      const here = sums[2 * bin + 1]!;
      if (here === 0) continue;
      gradient += sums[2 * bin]!;
      packed += here;
      // `rowsOf`, without dividing: the unit is a power of two.
      const rows = Math.floor(packed * perUnit);
      const curvature = packed - rows * unit;
      if (rows < minRows || curvature < minCurvature) continue;
      if (rows > mostRows || curvature > mostCurvature) break;
      if (monotone === null) {
        // The gain as one fraction, for most bins are not the best and a division is what they cost.
        const own = curvature + ridge;
        const other = bothRidges - own;
        const rest = allGradient - gradient;
        const gain = (gradient * gradient * other + rest * rest * own) / (own * other);
        if (!(gain > most)) continue;
      }
      if (!consider(node, column, gradient, curvature, packed)) continue;
      most = best.gain;
      best.bin = bin - at;
      best.missing = missing;
      best.set = null;
    }
  }

  /** Splits of categories in the order of their gradients, which holds the best of all sets. */
  function scanSets(at: number, last: number, column: number, node: NodeSums): void {
    const order: number[] = [];
    for (let bin = at; bin <= last; bin++) {
      if (rowsOf(sums[2 * bin + 1]!, unit) >= CATEGORY_ROWS) order.push(bin);
    }
    const key = (bin: number) =>
      sums[2 * bin]! / ((sums[2 * bin + 1]! % unit) + CATEGORY_SMOOTHING);
    order.sort((a, b) => key(a) - key(b) || a - b);
    for (const step of [1, -1]) {
      let gradient = 0;
      let packed = 0;
      for (let i = 0; i < (order.length + 1) >> 1; i++) {
        const bin = order[step > 0 ? i : order.length - 1 - i]!;
        gradient += sums[2 * bin]!;
        packed += sums[2 * bin + 1]!;
        const rows = rowsOf(packed, unit);
        const curvature = packed - rows * unit;
        if (rows < minRows || curvature < minCurvature) continue;
        if (node.rows - rows < minRows || node.curvature - curvature < minCurvature) break;
        if (consider(node, column, gradient, curvature, packed)) {
          const taken = step > 0 ? order.slice(0, i + 1) : order.slice(order.length - 1 - i);
          best.bin = -1;
          best.set = taken.map((place) => place - at);
          best.missing = best.set.includes(last - at);
        }
      }
    }
  }

  return (first, node, itsUnit, allowed) => {
    unit = itsUnit;
    const { gradient, curvature } = node;
    const now = worth(gradient, curvature, ridge, leafValue(gradient, curvature, ridge, node));
    // A split must gain more than rounding could make up.
    const least = now + 1e-12 * Math.abs(now);
    best = { gain: least, column: -1, bin: -1, missing: false, set: null, gradient: 0, packed: 0 };
    for (let k = 0; k < columns.length; k++) {
      if (allowed !== null && allowed[k] === 0) continue;
      const at = first + offsets[k]!;
      const last = at + columns[k]!.count;
      if (columns[k]!.kind === 'category') {
        scanSets(at, last, k, node);
      } else {
        scan(at, last, k, node, false);
        if (sums[2 * last + 1]! > 0) scan(at, last, k, node, true);
      }
    }
    if (best.column < 0) return null;
    best.gain = (best.gain - now) / 2;
    // Where nothing was missing, what may be missing later goes with the larger side.
    const lost = first + offsets[best.column]! + columns[best.column]!.count;
    if (sums[2 * lost + 1] === 0) best.missing = 2 * rowsOf(best.packed, unit) > node.rows;
    return best;
  };
}
