import { constants, inflateRawSync } from 'node:zlib';
import type { ByteSource } from '../source.ts';
import type { Decoded } from './decoded.ts';

/** Deflate makes at most 1032 bytes of one: this much can be unpacked without asking for a limit first. */
const FIRST_BYTES = 4096;
const FINEST_STEP = 64;

type Attempt = { readonly bytes: Buffer; readonly used: number } | 'too-much' | 'broken';

/**
 * Raw deflate. zlib gives all or nothing; the beginning of a stream that is too long or breaks is had by giving it less to read,
 * so that what was packed before the fault is seen.
 */
export function inflate(
  source: ByteSource,
  start: number,
  limit: number,
  packed = source.size,
): Decoded {
  const available = Math.max(0, Math.min(packed, source.reach - start));
  let good = 0;
  let best: Buffer = Buffer.alloc(0);
  let bad = available + 1;
  let failure: Decoded['state'] = 'broken';
  let length = Math.min(available, FIRST_BYTES);
  while (true) {
    const attempt = inflateBytes(source.read(start, length), limit);
    if (typeof attempt === 'string') {
      bad = length;
      failure = attempt === 'too-much' ? 'limit' : 'broken';
    } else {
      // The byte added behind the end was not needed: the stream ended before it.
      if (attempt.used <= length)
        return { bytes: attempt.bytes, state: 'whole', end: start + attempt.used };
      good = length;
      best = attempt.bytes;
      // Half of the limit is as good as all of it where much more is to come.
      const expected = (available / good) * best.length;
      if (best.length >= limit / 2 && expected > 2 * limit) {
        return { bytes: best, state: 'limit', end: start + good };
      }
    }
    if (bad > available) {
      if (good === available) {
        const cut = available < Math.min(packed, source.size - start);
        return { bytes: best, state: cut ? 'limit' : 'broken', end: start + good };
      }
      const expected = best.length === 0 ? 4 : (0.9 * limit) / best.length;
      length = Math.min(available, Math.ceil(good * Math.max(1.25, Math.min(expected, 16))));
    } else if (
      bad - good <=
      (failure === 'limit' ? Math.max(FINEST_STEP, good / 8) : FINEST_STEP)
    ) {
      if (failure === 'broken') return { bytes: best, state: 'broken', end: start + good };
      return { bytes: best, state: 'limit', end: start + good };
    } else {
      length = Math.floor((good + bad) / 2);
    }
  }
}

function inflateBytes(packed: Buffer, limit: number): Attempt {
  try {
    // One byte more than there is: a stream that ends leaves it.
    const input = Buffer.concat([packed, Buffer.alloc(1)]);
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: limit, info: true };
    const { buffer, engine } = inflateRawSync(input, options) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return { bytes: buffer, used: engine.bytesWritten };
  } catch (error) {
    return (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-much' : 'broken';
  }
}
