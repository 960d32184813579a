import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { inspectFile } from '../csv/inspect-file.ts';
import { readRows } from '../csv/read-rows.ts';
import type { TextChoices } from './contract.ts';
import { seriesSourceErrors } from './errors.ts';
import type { RejectedLine, Source, SourceCell } from './source.ts';

/**
 * A delimited text file; how it is written is found unless chosen.
 * @param name as people know it, where the path does not say
 * @throws SERIES_FILE_EMPTY, SERIES_FILE_BINARY
 */
export async function openCsv(
  path: string,
  choices: TextChoices = {},
  name: string = basename(path),
): Promise<Source> {
  const found = await inspectFile(path, choices);
  if (found === undefined) throw seriesSourceErrors.SERIES_FILE_EMPTY({ name });
  if ('binary' in found) throw seriesSourceErrors.SERIES_FILE_BINARY({ name, kind: found.binary });
  if (found.preview.length === 0) throw seriesSourceErrors.SERIES_FILE_EMPTY({ name });
  const { encoding, delimiter, hasHeader, dateOrder, decimalMark } = found;
  const columns = found.columns.map((column) => column.name);
  const { size } = await stat(path);

  return {
    name,
    columns,
    samples: columns.map((_, i) => found.preview.map((row) => row[i] ?? '')),
    text: { encoding, delimiter, hasHeader, dateOrder, decimalMark },
    async *read(wanted) {
      const rows = readRows(createReadStream(path, { highWaterMark: 1 << 18 }), {
        encoding,
        delimiter,
        hasHeader,
        width: columns.length,
        rules: wanted.map((index) => ({ name: columns[index]!, index, type: 'text' as const })),
        format: { timeZone: 'UTC', dateOrder, decimalMark, backslashIsYen: false },
      });
      for await (const batch of rows) {
        const rejected: RejectedLine[] = batch.rejected.flatMap(({ errors }) => [...errors]);
        const fraction = size === 0 ? 1 : Math.min(1, batch.bytesRead / size);
        yield { rows: batch.rows as SourceCell[][], lines: batch.lines, rejected, fraction };
      }
    },
    close: async () => {},
  };
}
