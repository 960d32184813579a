import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../packages/cli/src/exit-codes.ts';
import { kizashi, temporaryFolder } from './support/product.ts';

const folder = temporaryFolder();

function fileOf(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

/** A week of readings every five minutes, with a wave of a day and, near the end, two hours at twice the height. */
const readings = fileOf('readings.csv', [
  'timestamp,value',
  ...Array.from({ length: 2016 }, (_, i) => {
    const t = new Date(Date.UTC(2024, 4, 1) + i * 300_000).toISOString().slice(0, 19);
    const wave = 20 * Math.sin((2 * Math.PI * i) / 288) + ((i * 7919) % 17) / 4;
    return `${t.replace('T', ' ')},${(100 + wave) * (i >= 1900 && i < 1924 ? 2 : 1)}`;
  }),
]);

interface Point {
  t: string;
  y: number;
  score: number;
  expected: number;
  lower: number;
  upper: number;
  anomaly: boolean;
}

describe('kizashi anomalies', () => {
  it('judges every row of a file without server or database', async () => {
    const args = ['anomalies', readings, '--time', 'timestamp', '--value', 'value', '--json'];
    const { code, stdout, stderr } = await kizashi(args, {});
    expect({ code, stderr }).toEqual({ code: exitCodes.ok, stderr: '' });
    const { points } = JSON.parse(stdout) as { points: Point[] };
    expect(points).toHaveLength(2016);
    for (const { score, expected, lower, upper } of points) {
      expect(score >= 0 && score <= 1 && lower <= expected && expected <= upper).toBe(true);
    }
    const told = points.filter(({ anomaly, t }) => anomaly && t >= '2024-05-07T14:20');
    expect(told).toHaveLength(1);
    expect(told[0]!.t < '2024-05-07T15').toBe(true);
  });

  it('names the series where a column does', async () => {
    const file = fileOf('two.csv', ['id,day,y', 'a,2024-01-01,1', 'b,2024-01-01,2']);
    const { stdout } = await kizashi(['anomalies', file, '--id', 'id', '--json'], {});
    const { series } = JSON.parse(stdout) as { series: Record<string, { points: Point[] }> };
    expect(Object.keys(series)).toEqual(['a', 'b']);
    expect(series.b!.points).toMatchObject([{ t: '2024-01-01', y: 2, score: 0, anomaly: false }]);
  });

  it('tells people of both languages why', async () => {
    const english = await kizashi(['anomalies', readings], {});
    expect(english.stdout).toMatch(/2024-05-07T14:\d\d:00Z .* high/);
    const japanese = await kizashi(['anomalies', readings], { LANG: 'ja_JP.UTF-8' });
    expect(japanese.stdout).toMatch(/2016 点のうち異常 \d+ 件/);
    expect(japanese.stdout).toContain('高い');
  });

  it.each([
    [['nowhere.csv'], 'SERIES_FILE_MISSING'],
    [[readings, '--value', 'height'], 'SERIES_COLUMN_UNKNOWN'],
    [[readings, '--threshold', 'high'], 'ANOMALIES_OPTION_INVALID'],
    [[readings, '--season', '1.5'], 'ANOMALIES_OPTION_INVALID'],
    [[readings, '--method', 'magic'], 'USAGE'],
    [[], 'USAGE'],
  ])('%j is wrong input: exit code 2, and nothing on standard output', async (args, code) => {
    const result = await kizashi(['anomalies', ...args, '--json'], {});
    expect(result).toMatchObject({ code: exitCodes.usage, stdout: '' });
    expect((JSON.parse(result.stderr) as { error: { code: string } }).error.code).toBe(code);
  });
});
