import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../testing/random.ts';
import { createSeriesSpool, type SpooledSeries } from './series-spool.ts';

function fill(memoryDoubles: number, folder?: string): SpooledSeries[] {
  const random = createRandom(5);
  const spool = createSeriesSpool(1, { memoryDoubles, ...(folder && { folder }) });
  for (let i = 0; i < 3000; i++) {
    const series = Math.floor(random() * 150);
    spool.add(series, Math.floor(random() * 40), i, [i * 2]);
  }
  // Nothing is left to clean up, should the process be killed now.
  if (folder && process.platform !== 'win32') expect(readdirSync(folder)).toEqual([]);
  const all = [...spool.drain()].sort((a, b) => a.series - b.series);
  expect([...spool.drain()]).toHaveLength(all.length);
  spool.close();
  return all;
}

describe('series out of rows in any order', () => {
  it('come in order of time, and of equal times the first row counts', () => {
    const spool = createSeriesSpool(0);
    for (const [t, y] of [
      [3, 30],
      [1, 10],
      [2, 20],
      [1, 11],
    ] as const)
      spool.add(0, t, y, []);
    spool.add(1, 5, 50, []);
    const [first, second] = [...spool.drain()];
    expect([...first!.t]).toEqual([1, 2, 3]);
    expect([...first!.y]).toEqual([10, 20, 30]);
    expect(first).toMatchObject({ duplicates: 1, unsorted: 2 });
    expect(second).toMatchObject({ series: 1, duplicates: 0, unsorted: 0 });
  });

  it('keep rows of equal times in their order, when asked to', () => {
    const spool = createSeriesSpool(0);
    for (const [t, y] of [
      [2, 20],
      [1, 10],
      [2, 21],
    ] as const)
      spool.add(0, t, y, []);
    const [series] = [...spool.drain({ sameTimes: 'keep' })];
    expect([...series!.t]).toEqual([1, 2, 2]);
    expect([...series!.y]).toEqual([10, 20, 21]);
    expect(series!.duplicates).toBe(0);
  });

  it('are the same from disk as from memory, and leave no file behind', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kizashi-spool-'));
    expect(fill(64, folder)).toEqual(fill(1 << 20));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are none of no rows', () => {
    expect([...createSeriesSpool(2).drain()]).toEqual([]);
  });
});
