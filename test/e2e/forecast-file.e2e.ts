import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kizashi, temporaryFolder } from './support/product.ts';

const folder = temporaryFolder();
const JAPANESE = { LANG: 'ja_JP.UTF-8' };

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const months = Array.from({ length: 48 }, (_, i) => {
  const date = new Date(Date.UTC(2020, i + 1, 0)).toISOString().slice(0, 10);
  return `${date},${100 + 2 * i + 20 * Math.sin((2 * Math.PI * i) / 12)}`;
});
const sales = file('sales.csv', ['month,sales', ...months]);
const gaps = file('gaps.csv', ['month,sales', '2024-01-31,', '2024-02-29,']);

describe('kizashi forecast FILE', () => {
  it('prints the documented JSON, ends of months kept', async () => {
    const columns = ['--time', 'month', '--value', 'sales'];
    const { code, stdout, stderr } = await kizashi(
      ['forecast', sales, ...columns, '--h', '3', '--level', '80,95', '--json'],
      {},
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { series } = JSON.parse(stdout) as { series: Record<string, Record<string, unknown>> };
    expect(series).toMatchObject({
      y: {
        model: expect.any(String),
        step: 'month',
        season: 12,
        t: ['2024-01-31', '2024-02-29', '2024-03-31'],
        lower: { '80': expect.any(Array), '95': expect.any(Array) },
        upper: { '80': expect.any(Array), '95': expect.any(Array) },
        backtest: { coverage: expect.any(Object) },
        warnings: expect.any(Array),
      },
    });
    (series.y!.mean as number[]).forEach((mean, i) => {
      const wanted = 196 + 2 * i + 20 * Math.sin((2 * Math.PI * i) / 12);
      expect(Math.abs(mean - wanted)).toBeLessThan(6);
    });
  });

  it('takes a model by name, and shows a table in the language of the reader', async () => {
    const args = ['forecast', sales, '--h', '2', '--model', 'prophet'];
    const english = await kizashi(args, {});
    expect(english.code).toBe(0);
    expect(english.stdout).toContain('Additive (Prophet)');
    expect(english.stdout).toContain('seasonal naive');
    const japanese = await kizashi(args, JAPANESE);
    expect(japanese.stdout).toContain('季節ナイーブ');
  });

  it.each([
    [[sales, '--h', '0'], 2, 'h: must be', '指定が正しくありません'],
    [[sales, '--h', '1000000'], 2, 'h: must be', '指定が正しくありません'],
    [[sales, '--value', 'nope'], 2, 'no column “nope”', '列「nope」'],
    [[sales, '--model', 'magic'], 2, 'Allowed choices', '--help'],
    [[sales, '--level', '101'], 2, '--level', '--level'],
    [[sales, '--country', 'XX'], 2, 'No holidays', '祝日'],
    [[sales, '--bucket', 'day'], 2, 'of no use', '使えません'],
    [[gaps, '--value', 'sales'], 1, 'No series', '予測できませんでした'],
    [[join(folder, 'none.csv')], 2, 'no file', 'ありません'],
  ])('says what is wrong in both languages: %j', async (args, code, english, japanese) => {
    const inEnglish = await kizashi(['forecast', ...args], {});
    expect(inEnglish).toMatchObject({ code, stdout: '' });
    expect(inEnglish.stderr).toContain(english);
    const inJapanese = await kizashi(['forecast', ...args], JAPANESE);
    expect(inJapanese).toMatchObject({ code, stdout: '' });
    expect(inJapanese.stderr).toContain(japanese);
  });
});
