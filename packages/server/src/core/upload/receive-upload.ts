import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { uploadErrors } from './errors.ts';

export interface ReceivedFile {
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * Writes a stream to a file, whose folder is made where it is missing. The file has its name only when it is whole; one that
 * breaks off leaves nothing behind.
 *
 * @throws UPLOAD_EMPTY, UPLOAD_TOO_LARGE, UPLOAD_INTERRUPTED, UPLOAD_DISK_FULL
 */
export async function receiveUpload(
  source: Readable,
  file: { readonly path: string; readonly name: string; readonly limitMb: number },
): Promise<ReceivedFile> {
  const { path, name, limitMb } = file;
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.part`;
  const sha256 = createHash('sha256');
  let sizeBytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      sha256.update(chunk);
      if (sizeBytes > limitMb * 2 ** 20) done(uploadErrors.UPLOAD_TOO_LARGE({ limitMb }));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(source, measure, createWriteStream(partial, { flags: 'wx' }));
    if (sizeBytes === 0) throw uploadErrors.UPLOAD_EMPTY({ name });
    await rename(partial, path);
    return { sizeBytes, sha256: sha256.digest('hex') };
  } catch (error) {
    await rm(partial, { force: true });
    throw explain(error);
  }
}

function explain(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return uploadErrors.UPLOAD_DISK_FULL({}, { cause: error });
  }
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'ABORT_ERR') {
    return uploadErrors.UPLOAD_INTERRUPTED({}, { cause: error });
  }
  return error;
}
