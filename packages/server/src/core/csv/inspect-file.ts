import { isAscii } from 'node:buffer';
import { open } from 'node:fs/promises';
import { type DetectedFile, type DetectOptions, detectCsv } from './detect.ts';
import { findEncodingAhead } from './encoding-ahead.ts';

const SAMPLE_BYTES = 1 << 20;

/**
 * Looks at the first megabyte of a file, and further for its encoding where that is nothing but ASCII. A kind of binary
 * file when it is no text; undefined when it is empty.
 */
export async function inspectFile(
  path: string,
  choices: Pick<DetectOptions, 'encoding' | 'delimiter' | 'hasHeader'> = {},
): Promise<DetectedFile | { readonly binary: string } | undefined> {
  const file = await open(path);
  try {
    const buffer = new Uint8Array(SAMPLE_BYTES);
    const { bytesRead } = await file.read(buffer, 0, SAMPLE_BYTES, 0);
    if (bytesRead === 0) return undefined;
    const { size } = await file.stat();
    const sample = buffer.subarray(0, bytesRead);
    const options = { truncated: size > bytesRead, ...choices };
    const found = detectCsv(sample, options);
    if ('binary' in found || found.encodingCertain || !isAscii(sample)) return found;
    const encoding = await findEncodingAhead(file, bytesRead);
    return encoding === undefined ? found : detectCsv(sample, { ...options, encoding });
  } finally {
    await file.close();
  }
}
