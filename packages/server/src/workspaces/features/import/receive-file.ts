import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { featuresErrors } from '../errors.ts';

/**
 * Writes a stream to a file; one that breaks off leaves nothing behind.
 * @returns its length in bytes
 * @throws FEATURES_UPLOAD_TOO_LARGE, FEATURES_UPLOAD_INTERRUPTED, FEATURES_FILE_EMPTY, FEATURES_DISK_FULL
 */
export async function receiveFile(
  source: Readable,
  file: { path: string; name: string; limitMb: number },
): Promise<number> {
  const { path, name, limitMb } = file;
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.part`;
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limitMb * 2 ** 20) done(featuresErrors.FEATURES_UPLOAD_TOO_LARGE({ limitMb }));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(source, measure, createWriteStream(partial, { flags: 'wx' }));
    if (size === 0) throw featuresErrors.FEATURES_FILE_EMPTY({ name });
    await rename(partial, path);
    return size;
  } catch (error) {
    await rm(partial, { force: true });
    throw explain(error);
  }
}

function explain(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return featuresErrors.FEATURES_DISK_FULL({}, { cause: error });
  }
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'ABORT_ERR') {
    return featuresErrors.FEATURES_UPLOAD_INTERRUPTED({}, { cause: error });
  }
  return error;
}
