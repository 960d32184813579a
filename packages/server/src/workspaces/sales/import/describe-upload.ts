import type { Compute } from '../../../core/compute/compute.ts';
import type { DetectedFile, DetectOptions } from '../../../core/csv/detect.ts';
import type { Database } from '../../../core/db/database.ts';
import { uploadErrors } from '../../../core/upload/errors.ts';
import { fieldTypes, type Upload } from '../contract.ts';
import { salesErrors } from '../errors.ts';
import { findStoredDuplicate } from '../store/imports.ts';
import { salesQuery, type UploadRow } from '../store/tables.ts';
import { guessFields } from './fields.ts';
import type { InspectTask } from './inspect-task.ts';
import type { Uploads } from './uploads.ts';

/** Columns of a file that are shown; a table of sales has a tenth of them. */
const MOST_COLUMNS = 500;

/**
 * What an uploaded file seems to be, with what a person chose in place of what would be found. A file that is no text
 * is removed.
 *
 * @throws SALES_UPLOAD_BINARY
 */
export async function describeUpload(
  deps: { db: Database; compute: Compute; uploads: Uploads },
  upload: UploadRow,
  choices: Pick<DetectOptions, 'encoding' | 'delimiter' | 'hasHeader'>,
): Promise<Upload> {
  const task: InspectTask = { file: deps.uploads.path(upload.id), ...choices };
  const module = new URL('./inspect-task.ts', import.meta.url);
  const found = await deps.compute.run<DetectedFile | { binary: string } | undefined>(
    module,
    task,
    {
      name: 'inspect',
    },
  );
  if (found === undefined || 'binary' in found) {
    await deps.uploads.remove(upload.id);
    const { name } = upload;
    throw found === undefined
      ? uploadErrors.UPLOAD_EMPTY({ name })
      : salesErrors.SALES_UPLOAD_BINARY({ name, kind: found.binary });
  }
  const columns = found.columns.slice(0, MOST_COLUMNS);
  const fields = guessFields(columns);
  const duplicate = await findStoredDuplicate(salesQuery(deps.db), upload.sha256);
  return {
    id: upload.id,
    name: upload.name,
    sizeBytes: upload.size_bytes,
    sha256: upload.sha256,
    duplicateOf: duplicate
      ? {
          importId: duplicate.id,
          name: duplicate.name,
          finishedAt: duplicate.finished_at ?? duplicate.created_at,
        }
      : null,
    encoding: found.encoding,
    delimiter: found.delimiter,
    hasHeader: found.hasHeader,
    columns: columns.map(({ index, name, type, samples }) => {
      const field = fields[index]!;
      const readAs = field === 'ignore' ? type : fieldTypes[field][0];
      return { index, name, type: readAs, field, samples: [...samples] };
    }),
    preview: found.preview.map((row) => [...row]),
    rowsEstimated: estimateRows(found, upload.size_bytes),
    dateOrder: found.dateOrder,
  };
}

function estimateRows({ rowsPerByte, hasHeader }: DetectedFile, sizeBytes: number): number {
  return Math.max(0, Math.round(rowsPerByte * sizeBytes) - (hasHeader ? 1 : 0));
}
