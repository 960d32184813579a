/** A chain of relative maxima through neighbouring rows. */
export interface RidgeLine {
  /** How many maxima it has. */
  readonly length: number;
  /** Its maximum in the lowest row; of several in that row the one that came first. */
  readonly row: number;
  readonly column: number;
}

interface OpenLine {
  length: number;
  row: number;
  column: number;
  /** Column of the maximum that joined last. */
  lastColumn: number;
  gap: number;
}

/** A line ends when it misses more than one row in succession. */
const LONGEST_GAP = 1;

/**
 * Lines of relative maxima, followed from the widest row that has any to the first. A maximum joins the nearest line whose
 * last maximum is within a quarter of the width of its row (row + 1), else it begins a line.
 *
 * @param rows one transform for each of the widths 1, 2, …, all of n values.
 *
 * Cost: O(n · rows · (1 + rows / 4)). Source: Du, Kibbe & Lin (2006), Bioinformatics 22(17), 2059–2065, 2.2; compare scipy
 *   1.10 `find_peaks_cwt`.
 */
export function ridgeLines(rows: readonly Float64Array[]): RidgeLine[] {
  let open: OpenLine[] = [];
  const ended: OpenLine[] = [];
  let started = false;
  for (let row = rows.length - 1; row >= 0; row--) {
    const maxima = relativeMaxima(rows[row]!);
    if (!started && maxima.length === 0) continue;
    for (const line of open) line.gap++;
    joinMaxima(open, maxima, row, started ? Math.floor((row + 1) / 4) : -1, rows[row]!.length);
    started = true;
    const going: OpenLine[] = [];
    for (const line of open) (line.gap > LONGEST_GAP ? ended : going).push(line);
    open = going;
  }
  return [...ended, ...open];
}

/** Places whose value exceeds both neighbours; the ends never do. */
function relativeMaxima(values: Float64Array): Int32Array {
  const places = new Int32Array(values.length >> 1);
  let count = 0;
  for (let t = 1; t < values.length - 1; t++) {
    if (values[t]! > values[t - 1]! && values[t]! > values[t + 1]!) places[count++] = t;
  }
  return places.subarray(0, count);
}

/** Lines are found by the column of their last maximum before this row; the first of several there counts. */
function joinMaxima(
  open: OpenLine[],
  maxima: Int32Array,
  row: number,
  reach: number,
  columns: number,
): void {
  const lineAt = new Int32Array(columns).fill(-1);
  for (let i = open.length - 1; i >= 0; i--) lineAt[open[i]!.lastColumn] = i;
  for (const column of maxima) {
    let nearest = -1;
    for (let away = 0; away <= reach && nearest < 0; away++) {
      const left = column - away >= 0 ? lineAt[column - away]! : -1;
      const right = column + away < columns ? lineAt[column + away]! : -1;
      nearest = left >= 0 && right >= 0 ? Math.min(left, right) : Math.max(left, right);
    }
    if (nearest < 0) {
      open.push({ length: 1, row, column, lastColumn: column, gap: 0 });
      continue;
    }
    const line = open[nearest]!;
    // Rows are visited downwards, so a new row is the lowest so far.
    if (line.row !== row) {
      line.row = row;
      line.column = column;
    }
    line.length++;
    line.lastColumn = column;
    line.gap = 0;
  }
}
