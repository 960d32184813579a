import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { createBLAKE3 } from 'hash-wasm';
import { type Content, patternContent } from '../content.ts';

/** A safetensors file of one tensor of made-up weights: any size at no cost, the same bytes on every machine. */
export function madeWeights(sizeBytes: number, seed: number): Content {
  const headerBytes = 120;
  const dataBytes = sizeBytes - 8 - headerBytes;
  const header = JSON.stringify({
    __metadata__: { format: 'pt' },
    weight: { dtype: 'U8', shape: [dataBytes], data_offsets: [0, dataBytes] },
  }).padEnd(headerBytes, ' ');
  const head = Buffer.alloc(8 + headerBytes);
  head.writeBigUInt64LE(BigInt(headerBytes));
  head.write(header, 8, 'latin1');
  const data = patternContent(dataBytes, seed);
  return {
    sizeBytes,
    async *slices(start, end) {
      if (start < head.length) yield head.subarray(start, Math.min(end, head.length));
      if (end > head.length)
        yield* data.slices(Math.max(0, start - head.length), end - head.length);
    },
  };
}

/** The hashes that CivitAI records, in its manner. `offset` is where the bytes after the safetensors header begin. */
export async function recordedHashes(content: Content): Promise<Record<string, string>> {
  const whole = createHash('sha256');
  const afterHeader = createHash('sha256');
  const middle = createHash('sha256');
  const blake3 = await createBLAKE3();
  let crc = 0;
  let at = 0;
  let offset = Number.POSITIVE_INFINITY;
  for await (const part of content.slices(0, content.sizeBytes)) {
    if (at === 0) offset = 8 + Number(part.readBigUInt64LE(0));
    whole.update(part);
    blake3.update(part);
    crc = crc32(part, crc);
    if (at + part.length > offset) afterHeader.update(part.subarray(Math.max(0, offset - at)));
    const from = Math.max(0, MIDDLE - at);
    const to = Math.min(part.length, MIDDLE + MIDDLE_BYTES - at);
    if (to > from) middle.update(part.subarray(from, to));
    at += part.length;
  }
  const sha256 = whole.digest('hex').toUpperCase();
  const reversed = Buffer.alloc(4);
  reversed.writeUInt32LE(crc >>> 0);
  return {
    SHA256: sha256,
    AutoV2: sha256.slice(0, 10),
    AutoV3: afterHeader.digest('hex').slice(0, 12).toUpperCase(),
    BLAKE3: blake3.digest('hex').toUpperCase(),
    CRC32: reversed.toString('hex').toUpperCase(),
    // Absent under 2 MiB.
    ...(content.sizeBytes >= 2 * MIDDLE && {
      AutoV1: middle.digest('hex').slice(0, 8).toUpperCase(),
    }),
  };
}

const MIDDLE = 1_048_576;
const MIDDLE_BYTES = 65_536;
