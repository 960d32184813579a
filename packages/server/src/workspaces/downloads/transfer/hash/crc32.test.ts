import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../testing/random.ts';
import { combineCrc32, reversedHex } from './crc32.ts';

describe('CRC-32 of parts', () => {
  it('is that of the whole, wherever it is cut', () => {
    const random = createRandom(1);
    const bytes = Buffer.from(Array.from({ length: 5000 }, () => Math.floor(random() * 256)));
    for (const at of [0, 1, 2, 255, 256, 2500, 4999, 5000]) {
      const second = bytes.subarray(at);
      const combined = combineCrc32(crc32(bytes.subarray(0, at)), crc32(second), second.length);
      expect(combined).toBe(crc32(bytes));
    }
  });

  it('holds for zeros of gigabytes: 4 GiB of them doubled from 1 MiB', () => {
    let crc = crc32(Buffer.alloc(1 << 20));
    let direct = crc;
    for (let bytes = 1 << 20; bytes < 1 << 24; bytes *= 2) crc = combineCrc32(crc, crc, bytes);
    for (let i = 1; i < 16; i++) direct = crc32(Buffer.alloc(1 << 20), direct);
    expect(crc).toBe(direct);
    // 2^32 bytes and nothing more: adding an empty part changes nothing.
    expect(combineCrc32(crc, 0, 0)).toBe(crc);
  });

  it('is written as CivitAI does: bytes reversed', () => {
    expect(reversedHex(crc32('hello world'))).toBe('85114a0d');
  });
});
