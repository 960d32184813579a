import { valueFormatSchema } from '../csv/contract.ts';
import { createMeasureParser } from '../series-source/cells.ts';
import type { TextChoices } from '../series-source/contract.ts';
import { seriesSourceErrors } from '../series-source/errors.ts';
import { openFile } from '../series-source/open-file.ts';
import { clustersErrors } from './errors.ts';

/** Columns of numbers of a file, with what names its rows. */
export interface NumberFile {
  readonly name: string;
  /** One for each column asked for; `NaN` where the cell is empty or no number. */
  readonly columns: readonly Float64Array[];
  /** Line of each row in the file. */
  readonly lines: readonly number[];
  /** Of the column that names rows; null where none was asked for. */
  readonly ids: readonly string[] | null;
  /** Rows that are broken, as a whole. */
  readonly rowsRejected: number;
}

/**
 * Reads columns of numbers from a CSV or Parquet file.
 *
 * @param onRead told how much of the file is read, 0..1
 * @throws SERIES_FILE_…, SERIES_COLUMN_UNKNOWN, SERIES_COLUMN_TWICE, CLUSTERS_NO_NUMBERS
 */
export async function readColumns(
  path: string,
  { columns, id }: { readonly columns: readonly string[]; readonly id?: string | undefined },
  choices: TextChoices = {},
  onRead: (fraction: number) => void = () => {},
): Promise<NumberFile> {
  const source = await openFile(path, choices);
  try {
    const names = id === undefined ? columns : [...columns, id];
    const places = names.map((column, i) => {
      const place = source.columns.indexOf(column);
      if (place < 0) {
        const known = source.columns.join(', ');
        throw seriesSourceErrors.SERIES_COLUMN_UNKNOWN({ column, columns: known });
      }
      if (names.indexOf(column) < i) throw seriesSourceErrors.SERIES_COLUMN_TWICE({ column });
      return place;
    });
    const measure = createMeasureParser(
      valueFormatSchema.parse({
        timeZone: 'UTC',
        decimalMark: source.text?.decimalMark,
        backslashIsYen: source.text?.encoding === 'shift_jis',
      }),
    );
    const values = columns.map(() => [] as number[]);
    const lines: number[] = [];
    const ids: string[] | null = id === undefined ? null : [];
    let rowsRejected = 0;
    for await (const batch of source.read(places)) {
      rowsRejected += new Set(batch.rejected.map(({ line }) => line)).size;
      for (const [i, cells] of batch.rows.entries()) {
        lines.push(batch.lines[i]!);
        ids?.push(String(cells[columns.length] ?? '').trim());
        for (let k = 0; k < columns.length; k++) values[k]!.push(measure(cells[k]!) ?? Number.NaN);
      }
      onRead(batch.fraction);
    }
    if (lines.length === 0) throw seriesSourceErrors.SERIES_FILE_EMPTY({ name: source.name });
    for (const [k, column] of columns.entries()) {
      if (values[k]!.some(Number.isFinite)) continue;
      const sample = source.samples[places[k]!]!.find((text) => text.trim() !== '') ?? '';
      throw clustersErrors.CLUSTERS_NO_NUMBERS({ column, sample });
    }
    return {
      name: source.name,
      columns: values.map((list) => Float64Array.from(list)),
      lines,
      ids,
      rowsRejected,
    };
  } finally {
    await source.close();
  }
}
