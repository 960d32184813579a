import { fstatSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openTemporaryFiles, readBytesAt } from '../temporary-files.ts';

/** Doubles kept in memory before rows go to disk: 32 MB. */
const MEMORY_DOUBLES = 1 << 22;
const PARTITIONS = 64;
/** Doubles gathered for a partition before they are written. */
const BUFFER_DOUBLES = 1 << 12;

/** The rows of one series, in order of time. */
export interface SpooledSeries {
  readonly series: number;
  readonly t: Float64Array;
  readonly y: Float64Array;
  /** One array for each exogenous column. */
  readonly x: readonly Float64Array[];
  /** Rows that came before one of an earlier time. */
  readonly unsorted: number;
  /** Rows left out because an earlier row has the same time. */
  readonly duplicates: number;
}

/** Rows of a series with equal times: the first counts, or each is a value of its own, in the order in which they came. */
export type SameTimes = 'first' | 'keep';

/** Rows in any order in, whole series out, with bounded memory: what does not fit is spread over temporary files. */
export interface SeriesSpool {
  add(series: number, t: number, y: number, x: readonly number[]): void;
  /** Each series once; of rows with the same time the first stays, or all where asked. Nothing can be added afterwards. */
  drain(options?: { readonly sameTimes?: SameTimes }): Generator<SpooledSeries>;
  close(): void;
}

/**
 * @param exogenous how many exogenous values each row has
 *
 * Memory: 32 MB and the rows of the largest 64th of the series. Cost: O(rows) where the rows of a series come in order.
 */
export function createSeriesSpool(
  exogenous: number,
  options: { memoryDoubles?: number; folder?: string } = {},
): SeriesSpool {
  const width = 3 + exogenous;
  const most = Math.floor((options.memoryDoubles ?? MEMORY_DOUBLES) / width) * width;
  let kept = new Float64Array(Math.min(most, 1 << 16));
  let used = 0;
  let disk: Partitions | undefined;

  function makeRoom(): void {
    while (used + width > kept.length && kept.length < most) {
      const larger = new Float64Array(Math.min(most, kept.length * 2));
      larger.set(kept.subarray(0, used));
      kept = larger;
    }
    if (used + width <= kept.length) return;
    disk = openPartitions(width, options.folder ?? tmpdir());
    for (let at = 0; at < used; at += width) disk.write(kept, at);
    kept = new Float64Array(width);
    used = 0;
  }

  return {
    add(series, t, y, x) {
      if (disk === undefined) makeRoom();
      if (disk !== undefined) used = 0;
      kept[used] = series;
      kept[used + 1] = t;
      kept[used + 2] = y;
      for (let i = 0; i < exogenous; i++) kept[used + 3 + i] = x[i]!;
      if (disk === undefined) used += width;
      else disk.write(kept, 0);
    },
    *drain({ sameTimes = 'first' } = {}) {
      if (disk === undefined) {
        yield* seriesOf(kept.subarray(0, used), width, sameTimes);
        return;
      }
      kept = new Float64Array(0);
      for (let part = 0; part < PARTITIONS; part++)
        yield* seriesOf(disk.read(part), width, sameTimes);
    },
    close() {
      kept = new Float64Array(0);
      disk?.close();
    },
  };
}

interface Partitions {
  write(from: Float64Array, at: number): void;
  read(part: number): Float64Array;
  close(): void;
}

function openPartitions(width: number, parent: string): Partitions {
  const { files, close } = openTemporaryFiles(parent, PARTITIONS);
  const size = Math.floor(BUFFER_DOUBLES / width) * width || width;
  const buffers = files.map(() => new Float64Array(size));
  const used = new Int32Array(PARTITIONS);

  function flush(part: number): void {
    const bytes = new Uint8Array(buffers[part]!.buffer, 0, used[part]! * 8);
    for (let from = 0; from < bytes.length; ) from += writeSync(files[part]!, bytes, from);
    used[part] = 0;
  }

  return {
    write(from, at) {
      const part = from[at]! % PARTITIONS;
      if (used[part]! + width > size) flush(part);
      buffers[part]!.set(from.subarray(at, at + width), used[part]!);
      used[part]! += width;
    },
    read(part) {
      flush(part);
      const bytes = new Uint8Array(fstatSync(files[part]!).size);
      readBytesAt(files[part]!, bytes, 0);
      return new Float64Array(bytes.buffer);
    },
    close,
  };
}

/** Rows by series (counting sort, so that they stay in order), then each by time. */
function* seriesOf(
  rows: Float64Array,
  width: number,
  sameTimes: SameTimes,
): Generator<SpooledSeries> {
  const count = rows.length / width;
  let highest = -1;
  for (let i = 0; i < count; i++) highest = Math.max(highest, rows[i * width]!);
  const starts = new Int32Array(highest + 2);
  for (let i = 0; i < count; i++) starts[rows[i * width]! + 1]! += 1;
  for (let s = 0; s <= highest; s++) starts[s + 1]! += starts[s]!;
  const order = new Int32Array(count);
  const next = starts.slice();
  for (let i = 0; i < count; i++) order[next[rows[i * width]!]!++] = i;
  for (let series = 0; series <= highest; series++) {
    const [from, to] = [starts[series]!, starts[series + 1]!];
    if (to > from) yield oneSeries(rows, width, series, order.subarray(from, to), sameTimes);
  }
}

function oneSeries(
  rows: Float64Array,
  width: number,
  series: number,
  order: Int32Array,
  sameTimes: SameTimes,
): SpooledSeries {
  const time = (row: number): number => rows[row * width + 1]!;
  let unsorted = 0;
  for (let i = 1; i < order.length; i++) if (time(order[i]!) < time(order[i - 1]!)) unsorted++;
  // Equal times keep the order of the file.
  if (unsorted > 0) order.sort((a, b) => time(a) - time(b) || a - b);
  const kept =
    sameTimes === 'keep'
      ? order
      : order.filter((row, i) => i === 0 || time(row) !== time(order[i - 1]!));
  const column = (offset: number): Float64Array => {
    const out = new Float64Array(kept.length);
    for (let i = 0; i < kept.length; i++) out[i] = rows[kept[i]! * width + offset]!;
    return out;
  };
  return {
    series,
    t: column(1),
    y: column(2),
    x: Array.from({ length: width - 3 }, (_, i) => column(3 + i)),
    unsorted,
    duplicates: order.length - kept.length,
  };
}
