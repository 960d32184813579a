import type { SeriesLayout, TimeKind } from './contract.ts';
import { idColumn } from './id-column.ts';
import { withJoinedTime } from './joined-time.ts';
import { columnsOf } from './layout.ts';
import { openFile } from './open-file.ts';
import { readSeries } from './read-series.ts';

/** One series of a file, its rows in the order of time; rows of the same time are all there. */
export interface FileSeries {
  readonly id: string;
  /** False where all rows are of the one series of the file. */
  readonly named: boolean;
  readonly t: Float64Array;
  readonly y: Float64Array;
  /** Exogenous columns by name. */
  readonly x: Readonly<Record<string, Float64Array>>;
  readonly timeKind: TimeKind;
  /** Rows that stood behind one of a later time in the file. */
  readonly unsorted: number;
}

/** The series of a file after all of it was read. Close it: what did not fit into memory lies in temporary files. */
export interface FileSeriesReading {
  /** Number of series. */
  readonly series: number;
  readonly rowsRejected: number;
  each(): Generator<FileSeries>;
  close(): void;
}

/**
 * Reads a CSV or Parquet file into series. Columns that are not named are found; exogenous ones are not.
 *
 * @param onRead told how much of the file is read, 0..1; what it throws ends the reading
 * @throws SERIES_…
 */
export async function readFileSeries(
  file: string,
  layout: SeriesLayout,
  onRead: (fraction: number) => void = () => {},
): Promise<FileSeriesReading> {
  const source = await openFile(file, layout);
  try {
    const table = withJoinedTime(source, layout);
    const id = layout.id ?? idColumn(table, layout);
    const columns = columnsOf(table, { exogenous: [], ...layout, ...(id && { id }) });
    const { names, rowsRejected, spool } = await readSeries(table, columns, { progress: onRead });
    const several = names.some(({ loto }) => loto !== names[0]!.loto);
    const named = several || columns.id !== null || columns.values.kind !== 'long';
    return {
      series: names.length,
      rowsRejected,
      *each() {
        for (const { series, t, y, x, unsorted } of spool.drain({ sameTimes: 'keep' })) {
          const { loto, uniqueId } = names[series]!;
          yield {
            id: several ? `${loto}/${uniqueId}` : uniqueId,
            named,
            ...{ t, y, timeKind: columns.timeKind, unsorted },
            x: Object.fromEntries(columns.exogenous.map(({ name }, i) => [name, x[i]!])),
          };
        }
      },
      close: () => spool.close(),
    };
  } finally {
    await source.close();
  }
}
