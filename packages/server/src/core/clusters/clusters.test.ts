import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { clusterMethods, clusterReply } from './cluster-reply.ts';
import { readColumns } from './read-columns.ts';
import { toldClusters } from './warning-texts.ts';

const folder = mkdtempSync(join(tmpdir(), 'kizashi-clusters-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(text: string): string {
  const path = join(folder, `${files++}.csv`);
  writeFileSync(path, text);
  return path;
}

/** Thirty rows around three points in columns of very different units, and one row with a gap. */
const SHOP = [
  '店舗,面積,売上',
  ...Array.from({ length: 30 }, (_, i) => {
    const group = i % 3;
    return `店${i},${10 * group + ((i * 7) % 10) / 10},"￥${(1_000_000 * (group === 1 ? 5 : 1) + i * 1000).toLocaleString('en')}"`;
  }),
  '店30,5,',
].join('\n');

const ASKED = { names: ['面積', '売上'], maxK: 6, seed: 1, raw: false } as const;

const code = async (work: () => Promise<unknown>) => {
  try {
    await work();
    return 'none';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

describe('the groups of a file', () => {
  it('are found by every method, in the units of the columns, as JSON', async () => {
    const file = await readColumns(fileOf(SHOP), { columns: ['面積', '売上'], id: '店舗' });
    for (const method of clusterMethods) {
      const reply = clusterReply(file, { ...ASKED, method });
      expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
      expect([reply.k, reply.chosen, reply.rowsSkipped]).toEqual([3, 'found', 1]);
      expect(reply.clusters.map(({ size }) => size)).toEqual([10, 10, 10]);
      const big = reply.clusters.find(({ centre }) => centre.売上! > 3_000_000)!;
      expect(big.centre.面積).toBeCloseTo(10.45, 9);
      expect(
        reply.rows.filter(({ cluster }) => cluster === big.cluster).map(({ id }) => id),
      ).toContain('店1');
      expect(reply.rows.at(-1)).toEqual({ line: 32, id: '店30', cluster: null });
      expect(reply.silhouette).toBeGreaterThan(0.8);
    }
  });

  it('are as many as asked for', async () => {
    const file = await readColumns(fileOf(SHOP), { columns: ['面積', '売上'] });
    const reply = clusterReply(file, { ...ASKED, method: 'ward', k: 5 });
    expect([reply.k, reply.chosen, reply.counts]).toEqual([5, 'asked', null]);
    const one = clusterReply(file, { ...ASKED, method: 'k-means', k: 1 });
    expect([one.k, one.silhouette, one.clusters[0]!.share]).toEqual([1, null, 1]);
  });

  it('tell how far they are, and give rows with their values to draw', async () => {
    const told: number[] = [];
    const text = ['x,y', ...Array.from({ length: 1500 }, (_, i) => `${i % 7},${i % 5}`), ',3'];
    const file = await readColumns(fileOf(text.join('\n')), { columns: ['x', 'y'] });
    const asked = { ...ASKED, names: ['x', 'y'], method: 'k-means' as const, maxK: 3 };
    const reply = clusterReply(file, { ...asked, onProgress: (done) => told.push(done) });
    expect(told).toHaveLength(21);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    expect(reply.sample).toHaveLength(1000);
    const { line, values, cluster } = reply.sample[500]!;
    expect(values).toEqual([(line - 2) % 7, (line - 2) % 5]);
    expect(reply.rows[line - 2]!.cluster).toBe(cluster);
  });

  it('are no more than different rows, with a warning', async () => {
    const file = await readColumns(fileOf('x\n4\n4\n9\n'), { columns: ['x'] });
    const reply = clusterReply(file, { ...ASKED, names: ['x'], method: 'k-means', k: 5 });
    expect([reply.k, reply.warnings[0]!.code]).toEqual([2, 'few-distinct-rows']);
    expect(toldClusters(reply, 'en')).toEqual(reply);
    expect(toldClusters(reply, 'ja').warnings[0]!.message).toContain('異なる行が 2 個しかない');
    const same = await readColumns(fileOf('x\n4\n4\n4\n'), { columns: ['x'] });
    expect(clusterReply(same, { ...ASKED, names: ['x'], method: 'k-means' }).k).toBe(1);
  });

  it('stay finite with huge numbers', async () => {
    const file = await readColumns(fileOf('x\n1e300\n1.1e300\n-1e300\n-1.1e300\n'), {
      columns: ['x'],
    });
    const reply = clusterReply(file, { ...ASKED, names: ['x'], method: 'average', k: 2 });
    expect(reply.clusters.every(({ centre }) => Number.isFinite(centre.x))).toBe(true);
  });

  it.each([
    ['a column that is not there', 'a,b\n1,2\n', ['a', 'c'], 'SERIES_COLUMN_UNKNOWN'],
    ['one column twice', 'a,b\n1,2\n', ['a', 'a'], 'SERIES_COLUMN_TWICE'],
    ['no rows', 'a,b\n', ['a'], 'SERIES_FILE_EMPTY'],
    ['a column of words', 'a,b\n1,red\n2,blue\n', ['a', 'b'], 'CLUSTERS_NO_NUMBERS'],
    ['no complete row', 'a,b\n1,\n,2\n', ['a', 'b'], 'CLUSTERS_NO_COMPLETE_ROW'],
  ])('with %s are refused', async (_, text, columns, wanted) => {
    const path = fileOf(text);
    const work = async () =>
      clusterReply(await readColumns(path, { columns }), {
        ...ASKED,
        names: columns,
        method: 'k-means',
      });
    expect(await code(work)).toBe(wanted);
  });

  it('of too many rows are refused where all distances are needed', async () => {
    const text = ['x', ...Array.from({ length: 6_001 }, (_, i) => i)].join('\n');
    const file = await readColumns(fileOf(text), { columns: ['x'] });
    const work = async () => clusterReply(file, { ...ASKED, names: ['x'], method: 'ward', k: 2 });
    expect(await code(work)).toBe('CLUSTERS_TOO_MANY_ROWS');
  });
});
