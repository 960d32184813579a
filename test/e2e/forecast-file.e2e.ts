import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { CLI, kizashi, temporaryFolder } from './support/product.ts';

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
const events = file('events.csv', ['date,name,window', '2023-12-24,sale,-1:2']);
const days = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString());
const itemsFile = (name: string, count: number) =>
  file(name, [
    'item,day,sold,stock',
    ...Array.from({ length: count }, (_, s) =>
      days.map((day, i) => `i${s},${day.slice(0, 10)},${5 + ((i * 3 + s) % 7)},${100 - s}`),
    ).flat(),
  ]);
const items = itemsFile('items.csv', 20);

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
    [[sales, '--events', events], 2, 'knows no events', 'イベントを扱えません'],
    [[sales, '--model', 'prophet', '--events', sales], 2, 'Line 1', '1 行目'],
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

describe('kizashi stock FILE', () => {
  const ask = ['stock', items, '--time', 'day', '--value', 'sold', '--model', 'ses'];

  it('says what to order of each series, from its forecast and its own stock', async () => {
    const more = ['--lead-time', '7', '--review', '7', '--on-hand', 'stock', '--json'];
    const { code, stdout, stderr } = await kizashi([...ask, ...more], {});
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { series } = JSON.parse(stdout);
    expect(Object.keys(series)).toEqual(Array.from({ length: 20 }, (_, s) => `i${s}`));
    for (const [s, { mean, stock }] of Object.values<never>(series).entries() as Iterable<
      [number, { mean: number[]; stock: Record<string, number> }]
    >) {
      expect(mean).toHaveLength(14);
      expect(stock.onHand).toBe(100 - s);
      expect(stock.orderQuantity).toBe(Math.max(0, Math.ceil(stock.orderUpTo! - (100 - s) - 1e-9)));
      expect(stock.reorderPoint).toBeLessThan(stock.orderUpTo!);
    }
  });

  it('shows a table in the language of the reader, and refuses what is no quantity', async () => {
    const english = await kizashi([...ask, '--lead-time', '7'], {});
    expect(english.stdout).toContain('reorder point');
    const japanese = await kizashi([...ask, '--lead-time', '7'], JAPANESE);
    expect(japanese.stdout).toContain('発注点');
    const wrong = await kizashi([...ask, '--lead-time', 'nowhere', '--json'], {});
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(JSON.parse(wrong.stderr).error.code).toBe('SERIES_COLUMN_UNKNOWN');
    const service = await kizashi([...ask, '--lead-time', '7', '--service-level', '100'], {});
    expect(service).toMatchObject({ code: 2, stdout: '' });
  });
});

it.skipIf(process.platform === 'win32')(
  'Ctrl-C ends a forecast of many series in order',
  async () => {
    // More than threads of any machine have in hand when the first of them are done.
    const many = itemsFile('many.csv', 400);
    const args = ['forecast', many, '--time', 'day', '--value', 'sold', '--h', '3'];
    // Alone, each is written when it is made.
    const child = spawn(process.execPath, [CLI, ...args, '--model', 'lstm', '--alone', '--json']);
    const written = text(child.stdout);
    const told = text(child.stderr);
    // The first three are made before there are threads, which are at the others now.
    let lines = 0;
    let asked = false;
    child.stdout.on('data', (data: Buffer) => {
      lines += data.toString().split('\n').length - 1;
      // Once: the second Ctrl-C of somebody impatient ends the process at once.
      if (lines > 5 && !asked) asked = child.kill('SIGINT');
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(130);
    expect(JSON.parse(await told).error.code).toBe('INTERRUPTED');
    expect((await written).split('\n').length).toBeLessThan(400);
  },
);
