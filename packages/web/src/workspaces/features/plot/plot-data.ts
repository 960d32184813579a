import type { TimeKind } from '@kizashi/server/contract/series-source';

/** What a line means; also its colour. */
export type LineLook = 'value' | 'beside';
export type SegmentLook = 'motif' | 'discord';

export interface PlotLine {
  readonly id: string;
  readonly label: string;
  readonly look: LineLook;
  /** One value for each place of the axis; null where there is none. */
  readonly y: readonly (number | null)[];
}

/** A stretch of the first line that is drawn over it, with a short name at its beginning. */
export interface PlotSegment {
  readonly name: string;
  readonly look: SegmentLook;
  /** Places: the first and the one behind the last. */
  readonly from: number;
  readonly to: number;
}

/** Lines over one axis, each in a panel of its own. */
export interface PlotData {
  /** UTC epoch ms, or whole numbers of an index; ascending. */
  readonly x: readonly number[];
  readonly timeKind: TimeKind;
  readonly panels: readonly PlotLine[];
  readonly segments?: readonly PlotSegment[] | undefined;
}

/** Place of the value nearest to `value` in an ascending list; −1 for an empty one. */
export function nearestPlace(x: readonly number[], value: number): number {
  let low = 0;
  let high = x.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle]! < value) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && value - x[low - 1]! < x[low]! - value) return low - 1;
  return x.length === 0 ? -1 : low;
}
