import { isAscii } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import type { Encoding } from './contract.ts';
import { detectEncoding } from './encoding.ts';

const CHUNK_BYTES = 1 << 20;
/** From the first byte that is not ASCII: what the encoding is told by. */
const EVIDENCE_BYTES = 256 * 1024;

/**
 * The encoding of a file that begins with nothing but ASCII, by the first text of another kind in it: a customer's name
 * may come after a gigabyte of digits. Undefined when it is ASCII to its end.
 *
 * Cost: one reading of the file up to that text, a gigabyte in about half a second.
 */
export async function findEncodingAhead(
  file: FileHandle,
  from: number,
): Promise<Encoding | undefined> {
  const buffer = new Uint8Array(CHUNK_BYTES);
  for (let position = from; ; position += CHUNK_BYTES) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return undefined;
    const chunk = buffer.subarray(0, bytesRead);
    if (isAscii(chunk)) continue;
    const evidence = new Uint8Array(EVIDENCE_BYTES);
    const start = position + chunk.findIndex((byte) => byte > 0x7f);
    const read = await file.read(evidence, 0, EVIDENCE_BYTES, start);
    return detectEncoding(evidence.subarray(0, read.bytesRead)).encoding;
  }
}
