import { createHash } from 'node:crypto';
import { createRandom } from '../../../testing/random.ts';

/** Bytes a test server serves. `slices` gives `[start, end)` in order, in parts of at most a MiB. */
export interface Content {
  readonly sizeBytes: number;
  slices(start: number, end: number): Iterable<Buffer> | AsyncIterable<Buffer>;
}

const SLICE = 1 << 20;
/** Not a multiple of any piece size, so that no two pieces are alike. */
const PERIOD = 4_194_301;

export function bufferContent(bytes: Uint8Array): Content {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    sizeBytes: buffer.length,
    *slices(start, end) {
      for (let at = start; at < end; at += SLICE)
        yield buffer.subarray(at, Math.min(end, at + SLICE));
    },
  };
}

const patterns = new Map<number, Buffer>();

/** Bytes without end from a seed: random ones, repeated after four million, so any size costs 4 MB of memory and no time. */
export function patternContent(sizeBytes: number, seed = 1): Content {
  let pattern = patterns.get(seed);
  if (!pattern) {
    const random = createRandom(seed);
    const words = new Uint32Array(Math.ceil(PERIOD / 4));
    for (let i = 0; i < words.length; i++) words[i] = Math.floor(random() * 4_294_967_296);
    pattern = Buffer.from(words.buffer, 0, PERIOD);
    patterns.set(seed, pattern);
  }
  const block = pattern;
  return {
    sizeBytes,
    *slices(start, end) {
      for (let at = start; at < end; ) {
        const from = at % PERIOD;
        const to = Math.min(PERIOD, from + SLICE, from + end - at);
        yield block.subarray(from, to);
        at += to - from;
      }
    },
  };
}

export async function contentBytes(content: Content): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of content.slices(0, content.sizeBytes)) parts.push(part);
  return Buffer.concat(parts);
}

export async function contentHash(content: Content, algorithm = 'sha256'): Promise<string> {
  const hash = createHash(algorithm);
  for await (const part of content.slices(0, content.sizeBytes)) hash.update(part);
  return hash.digest('hex');
}
