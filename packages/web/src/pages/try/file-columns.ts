/** What stands at the begin of a delimited text file. */
export interface FileColumns {
  readonly columns: readonly string[];
  /** The first rows. */
  readonly rows: readonly (readonly string[])[];
}

const BYTES = 64 * 1024;
const ROWS = 50;
const MARKS = [',', '\t', ';', '|'] as const;
const nothing: FileColumns = { columns: [], rows: [] };

/**
 * Looks into a text file on the reader's own machine, so that columns can be chosen before it is sent. What the server
 * finds out counts; this only offers names. Nothing is found in a Parquet file.
 */
export async function fileColumns(file: File): Promise<FileColumns> {
  const bytes = new Uint8Array(await file.slice(0, BYTES).arrayBuffer());
  const text = decoded(bytes);
  if (text === null) return nothing;
  const lines = text.split(/\r\n|\n|\r/);
  // The last line may be cut off.
  if (file.size > BYTES) lines.pop();
  const [first = '', ...rest] = lines.filter((line) => line.trim() !== '');
  const counts = MARKS.map((mark) => cellsOf(first, mark).length);
  const mark = MARKS[counts.indexOf(Math.max(...counts))]!;
  const columns = cellsOf(first, mark).map((cell) => cell.trim());
  if (columns.includes('')) return nothing;
  return { columns, rows: rest.slice(0, ROWS).map((line) => cellsOf(line, mark)) };
}

/** UTF-8, else Shift_JIS, or UTF-16 with its mark; null for what is no text. */
function decoded(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) return null;
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      // As a stream: a character may be cut off at the end.
      return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    } catch {}
  }
  return null;
}

/** Cells of a line; a doubled quote within quotes is one. */
function cellsOf(line: string, mark: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const sign = line[i]!;
    if (sign === '"' && quoted && line[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (sign === '"') quoted = !quoted;
    else if (sign === mark && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell];
}
