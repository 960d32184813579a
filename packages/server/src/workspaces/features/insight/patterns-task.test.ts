import { describe, expect, it } from 'vitest';
import { patternsSchema } from '../insight-contract.ts';
import { run } from './patterns-task.ts';

/** Waves with the same odd stretch at 100 and 300, and one like no other at 200. */
const marked = Float64Array.from({ length: 400 }, (_, t) => {
  const wave = Math.sin(t / 5) + 0.3 * Math.sin(t * t);
  if (t >= 200 && t < 220) return wave + ((t * 7919) % 13);
  const inCopy = (start: number) => t >= start && t < start + 20;
  return inCopy(100) || inCopy(300) ? (t % 100) ** 2 / 40 : wave;
});

describe('motifs and discords of a series', () => {
  it('finds the stretch that comes again and the one that does not', () => {
    const found = run({ y: marked, window: 20, top: 2 });
    expect(patternsSchema.parse(found)).toEqual(found);
    expect(found.status).toBe('ok');
    const { first, second, distance } = found.motifs[0]!;
    expect(distance).toBeLessThan(0.1);
    expect(Math.abs(second - first)).toBe(200);
    expect(Math.abs(found.discords[0]!.start - 200)).toBeLessThan(20);
  });

  it('chooses a length by itself', () => {
    expect(run({ y: marked, window: 0, top: 1 }).window).toBe(40);
    expect(run({ y: marked.slice(0, 12), window: 0, top: 1 }).window).toBe(3);
  });

  it.each([
    ['no-values', new Float64Array(50).fill(Number.NaN), 0],
    ['no-values', new Float64Array(0), 0],
    ['too-short', marked.slice(0, 30), 20],
    ['too-long', new Float64Array(50_001), 20],
  ] as const)('says %s instead of failing', (status, y, window) => {
    expect(run({ y, window, top: 3 })).toMatchObject({ status, motifs: [], discords: [] });
  });

  it('does not fail for a constant series or one of gaps', () => {
    const gaps = marked.map((value, t) => (t % 4 === 0 ? Number.NaN : value));
    for (const y of [new Float64Array(60).fill(3), gaps]) {
      const found = run({ y, window: 10, top: 3 });
      expect(patternsSchema.parse(found)).toEqual(found);
    }
  });
});
