import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kizashi, temporaryFolder } from './support/product.ts';
import { seeded } from './support/random.ts';

const JAPANESE = { LANG: 'ja_JP.UTF-8' };

/** Sixty shops of three sizes, whose floors and sales have very different units, and one without a floor. */
function shops(): string {
  const random = seeded(5);
  const rows = ['shop,floor,sales,town'];
  for (let i = 0; i < 60; i++) {
    const size = i % 3;
    rows.push(
      `店${i},${(100 * size + 20 * random()).toFixed(1)},${Math.round(1e6 * (1 + 3 * size + random()))},北`,
    );
  }
  rows.push('店60,,2000000,南');
  const file = join(temporaryFolder(), 'shops.csv');
  writeFileSync(file, `${rows.join('\n')}\n`);
  return file;
}

const file = shops();
const COLUMNS = ['--columns', 'floor,sales'];

describe('kizashi cluster', () => {
  it('finds how many groups there are and the group of each row, without server or database', async () => {
    const { code, stdout, stderr } = await kizashi(
      ['cluster', file, ...COLUMNS, '--id', 'shop', '--json'],
      {},
    );
    expect(code).toBe(0);
    expect(stderr).toContain('1 rows without a number');
    const reply = JSON.parse(stdout);
    expect(reply).toMatchObject({ k: 3, chosen: 'found', method: 'k-means', rowsSkipped: 1 });
    expect(reply.rows).toHaveLength(61);
    expect(reply.rows[60]).toEqual({ line: 62, id: '店60', cluster: null });
    const group = (i: number) => reply.rows[i].cluster;
    expect(new Set([group(0), group(1), group(2)]).size).toBe(3);
    for (let i = 3; i < 60; i++) expect(group(i)).toBe(group(i % 3));
  });

  it('takes the number and the method asked for, and gives the same again', async () => {
    for (const method of ['k-means', 'ward']) {
      const args = ['cluster', file, ...COLUMNS, '--k', '2', '--method', method, '--json'];
      const [first, second] = [await kizashi(args, {}), await kizashi(args, {})];
      expect(JSON.parse(first.stdout)).toMatchObject({ k: 2, chosen: 'asked', method });
      expect(second.stdout).toBe(first.stdout);
    }
  });

  it('shows a table in both languages', async () => {
    const english = await kizashi(['cluster', file, ...COLUMNS], {});
    expect(english.stdout).toContain('3 groups by k-means, found by silhouette and gap statistic');
    const japanese = await kizashi(['cluster', file, ...COLUMNS], JAPANESE);
    expect(japanese.stdout).toContain('k-means による 3 グループ');
    expect(japanese.stderr).toContain('数値のそろわない 1 行');
  });

  it.each([
    [['--columns', 'floor,height'], 'SERIES_COLUMN_UNKNOWN'],
    [['--columns', 'floor,floor'], 'SERIES_COLUMN_TWICE'],
    [['--columns', 'floor,town'], 'CLUSTERS_NO_NUMBERS'],
    [[...COLUMNS, '--k', '0'], 'NUMBER_INVALID'],
    [[...COLUMNS, '--max-k', 'many'], 'NUMBER_INVALID'],
    [[...COLUMNS, '--method', 'magic'], 'USAGE'],
    [[], 'USAGE'],
  ])('refuses %j as wrong usage', async (args, wanted) => {
    const { code, stdout, stderr } = await kizashi(['cluster', file, ...args, '--json'], {});
    expect([code, stdout]).toEqual([2, '']);
    expect(JSON.parse(stderr).error.code).toBe(wanted);
  });

  it('says that a file is not there in the reader’s language', async () => {
    const { code, stderr } = await kizashi(['cluster', 'nowhere.csv', ...COLUMNS], JAPANESE);
    expect(code).toBe(2);
    expect(stderr).toContain('ファイル nowhere.csv がありません');
  });
});
