import type { ColumnBins } from './bins.ts';
import type { Split } from './splits.ts';
import { SET_WORDS, type Tree } from './tree.ts';

/** Collects the nodes of a tree while it grows. */
export interface TreeBuilder {
  /** Adds two nodes in a row. @returns the first. */
  addPair(): number;
  leaf(node: number, value: number, rows: number): void;
  /** @param seen whether the node has rows in a bin of the split's column */
  question(node: number, split: Split, child: number, seen: (bin: number) => boolean): void;
  /** Another value for a leaf. */
  setValue(node: number, value: number): void;
  valueOf(node: number): number;
  /** @param factor for all values: the learning rate */
  finish(factor: number): Tree;
}

export function createTreeBuilder(columns: readonly ColumnBins[]): TreeBuilder {
  const column: number[] = [-1];
  const threshold: number[] = [0];
  const child: number[] = [0];
  const missing: number[] = [0];
  const set: number[] = [-1];
  const sets: number[] = [];
  const value: number[] = [0];
  const gain: number[] = [0];
  const rows: number[] = [0];
  return {
    addPair() {
      const first = column.length;
      for (let i = 0; i < 2; i++) {
        column.push(-1);
        threshold.push(0);
        child.push(0);
        missing.push(0);
        set.push(-1);
        value.push(0);
        gain.push(0);
        rows.push(0);
      }
      return first;
    },
    leaf(node, its, count) {
      value[node] = its;
      rows[node] = count;
    },
    question(node, split, firstChild, seen) {
      const { bounds, count, kind } = columns[split.column]!;
      column[node] = split.column;
      child[node] = firstChild;
      missing[node] = split.missing ? 1 : 0;
      gain[node] = split.gain;
      if (kind !== 'category') {
        // After the last bin stands all that is known: any finite value.
        threshold[node] = split.bin < bounds.length ? bounds[split.bin]! : Number.MAX_VALUE;
        return;
      }
      set[node] = sets.length;
      const words = new Array<number>(2 * SET_WORDS).fill(0);
      for (const bin of split.set ?? []) if (bin < count) words[bin >> 5]! |= 1 << (bin & 31);
      for (let bin = 0; bin < count; bin++) {
        if (seen(bin)) words[SET_WORDS + (bin >> 5)]! |= 1 << (bin & 31);
      }
      sets.push(...words);
    },
    setValue(node, its) {
      value[node] = its;
    },
    valueOf: (node) => value[node]!,
    finish: (factor) => ({
      column: Int32Array.from(column),
      threshold: Float64Array.from(threshold),
      child: Int32Array.from(child),
      missing: Uint8Array.from(missing),
      set: Int32Array.from(set),
      sets: Uint32Array.from(sets),
      value: Float64Array.from(value, (its) => its * factor),
      gain: Float64Array.from(gain),
      rows: Float64Array.from(rows),
    }),
  };
}
