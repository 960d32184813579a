import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDetector } from '@kizashi/series';
import { afterAll, describe, expect, it } from 'vitest';
import type { SeriesLayout } from '../series-source/contract.ts';
import { type DetectChoices, type DetectedPoint, detectFile } from './detect-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'kizashi-anomalies-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(lines: readonly string[]): string {
  const path = join(folder, `${files++}.csv`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

async function detect(
  lines: readonly string[],
  layout: Partial<SeriesLayout> = {},
  choices: DetectChoices = {},
) {
  const series: { id: string; points: readonly DetectedPoint[]; named: boolean }[] = [];
  const summary = await detectFile({
    file: fileOf(lines),
    layout: { timeZone: 'UTC', ...layout },
    choices,
    onSeries: (id, points, named) => series.push({ id, points, named }),
  });
  return { series, summary };
}

const minute = (i: number) => new Date(i * 300_000).toISOString().slice(0, 19).replace('T', ' ');
const usual = (i: number) => 50 + 10 * Math.sin(i / 46) + ((i * 7919) % 13) / 4;

describe('anomalies of a file', () => {
  it('are those of the detector fed row by row', async () => {
    const y = Array.from({ length: 900 }, (_, i) => (i >= 700 && i < 720 ? 120 : usual(i)));
    const { series } = await detect(['at,load', ...y.map((value, i) => `${minute(i)},${value}`)]);
    const [{ points, named }] = series as [(typeof series)[0]];
    expect(named).toBe(false);
    const detector = createDetector();
    y.forEach((value, i) => {
      const { score, expected, lower, upper, anomaly } = detector.push(value, i * 300_000);
      expect(points[i]).toMatchObject({ y: value, score, expected, lower, upper, anomaly });
    });
    expect(points[1]!.t).toBe('1970-01-01T00:05:00Z');
    const told = points.filter(({ anomaly }) => anomaly);
    expect(told.map(({ t }) => t)).toContain('1970-01-03T10:20:00Z');
    expect(told.every(({ reasons }) => reasons!.length > 0)).toBe(true);
  });

  it('judge rows of the same time one by one, and rows in any order by their times', async () => {
    const lines = ['2024-01-03,3', '2024-01-01,1', '2024-01-02,2', '2024-01-02,9'];
    const { series } = await detect(['day,y', ...lines]);
    expect(series[0]!.points.map(({ t, y }) => [t, y])).toEqual([
      ['2024-01-01', 1],
      ['2024-01-02', 2],
      ['2024-01-02', 9],
      ['2024-01-03', 3],
    ]);
  });

  it('come series by series where a column names them', async () => {
    const rows = [1, 2, 3].flatMap((i) => [`b,${i},${i}`, `a,${i},${-i}`]);
    const { series } = await detect(['shop,n,sold', ...rows], { id: 'shop', time: 'n', y: 'sold' });
    expect(series.map(({ id, named }) => [id, named])).toEqual([
      ['b', true],
      ['a', true],
    ]);
    expect(series[1]!.points.map(({ t, y }) => [t, y])).toEqual([
      [1, -1],
      [2, -2],
      [3, -3],
    ]);
  });

  it('come series by series where a column is called as in forecasts', async () => {
    const rows = ['a', 'b'].flatMap((shop) => [1, 2, 3].map((day) => `${shop},2026-01-0${day},5`));
    const { series } = await detect(['shop,date,sold', ...rows]);
    expect(series.map(({ id, named }) => [id, named])).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  it('have numbers or null, never more, for one row, gaps, constants and huge values', async () => {
    for (const values of [
      ['5'],
      ['', '', ''],
      ['', '4', ''],
      ['7', '7', '7'],
      ['1e300', '-1e300', '1', '1e300'],
    ]) {
      const lines = values.map((value, i) => `2024-01-0${i + 1},${value}`);
      const { series } = await detect(['t,y', ...lines], { time: 't', y: 'y' });
      const points = series.flatMap((one) => one.points);
      expect(JSON.parse(JSON.stringify(points))).toEqual(points);
      expect(points).toHaveLength(values.length);
    }
  });

  it('refuse a wrong option, column or file', async () => {
    const lines = ['t,y', '2024-01-01,1'];
    await expect(detect(lines, {}, { m: 1 })).rejects.toThrow('season: must be a whole number');
    await expect(detect(lines, {}, { threshold: 2 })).rejects.toMatchObject({
      code: 'ANOMALIES_OPTION_INVALID',
    });
    await expect(detect(lines, { y: 'x' })).rejects.toMatchObject({
      code: 'SERIES_COLUMN_UNKNOWN',
    });
    await expect(detect([])).rejects.toMatchObject({ code: 'SERIES_FILE_EMPTY' });
    const nowhere = { file: join(folder, 'no.csv'), layout: { timeZone: 'UTC' }, choices: {} };
    await expect(detectFile({ ...nowhere, onSeries: () => {} })).rejects.toMatchObject({
      code: 'SERIES_FILE_MISSING',
    });
  });
});
