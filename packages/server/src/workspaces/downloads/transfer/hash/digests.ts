import { createHash, type Hash } from 'node:crypto';
import type { Hashes } from '../../contract.ts';

/** What is computed from the bytes in their order; CRC-32 comes from those of the pieces. */
export type StreamHash = Exclude<keyof Hashes, 'crc32' | 'autoV2'>;

/** AutoV1 is of these bytes, and absent when the file ends before twice its beginning. */
const V1_START = 1 << 20;
const V1_END = V1_START + (1 << 16);
/** A safetensors file with a longer header is none. */
const MAX_HEADER = 100_000_000;

/** The digests of one file, fed in order. SHA-256 is always among them. */
export interface Digests {
  update(bytes: Uint8Array): void;
  finish(): Hashes;
}

/**
 * @param sizeBytes of the file: git's hash begins with it, AutoV1 and AutoV3 depend on it
 */
export async function createDigests(
  wanted: readonly StreamHash[],
  sizeBytes: number,
): Promise<Digests> {
  const sha256 = createHash('sha256');
  const git = wanted.includes('gitSha1') ? createHash('sha1').update(`blob ${sizeBytes}\0`) : null;
  const v1 = wanted.includes('autoV1') && sizeBytes >= 2 * V1_START ? createHash('sha256') : null;
  const v3 = wanted.includes('autoV3') ? new AfterHeader(sizeBytes) : null;
  // A megabyte of WebAssembly: loaded where it is wanted only.
  const blake3 = wanted.includes('blake3')
    ? (await (await import('hash-wasm')).createBLAKE3()).init()
    : null;
  let at = 0;
  return {
    update(bytes) {
      sha256.update(bytes);
      git?.update(bytes);
      blake3?.update(bytes);
      v3?.update(bytes);
      if (v1 && at < V1_END && at + bytes.length > V1_START)
        v1.update(bytes.subarray(Math.max(0, V1_START - at), Math.min(bytes.length, V1_END - at)));
      at += bytes.length;
    },
    finish() {
      const whole = sha256.digest('hex');
      const autoV3 = v3?.finish();
      return {
        sha256: whole,
        autoV2: whole.slice(0, 10),
        ...(git && { gitSha1: git.digest('hex') }),
        ...(blake3 && { blake3: blake3.digest('hex') }),
        ...(v1 && { autoV1: v1.digest('hex').slice(0, 8) }),
        ...(autoV3 && { autoV3 }),
      };
    },
  };
}

/** SHA-256 of what follows the header of a safetensors file; nothing for files that have none. */
class AfterHeader {
  readonly #sizeBytes: number;
  readonly #first = Buffer.alloc(8);
  #hash: Hash | null = createHash('sha256');
  #at = 0;
  #skip = -1;

  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes;
  }

  update(bytes: Uint8Array): void {
    if (!this.#hash) return;
    let from = 0;
    if (this.#at < 8) {
      from = Math.min(8 - this.#at, bytes.length);
      this.#first.set(bytes.subarray(0, from), this.#at);
      this.#at += from;
      if (this.#at < 8) return;
      const header = this.#first.readBigUInt64LE();
      if (header > BigInt(Math.min(MAX_HEADER, Math.max(0, this.#sizeBytes - 8)))) {
        this.#hash = null;
        return;
      }
      this.#skip = Number(header);
    }
    const jump = Math.min(this.#skip, bytes.length - from);
    this.#skip -= jump;
    this.#hash.update(bytes.subarray(from + jump));
  }

  finish(): string | undefined {
    return this.#skip === 0 ? this.#hash?.digest('hex').slice(0, 12) : undefined;
  }
}
