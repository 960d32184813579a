import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../testing/random.ts';
import { RangeSet } from './ranges.ts';

describe('a set of ranges', () => {
  it('agrees with a set of bytes, whatever is added and removed', () => {
    const random = createRandom(5);
    const set = new RangeSet();
    const bytes = new Set<number>();
    for (let step = 0; step < 2000; step++) {
      const start = Math.floor(random() * 60);
      const end = Math.min(60, start + Math.floor(random() * 12));
      const before = bytes.size;
      const adds = random() < 0.6;
      for (let at = start; at < end; at++) adds ? bytes.add(at) : bytes.delete(at);
      const changed = adds ? set.add(start, end) : set.remove(start, end);
      expect(changed).toBe(Math.abs(bytes.size - before));
      expect(set.bytes).toBe(bytes.size);
      let front = 0;
      while (bytes.has(front)) front++;
      expect(set.front()).toBe(front);
      const from = Math.floor(random() * 60);
      let gap = from;
      while (gap < 60 && bytes.has(gap)) gap++;
      let gapEnd = gap;
      while (gapEnd < 60 && !bytes.has(gapEnd)) gapEnd++;
      expect(set.gap(60, from)).toEqual(gap < 60 ? { start: gap, end: gapEnd } : null);
      const all = Array.from({ length: end - start }, (_, i) => start + i);
      expect(set.has(start, end)).toBe(all.every((at) => bytes.has(at)));
    }
  });
});
