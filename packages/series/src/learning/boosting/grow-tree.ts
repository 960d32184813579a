import { binAt, type HistogramMemory } from '../../kernels/gradient-histogram.ts';
import { bestHistograms } from '../../kernels/kernels.ts';
import type { ColumnKind } from '../table/feature-table.ts';
import { binsOf, type ColumnBins, findBins } from './bins.ts';
import { packCurvatures, rowsOf } from './packed-curvature.ts';
import {
  createSplitSearch,
  leafValue,
  type NodeSums,
  type Split,
  type SplitLimits,
} from './splits.ts';
import type { Tree } from './tree.ts';
import { createTreeBuilder } from './tree-builder.ts';

export interface GrowLimits extends SplitLimits {
  readonly maxLeaves: number;
  readonly maxDepth: number;
  /** What a split must lower the loss by, at least. */
  readonly minGain: number;
  readonly maxBins: number;
  /** Columns drawn for each node; null for all. */
  readonly columnsPerSplit: number | null;
  readonly random: () => number;
}

/** A leaf of a tree just grown, with the places of its rows. */
export interface GrownLeaf {
  readonly node: number;
  readonly from: number;
  readonly to: number;
}

/** Columns in bins, and the memory in which one tree after the other grows from them. */
export interface TreeGrower {
  readonly memory: HistogramMemory;
  readonly bins: readonly ColumnBins[];
  /**
   * Grows a tree by the rows in `memory.rows` [0, count) and their gradients in `memory.pairs`.
   *
   * @param allowed 1 for each column that may be asked about; null for all.
   * @param settle  what a leaf says instead of the Newton step, from the leaf and that step.
   * @returns the tree with values times `factor`, and its leaves: `memory.rows` is reordered by leaf.
   */
  grow(
    count: number,
    factor: number,
    allowed?: Uint8Array | null,
    settle?: (leaf: GrownLeaf, value: number) => number,
  ): { tree: Tree; leaves: readonly GrownLeaf[] };
}

interface Open extends NodeSums {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly slot: number;
  readonly split: Split;
}

/**
 * Prepares columns for growing trees leaf by leaf: the leaf whose split gains most is split next.
 *
 * Cost of a tree: O(n · k) for the root and about as much again for a few dozen leaves, since only the smaller side of a
 *   split is counted and the larger one is the difference.
 * Source: Ke et al. (2017), LightGBM, NeurIPS 30. Compare: scikit-learn 1.2.1 `_hist_gradient_boosting.grower`.
 */
export function createTreeGrower(
  columns: readonly Float64Array[],
  kinds: readonly ColumnKind[],
  limits: GrowLimits,
): TreeGrower {
  const n = columns[0]!.length;
  const bins = columns.map((values, k) => findBins(values, kinds[k]!, limits.maxBins));
  const filled = 4 * Math.ceil(columns.length / 4);
  const offsets = new Int32Array(filled);
  let width = 0;
  for (let k = 0; k < bins.length; k++) {
    offsets[k] = width;
    width += bins[k]!.count + 1;
  }
  // One bin more for the columns that only fill up.
  offsets.fill(width++, bins.length);
  const unlimited = limits.maxLeaves >= n;
  const slots = slotsFor(n, limits, unlimited);
  const memory = bestHistograms({ rows: n, columns: filled, width, slots, offsets });
  for (let k = 0; k < bins.length; k++) {
    const its = binsOf(bins[k]!, columns[k]!);
    for (let r = 0, at = binAt(k, 0, n); r < n; r++, at += 4) memory.bins[at] = its[r]!;
  }
  const { rows, pairs, sums } = memory;
  const search = createSplitSearch(sums, bins, offsets, limits);
  const order = Int32Array.from(bins, (_, k) => k);
  const drawn = limits.columnsPerSplit === null ? null : new Uint8Array(bins.length);

  return { memory, bins, grow };

  function grow(
    count: number,
    factor: number,
    allowed: Uint8Array | null = null,
    settle?: (leaf: GrownLeaf, value: number) => number,
  ) {
    const builder = createTreeBuilder(bins);
    const { unit } = packCurvatures(pairs, n);
    const free = Array.from({ length: slots }, (_, slot) => slots - 1 - slot);
    const open: Open[] = [];
    const leaves: GrownLeaf[] = [];
    const close = (node: number, from: number, to: number) => leaves.push({ node, from, to });

    const rootSlot = free.pop()!;
    fill(rootSlot, 0, count);
    enter(0, 0, count, 0, rootSlot, rootSums(count, unit));
    while (open.length > 0 && open.length + leaves.length < limits.maxLeaves) part(takeNext());
    for (const { node, from, to } of open) close(node, from, to);
    leaves.sort((a, b) => a.from - b.from);
    if (settle !== undefined) {
      for (const leaf of leaves)
        builder.setValue(leaf.node, settle(leaf, builder.valueOf(leaf.node)));
    }
    return { tree: builder.finish(factor), leaves };

    /** A new node: a leaf for good, or one that may be split. Its histogram stays only in the second case. */
    function enter(
      node: number,
      from: number,
      to: number,
      depth: number,
      slot: number,
      its: NodeSums,
    ) {
      builder.leaf(node, leafValue(its.gradient, its.curvature, limits.ridge, its), its.rows);
      const split =
        slot >= 0 && depth < limits.maxDepth
          ? search(slot * width, its, unit, drawColumns(allowed))
          : null;
      if (split !== null && split.gain >= limits.minGain) {
        open.push({ node, from, to, depth, slot, split, ...its });
        return;
      }
      if (slot >= 0) free.push(slot);
      close(node, from, to);
    }

    function takeNext(): Open {
      // Without a limit of leaves the order does not matter, and the newest first needs the fewest histograms.
      let best = open.length - 1;
      if (!unlimited) {
        for (let i = 0; i < open.length; i++) {
          const more = open[i]!.split.gain - open[best]!.split.gain;
          if (more > 0 || (more === 0 && open[i]!.node < open[best]!.node)) best = i;
        }
      }
      const next = open[best]!;
      open[best] = open[open.length - 1]!;
      open.pop();
      return next;
    }

    function part(parent: Open) {
      const { node, from, to, depth, slot, split } = parent;
      const first = offsets[split.column]! + slot * width;
      const child = builder.addPair();
      builder.question(node, split, child, (bin) => sums[2 * (first + bin) + 1]! > 0);
      const middle = partition(split, from, to);
      const [yes, no] = sidesOf(parent, split, unit);
      const yesIsSmall = middle - from <= to - middle;
      const smallRows = yesIsSmall ? middle - from : to - middle;
      const largeRows = to - from - smallRows;
      // A side too small to be split again needs no histogram.
      const canSplit = (count: number) =>
        count >= 2 * limits.minRows && depth + 1 < limits.maxDepth;
      let small = -1;
      let large = -1;
      if (canSplit(largeRows)) {
        small = free.pop()!;
        fill(small, yesIsSmall ? from : middle, yesIsSmall ? middle : to);
        subtract(slot, small);
        large = slot;
        if (!canSplit(smallRows)) {
          free.push(small);
          small = -1;
        }
      } else free.push(slot);
      const enterYes = () => enter(child, from, middle, depth + 1, yesIsSmall ? small : large, yes);
      const enterNo = () => enter(child + 1, middle, to, depth + 1, yesIsSmall ? large : small, no);
      // The smaller side last, so that it is taken first: then few nodes wait at any time.
      if (yesIsSmall) {
        enterNo();
        enterYes();
      } else {
        enterYes();
        enterNo();
      }
    }
  }

  function fill(slot: number, from: number, to: number): void {
    sums.fill(0, 2 * slot * width, 2 * (slot + 1) * width);
    memory.addRows(from, to, slot);
  }

  /** Leaves in `slot` what is not in `part`. */
  function subtract(slot: number, its: number): void {
    for (let i = 0, a = 2 * slot * width, b = 2 * its * width; i < 2 * width; i++) {
      sums[a + i]! -= sums[b + i]!;
    }
  }

  function rootSums(count: number, unit: number): NodeSums {
    let gradient = 0;
    let packed = 0;
    for (let i = 0; i < count; i++) {
      gradient += pairs[2 * rows[i]!]!;
      packed += pairs[2 * rows[i]! + 1]!;
    }
    return { ...sideOf(gradient, packed, unit), low: -Infinity, high: Infinity };
  }

  /** Both sides of a split; under a monotone column neither value may pass the middle of the two. */
  function sidesOf(parent: Open, split: Split, unit: number): [NodeSums, NodeSums] {
    const { low, high } = parent;
    const yes = { ...sideOf(split.gradient, split.packed, unit), low, high };
    const rest = parent.gradient - split.gradient;
    const no = { ...sideOf(rest, parent.packed - split.packed, unit), low, high };
    const direction = limits.monotone?.[split.column] ?? 0;
    if (direction === 0) return [yes, no];
    const value = (side: NodeSums) => leafValue(side.gradient, side.curvature, limits.ridge, side);
    const middle = (value(yes) + value(no)) / 2;
    return direction > 0
      ? [
          { ...yes, high: middle },
          { ...no, low: middle },
        ]
      : [
          { ...yes, low: middle },
          { ...no, high: middle },
        ];
  }

  /** Brings the rows of the yes side to the front. @returns where the other side begins. */
  function partition(split: Split, from: number, to: number): number {
    const { sides } = memory;
    sides.fill(0);
    if (split.set === null) {
      sides.fill(1, 0, split.bin + 1);
      sides[bins[split.column]!.count] = split.missing ? 1 : 0;
    } else {
      for (const bin of split.set) sides[bin] = 1;
    }
    return memory.partRows(from, to, split.column);
  }

  function drawColumns(allowed: Uint8Array | null): Uint8Array | null {
    if (drawn === null) return allowed;
    drawn.fill(0);
    let wanted = limits.columnsPerSplit!;
    for (let left = order.length; left > 0 && wanted > 0; left--) {
      const place = Math.floor(limits.random() * left);
      const k = order[place]!;
      order[place] = order[left - 1]!;
      order[left - 1] = k;
      if (allowed !== null && allowed[k] === 0) continue;
      drawn[k] = 1;
      wanted--;
    }
    return drawn;
  }
}

/** Histograms held at a time: one for each open leaf; of the newest first, one for each halving of the rows. */
function slotsFor(n: number, { maxLeaves, minRows }: GrowLimits, unlimited: boolean): number {
  if (unlimited) return Math.ceil(Math.log2(Math.max(2, n))) + 3;
  return Math.min(maxLeaves, Math.ceil(n / Math.max(1, minRows))) + 2;
}

function sideOf(gradient: number, packed: number, unit: number) {
  const rows = rowsOf(packed, unit);
  return { gradient, packed, rows, curvature: packed - rows * unit };
}
