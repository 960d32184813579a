import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bytesOf, global, proto, uint32 } from './testing/pickle-assembler.ts';
import { scanBytes } from './testing/scan-bytes.ts';

const ROUNDS = 1500;
/** Far above the slowest seen (0.2 s): what is caught is what does not end. */
const MOST_MS = 5000;

interface Sample {
  readonly name: string;
  readonly bytes: string;
}

const samples = ['corpus', 'packed'].flatMap(
  (name) =>
    JSON.parse(
      readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'),
    ) as Sample[],
);

/** Numbers in [0, 1), the same each time (Numerical Recipes, linear congruence). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function mutate(bytes: Buffer, next: () => number): Buffer {
  const result = Buffer.from(bytes);
  const kind = Math.floor(next() * 4);
  if (kind === 0) return result.subarray(0, Math.floor(next() * result.length));
  if (kind === 1) {
    const cut = Math.floor(next() * result.length);
    return Buffer.concat([result.subarray(0, cut), result.subarray(cut + Math.floor(next() * 32))]);
  }
  for (let i = 0; i < 1 + next() * 6; i++) {
    const odd = [0, 0x7f, 0x80, 0xff][Math.floor(next() * 4)]!;
    result[Math.floor(next() * result.length)] = kind === 2 ? odd : Math.floor(next() * 256);
  }
  return result;
}

describe('a damaged file', () => {
  it('never makes the scanner throw, hang or take much memory', () => {
    const next = random(42);
    scanBytes(Buffer.from('warm'), 'a.txt');
    const before = process.memoryUsage().rss;
    let slowest = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const sample = samples[Math.floor(next() * samples.length)]!;
      const bytes = mutate(Buffer.from(sample.bytes, 'base64'), next);
      const began = process.cpuUsage();
      scanBytes(bytes, sample.name);
      const { user, system } = process.cpuUsage(began);
      slowest = Math.max(slowest, (user + system) / 1000);
    }
    expect(slowest).toBeLessThan(MOST_MS);
    // What the collector has not come to yet is counted too: the bound is for what grows, not for one scan.
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  }, 120_000);

  it.each([
    [
      'tensor files behind tensor files',
      Buffer.from('\x02\0\0\0\0\0\0\0{}'.repeat(20_000), 'latin1'),
      'a.safetensors',
    ],
    [
      'GGUF behind GGUF',
      Buffer.concat(
        Array.from({ length: 10_000 }, () =>
          Buffer.concat([Buffer.from('GGUF\x03\0\0\0'), Buffer.alloc(16)]),
        ),
      ),
      'a.gguf',
    ],
    ['comments in front of no page', Buffer.from('<!-- -->'.repeat(8000)), 'a.pt'],
    ['a name of a hundred thousand dots', Buffer.from(`c${'a.'.repeat(100_000)}\nb\n.`), 'a.pkl'],
    ['marks without end', Buffer.alloc(1_000_000, '('), 'a.pkl'],
    ['brackets without end', Buffer.from(`{"a":${'['.repeat(100_000)}`), 'a.json'],
    ['lines of a pickle without end', Buffer.alloc(1_000_000, 'V'), 'a.pkl'],
    ['openings of pickles', Buffer.from('\x80\x04('.repeat(30_000), 'latin1'), 'a.dat'],
  ])('of %s ends soon', (_, bytes, name) => {
    const began = process.cpuUsage();
    expect(scanBytes(bytes, name).verdict).not.toBe('dangerous');
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(MOST_MS);
  });

  it('of pickles in pickles in pickles ends soon, and is dangerous', () => {
    let bytes = bytesOf('}.');
    for (let i = 0; i < 2000; i++) {
      bytes = bytesOf(proto(4), global('os', 'system'), 'B', uint32(bytes.length), bytes, '.');
    }
    expect(scanBytes(bytes, 'a.pkl').verdict).toBe('dangerous');
  });

  it('is never called clean when its hostile part is still whole', () => {
    const next = random(7);
    const hostile = Buffer.from('gAJjb3MKc3lzdGVtClgEAAAAdHJ1ZYVSLg==', 'base64');
    for (let round = 0; round < 300; round++) {
      const behind = Buffer.from(
        Array.from({ length: 1 + next() * 200 }, () => Math.floor(next() * 256)),
      );
      expect(scanBytes(Buffer.concat([hostile, behind]), 'a.pt').verdict).toBe('dangerous');
    }
  });
});
