import { describe, expect, it } from 'vitest';
import { type PieceFacts, pieceSize } from './piece-size.ts';

const MB = 1_000_000;
const KIB = 1024;
const piece = (change: Partial<PieceFacts>) =>
  pieceSize({
    ...{ sizeBytes: 1000 * MB, connections: 8, full: false, unstable: false },
    ...{ bytesPerSecond: null, latencyMs: null },
    ...change,
  });

describe('the size of a piece', () => {
  it('takes 32 latencies, between 1 and 32 MiB', () => {
    expect(piece({ bytesPerSecond: 10 * MB, latencyMs: 20 })).toBe(7 * 1024 * KIB);
    expect(piece({ bytesPerSecond: 10 * MB, latencyMs: 0.1 })).toBe(896 * KIB);
    expect(piece({ bytesPerSecond: 100 * MB, latencyMs: 200 })).toBe(28 * 1024 * KIB);
  });

  it('does not grow by the waiting for ourselves, and all in the air are a hundredth of the file', () => {
    for (const connections of [2, 4, 8, 16])
      for (const sizeBytes of [300 * MB, 1000 * MB, 8000 * MB]) {
        const full = { bytesPerSecond: 100 * MB, latencyMs: 50, full: true };
        const bytes = piece({ ...full, connections, sizeBytes });
        // Rounded to a power of two, and never below what makes requests cheap.
        expect(bytes).toBeLessThanOrEqual(
          Math.max(448 * KIB, (1.25 * sizeBytes) / 100 / connections),
        );
        expect(bytes).toBeLessThanOrEqual(3584 * KIB);
      }
  });

  it('leaves each connection sixteen before anything is measured', () => {
    expect(piece({ sizeBytes: 200 * MB })).toBe(1792 * KIB);
    expect(piece({ sizeBytes: 8000 * MB })).toBe(3584 * KIB);
    expect(piece({ sizeBytes: null })).toBe(3584 * KIB);
  });

  it('is small on a line that fails, and a whole small file otherwise', () => {
    const far = { bytesPerSecond: 100 * MB, latencyMs: 200, unstable: true };
    expect(piece(far)).toBe(1792 * KIB);
    expect(piece({ sizeBytes: 10 * MB, connections: 1 })).toBeGreaterThan(10 * MB);
    expect(piece({ ...far, sizeBytes: 10 * MB, connections: 1 })).toBe(1792 * KIB);
  });
});
