import { rowErrorTexts } from '../csv/row-error-text.ts';
import type { Words } from '../errors.ts';
import { createMeasureParser, createTimeParser, readNumbers } from './cells.ts';
import { LOTO_CHARS, UNIQUE_ID_CHARS } from './contract.ts';
import { seriesSourceErrors } from './errors.ts';
import type { Columns } from './layout.ts';
import { createSeriesSpool, type SeriesSpool } from './series-spool.ts';
import type { RejectedLine, Source, SourceCell } from './source.ts';

/** More names than this are a wrong column, not series. */
const MOST_SERIES = 1_000_000;
/** Rejected rows that are kept for the report. */
export const LISTED_REJECTIONS = 1000;
const SHOWN_CHARS = 200;
/** For the name of the column or place that a value of a wide row comes from. */
const PART_CHARS = 40;

export interface SeriesName {
  readonly loto: string;
  readonly uniqueId: string;
}

export interface ReadSeries {
  /** By the number that the spool gives. */
  readonly names: readonly SeriesName[];
  readonly spool: SeriesSpool;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  /** The first of them. */
  readonly rejected: readonly RejectedLine[];
}

/**
 * Reads all rows of a source into series. Close the spool afterwards.
 * @throws SERIES_TOO_MANY, SERIES_NOTHING_READ
 */
export async function readSeries(
  source: Source,
  columns: Columns,
  options: { progress?: (fraction: number) => void; memoryDoubles?: number } = {},
): Promise<ReadSeries> {
  const { exogenous } = columns;
  const spool = createSeriesSpool(
    exogenous.length,
    options.memoryDoubles === undefined ? {} : { memoryDoubles: options.memoryDoubles },
  );
  const rejected: RejectedLine[] = [];
  const names = createNames(source, columns);
  let rowsRead = 0;
  let rowsRejected = 0;
  const reject = (line: RejectedLine): void => {
    if (rejected.length < LISTED_REJECTIONS) rejected.push(line);
  };
  try {
    const { wanted, read } = createRowReader(source, columns, names, spool);
    for await (const batch of source.read(wanted)) {
      for (const line of batch.rejected) reject(line);
      const lines = new Set(batch.rejected.map(({ line }) => line)).size;
      rowsRead += batch.rows.length + lines;
      rowsRejected += lines;
      for (const [i, cells] of batch.rows.entries()) {
        const problem = read(cells, batch.lines[i]!);
        if (problem === null) continue;
        reject(problem);
        rowsRejected++;
      }
      options.progress?.(batch.fraction);
    }
  } catch (error) {
    spool.close();
    throw error;
  }
  if (names.all.length === 0) {
    spool.close();
    const { name } = source;
    const first = rejected[0];
    if (first === undefined) throw seriesSourceErrors.SERIES_FILE_EMPTY({ name });
    const { line, code, column } = first;
    const where = column === null ? '' : `${column}: `;
    const known: Readonly<Record<string, Words>> = rowErrorTexts;
    const texts = known[code] ?? { en: code, ja: code };
    throw seriesSourceErrors.SERIES_NOTHING_READ({
      name,
      line,
      reason: { en: where + texts.en, ja: where + texts.ja },
    });
  }
  return { names: names.all, spool, rowsRead, rowsRejected, rejected };
}

/** Numbers for the names of series, in the order in which they come. */
function createNames(source: Source, columns: Columns) {
  const byLoto = new Map<string, Map<string, number>>();
  const all: SeriesName[] = [];
  return {
    all,
    number(loto: string, uniqueId: string): number {
      let group = byLoto.get(loto);
      // A cell is a slice that keeps its whole block of the file in memory: what is kept is copied.
      if (group === undefined) {
        group = new Map();
        byLoto.set(copy(loto), group);
      }
      const known = group.get(uniqueId);
      if (known !== undefined) return known;
      if (all.length === MOST_SERIES) {
        const column = source.columns[columns.id ?? columns.loto ?? columns.time]!;
        throw seriesSourceErrors.SERIES_TOO_MANY({ limit: MOST_SERIES, column });
      }
      const name = { loto: copy(loto), uniqueId: copy(uniqueId) };
      group.set(name.uniqueId, all.length);
      return all.push(name) - 1;
    },
  };
}

function copy(text: string): string {
  return Buffer.from(text).toString();
}

function createRowReader(
  source: Source,
  columns: Columns,
  names: ReturnType<typeof createNames>,
  spool: SeriesSpool,
) {
  const wanted: number[] = [];
  const at = (index: number | null): number => (index === null ? -1 : wanted.push(index) - 1);
  const time = at(columns.time);
  const loto = at(columns.loto);
  const id = at(columns.id);
  const { values, exogenous, format } = columns;
  const y = values.kind === 'wide' ? -1 : at(values.column);
  const wide =
    values.kind === 'wide'
      ? values.columns.map((column) => ({ ...column, at: at(column.index) }))
      : [];
  const extra = exogenous.map(({ index }) => at(index));
  const parseTime = createTimeParser(columns.timeKind, format);
  const measure = createMeasureParser(format);
  const x: number[] = new Array(extra.length);

  const problem = (
    line: number,
    position: number,
    cell: SourceCell,
    code: string,
  ): RejectedLine => ({
    line,
    column: source.columns[wanted[position]!] ?? null,
    code,
    value: cell === null ? null : String(cell).slice(0, SHOWN_CHARS),
  });

  /** Series of a row: by its own name, and by the column or place a value comes from. */
  const seriesName = (own: string | null, part: string): string =>
    own === null ? part : `${own}-${part}`;

  function read(cells: readonly SourceCell[], line: number): RejectedLine | null {
    const t = parseTime(cells[time]!);
    if (typeof t !== 'number') return problem(line, time, cells[time]!, t);
    const group = loto === -1 ? columns.lotoName : textOf(cells[loto]!);
    const own = id === -1 ? null : textOf(cells[id]!);
    const wrongName = nameProblem(group, LOTO_CHARS);
    if (wrongName !== null) return problem(line, loto, cells[loto] ?? group, wrongName);
    const wrongId = own === null ? null : nameProblem(own, UNIQUE_ID_CHARS - PART_CHARS);
    if (wrongId !== null) return problem(line, id, cells[id]!, wrongId);
    for (const [i, position] of extra.entries()) {
      const value = measure(cells[position]!);
      if (value === undefined) return problem(line, position, cells[position]!, 'not-a-number');
      x[i] = value;
    }
    if (values.kind === 'long') {
      const value = measure(cells[y]!);
      if (value === undefined) return problem(line, y, cells[y]!, 'not-a-number');
      spool.add(names.number(group, own ?? 'y'), t, value, x);
      return null;
    }
    if (values.kind === 'list') {
      const numbers = readNumbers(cells[y]!, measure);
      if (numbers === undefined) return problem(line, y, cells[y]!, 'not-a-number');
      if (numbers.length === 0) return problem(line, y, cells[y]!, 'required');
      numbers.forEach((value, i) => {
        spool.add(names.number(group, seriesName(own, `N${i + 1}`)), t, value, x);
      });
      return null;
    }
    const numbers = wide.map((column) => measure(cells[column.at]!));
    const wrong = numbers.indexOf(undefined);
    if (wrong !== -1) {
      const position = wide[wrong]!.at;
      return problem(line, position, cells[position]!, 'not-a-number');
    }
    wide.forEach((column, i) => {
      spool.add(names.number(group, seriesName(own, column.id)), t, numbers[i]!, x);
    });
    return null;
  }
  return { wanted, read };
}

function nameProblem(name: string, most: number): string | null {
  if (name === '') return 'required';
  if (name.length > most) return 'too-long';
  return name.includes('\0') ? 'invalid-characters' : null;
}

function textOf(cell: SourceCell): string {
  return cell === null ? '' : String(cell).trim();
}
