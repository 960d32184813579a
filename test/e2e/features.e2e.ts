import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kizashi, root, temporaryFolder } from './support/product.ts';

const JAPANESE = { LANG: 'ja_JP.UTF-8' };
const DRAWS = join(root, 'packages/server/src/workspaces/features/fixtures/loto6-120-draws.csv');
const reference = process.env.KIZASHI_REFERENCE ?? resolve(root, '../shared/reference');
const SERIES = join(reference, 'features/input/series.csv');
const COLUMNS = ['--id', 'unique_id', '--time', 't', '--value', 'y'];

type Extracted = Record<string, Record<string, unknown>>;

async function extract(file: string, set: string, ...more: string[]): Promise<Extracted> {
  const { code, stdout, stderr } = await kizashi(
    ['features', 'extract', file, '--set', set, '--json', ...more],
    {},
  );
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return (JSON.parse(stdout) as { series: Extracted }).series;
}

describe('kizashi features extract', () => {
  it('gives columns by time, and one value a series, without server or database', async () => {
    const rolling = await extract(DRAWS, 'rolling');
    expect(Object.keys(rolling)).toEqual(['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'B1']);
    expect((rolling.N1!.t as string[])[0]).toBe('2000-10-05');
    expect(rolling.N1!.mean_3).toHaveLength(120);
    const catch22 = await extract(DRAWS, 'catch22');
    expect(Object.keys(catch22.B1!)).toHaveLength(24);
    const lottery = await extract(DRAWS, 'lottery');
    expect((lottery.N1!.sum as number[])[0]).toBe((lottery.N6!.sum as number[])[0]);
    const calendar = await extract(DRAWS, 'calendar');
    expect(calendar.N1).toHaveProperty('is_holiday');
  });

  const hasReference = existsSync(SERIES);
  const unless = hasReference ? '' : ' — put the reference data beside, or set KIZASHI_REFERENCE';
  it.skipIf(!hasReference).each([
    ['catch22', 'catch22.json', []],
    ['antropy', 'antropy.json', []],
    ['tsfresh-selected', 'tsfresh_selected.json', []],
    ['tsfresh-efficient', 'tsfresh_efficient.json', []],
    ['tsfel', 'tsfel_fs100.json', ['--param', 'fs=100']],
  ])(`agrees with the recorded %s${unless}`, async (set, file, parameters) => {
    const expected = JSON.parse(readFileSync(join(reference, 'features/expected', file), 'utf8'))
      .series as Extracted;
    const found = await extract(SERIES, set, ...COLUMNS, ...parameters);
    const apart: string[] = [];
    for (const [id, features] of Object.entries(expected)) {
      for (const [name, value] of Object.entries(features)) {
        if (!agree(found[id]?.[name], value)) apart.push(`${id} ${name}`);
      }
    }
    expect(apart).toEqual([]);
  });

  it('reads Parquet as it reads CSV', async () => {
    const data = temporaryFolder();
    const env = { KIZASHI_DATA: data };
    const run = await kizashi(
      ['features', 'run', DRAWS, '--sets', 'lags,catch22,calendar', '--horizon', '5', '--json'],
      env,
    );
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ state: 'done', seriesDone: 7, warnings: 0 });
    const file = join(data, 'hist.parquet');
    const exported = await kizashi(
      ['features', 'export', 'hist', '--format', 'parquet', '--output', file],
      env,
    );
    expect(exported.code).toBe(0);
    const columns = [
      '--id',
      'unique_id',
      '--loto',
      'loto',
      '--time',
      'ds',
      '--value',
      'lags.lag_1',
    ];
    const again = await extract(file, 'static', ...columns);
    expect(Object.keys(again).sort()).toEqual(['B1', 'N1', 'N2', 'N3', 'N4', 'N5', 'N6']);

    const status = await kizashi(['features', 'status', '--json'], env);
    expect(JSON.parse(status.stdout).items).toHaveLength(1);
    // The demo is the server's to load: a command on a new folder does its own work only.
    const tasks = await kizashi(['tasks', 'list', '--json'], env);
    const { items } = JSON.parse(tasks.stdout) as { items: { name: string }[] };
    expect(items.filter(({ name }) => !name.startsWith('features.'))).toEqual([]);
    const health = await kizashi(['features', 'health'], env);
    expect(health).toMatchObject({ code: 0, stdout: expect.stringContaining('not-asked') });
  });

  const folder = temporaryFolder();
  const empty = join(folder, 'empty.csv');
  writeFileSync(empty, '');
  it.each([
    [['extract', DRAWS, '--set', 'nope'], 'no set of features', '特徴量セット'],
    [['extract', DRAWS, '--set', 'lags', '--id', 'nobody'], 'no column “nobody”', '列「nobody」'],
    [['extract', DRAWS, '--set', 'lags', '--param', 'lag=1'], 'parameter of lags', 'パラメーター'],
    [['extract', empty, '--set', 'lags'], 'holds no rows', '行がありません'],
    [['extract', join(folder, 'none.csv'), '--set', 'lags'], 'no file', 'ありません'],
    [['extract', DRAWS, '--set', 'lags', '--time-zone', 'Mars'], 'choice of columns', '列の指定'],
    [['validate', empty], 'holds no rows', '行がありません'],
    [['list', 'nope'], 'no set of features', '特徴量セット'],
    [['run', '--config', join(folder, 'none.yaml')], 'no file', 'ありません'],
    [['run', DRAWS, '--horizon', 'soon'], 'run is not right', '実行の指定'],
    [['run', DRAWS, '--sets', 'lags,nope'], 'no set of features', '特徴量セット'],
    [['run', DRAWS, join(folder, 'none.csv')], 'no file', 'ありません'],
  ])('says what is wrong in both languages: %j', async (args, english, japanese) => {
    const env = { KIZASHI_DATA: folder, KIZASHI_DEMO: 'off' };
    const inEnglish = await kizashi(['features', ...args], env);
    expect(inEnglish).toMatchObject({ code: 2, stdout: '' });
    expect(inEnglish.stderr).toContain(english);
    const inJapanese = await kizashi(['features', ...args], { ...env, ...JAPANESE });
    expect(inJapanese).toMatchObject({ code: 2, stdout: '' });
    expect(inJapanese.stderr).toContain(japanese);
    // Wrong arguments of a run are told before anything is stored.
    expect(existsSync(join(folder, 'kizashi.db'))).toBe(false);
  });

  it('says what each feature is, in the language of the terminal', async () => {
    const english = await kizashi(['features', 'list', 'rolling'], {});
    expect(english.stdout).toMatch(
      /^parameter +default +what it is\nwindows .*Lengths[\s\S]*\n\nfeature +unit +what it is\nmean_3 .*Mean over the last 3 points/,
    );
    const japanese = await kizashi(['features', 'list', 'rolling'], JAPANESE);
    expect(japanese.stdout).toMatch(
      /^パラメーター [\s\S]*\n\n特徴量 +単位 +内容\nmean_3 .*直近3点（t を含む）の平均/,
    );
  });

  it('looks at a file without storing it', async () => {
    const { code, stdout } = await kizashi(['features', 'validate', DRAWS, '--json'], {});
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      seriesCount: 7,
      points: 840,
      rowsRejected: 0,
      layout: { form: 'long', exogenous: ['draw', 'carry_over'] },
    });
  });
});

/** Within the tolerances of the reference; lists by their parts, booleans as 0 and 1. */
function agree(found: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) {
    const parts = Array.isArray(found) ? found.flat() : [];
    const wanted = expected.flat();
    return parts.length === wanted.length && wanted.every((value, i) => agree(parts[i], value));
  }
  if (typeof expected === 'boolean') return found === Number(expected);
  if (typeof expected !== 'number' || typeof found !== 'number') return found === expected;
  return Math.abs(found - expected) <= 1e-6 * Math.max(1e-3, Math.abs(expected));
}
