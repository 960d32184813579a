import { isUtf8 } from 'node:buffer';
import type { Encoding } from './contract.ts';
import { type ByteEvidence, weighEucJp, weighShiftJis } from './japanese-bytes.ts';

/** What the bytes of a file say about its encoding. */
export interface EncodingGuess {
  readonly encoding: Encoding;
  /** False when another answer would fit as well: nothing but ASCII so far, or an encoding guessed by elimination. */
  readonly certain: boolean;
}

// Byte statistics change little beyond this.
const SAMPLE_BYTES = 256 * 1024;
/** An invalid byte speaks louder than a valid character. */
const INVALID_COST = 3;
/** Below this share of plausible characters, text is taken for Western. */
const LEAST_PLAUSIBLE = 0.4;

/**
 * Finds the encoding of a text file from its first bytes: a byte order mark; the zero bytes of UTF-16; valid UTF-8; else
 * whichever of UTF-8, Shift_JIS and EUC-JP reads most plausibly; else windows-1252.
 *
 * A sample may end inside a character. Of a sample without a byte above 0x7F nothing can be said but `utf-8`, uncertain:
 * `createByteDecoder('auto')` then decides where the first such byte appears.
 */
export function detectEncoding(bytes: Uint8Array): EncodingGuess {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const marked = byteOrderMark(sample) ?? zeroBytes(sample);
  if (marked !== null) return { encoding: marked, certain: true };
  const from = sample.findIndex((byte) => byte > 0x7f);
  if (from === -1) return { encoding: 'utf-8', certain: false };
  if (isUtf8(withoutCutCharacter(sample))) return { encoding: 'utf-8', certain: true };

  const candidates: { encoding: Encoding; score: number }[] = [
    { encoding: 'utf-8', score: score(weighUtf8(sample)) },
    { encoding: 'shift_jis', score: score(weighShiftJis(sample)) },
    { encoding: 'euc-jp', score: score(weighEucJp(sample)) },
  ];
  const best = candidates.reduce((a, b) => (b.score > a.score ? b : a));
  if (best.score < LEAST_PLAUSIBLE) return { encoding: 'windows-1252', certain: false };
  return { encoding: best.encoding, certain: best.score > 2 * LEAST_PLAUSIBLE };
}

function score({ characters, invalid, plausibility }: ByteEvidence): number {
  return (plausibility - INVALID_COST * invalid) / (characters + invalid || 1);
}

function byteOrderMark(bytes: Uint8Array): Encoding | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 without a mark: delimiters, digits and line breaks put zeros at every other place, and nearly only there. */
function zeroBytes(bytes: Uint8Array): Encoding | null {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 0) continue;
    if (i % 2 === 0) even++;
    else odd++;
  }
  const many = Math.max(even, odd);
  if (many === 0 || many * 20 < bytes.length || Math.min(even, odd) * 10 > many) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** Cuts up to three bytes of a UTF-8 character that the end of the sample splits. */
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

/** A valid multi-byte sequence hardly ever arises by chance, so each counts fully. */
function weighUtf8(bytes: Uint8Array): ByteEvidence {
  let characters = 0;
  let invalid = 0;
  for (const character of new TextDecoder('utf-8').decode(withoutCutCharacter(bytes))) {
    if (character === '\uFFFD') invalid++;
    else if (character > '\x7f') characters++;
  }
  return { characters, invalid, plausibility: characters };
}
