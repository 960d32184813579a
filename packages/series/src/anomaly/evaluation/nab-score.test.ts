import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { alarmQuality } from './alarm-quality.ts';
import { type LabelledScores, NAB_PROFILES, nabAlarms, nabScore } from './nab-score.ts';

interface Fixture {
  files: { n: number; windows: [number, number][]; alarms: number[] }[];
}

const path = new URL('../../../fixtures/nab-htm-alarms.json', import.meta.url);
const { files } = JSON.parse(readFileSync(path, 'utf8')) as Fixture;
const htm: LabelledScores[] = files.map(({ n, windows, alarms }) => {
  const scores = new Float64Array(n);
  for (const index of alarms) scores[index] = 1;
  return { scores, windows };
});

/** 1,000 rows, a window from 500 to 599, and alarms at the given rows. */
function one(...alarms: number[]): LabelledScores {
  const scores = new Float64Array(1000);
  for (const index of alarms) scores[index] = 1;
  return { scores, windows: [[500, 599]] };
}

describe('the score of the Numenta Anomaly Benchmark', () => {
  it('is what NAB gives the HTM detector on 39 files', () => {
    expect(nabScore(htm, 0.5)).toBeCloseTo(72.01, 2);
    expect(nabScore(htm, 0.5, NAB_PROFILES.lowFalsePositives)).toBeCloseTo(66.17, 2);
    expect(nabScore(htm, 0.5, NAB_PROFILES.lowFalseNegatives)).toBeCloseTo(75.86, 2);
    const { hits, falseAlarms, windows } = alarmQuality(htm, 0.5);
    expect({ hits, falseAlarms, windows }).toEqual({ hits: 66, falseAlarms: 89, windows: 79 });
  });

  it('is 100 for an alarm at the start of each window, 0 for silence', () => {
    expect(nabScore([one(500)], 0.5)).toBeCloseTo(100, 10);
    expect(nabScore([one()], 0.5)).toBe(0);
  });

  it('counts the first alarm of a window only, and less the later it comes', () => {
    expect(nabScore([one(550, 551, 590)], 0.5)).toBe(nabScore([one(550)], 0.5));
    expect(nabScore([one(550)], 0.5)).toBeGreaterThan(nabScore([one(590)], 0.5));
  });

  it('charges an alarm before the window fully, one right behind it less, one in the probation nothing', () => {
    const cost = (row: number) => nabScore([one(500)], 0.5) - nabScore([one(500, row)], 0.5);
    expect(cost(300)).toBeCloseTo((100 * 0.11) / 2, 10);
    expect(cost(605)).toBeLessThan(cost(650));
    expect(cost(950)).toBeCloseTo(cost(300), 10);
    expect(cost(149)).toBe(0);
  });

  it('flags nothing where a score is missing', () => {
    expect(nabAlarms({ scores: [Number.NaN], windows: [] }, 0.5).falseAlarms).toEqual([]);
  });

  it('needs a window', () => {
    expect(() => nabScore([{ scores: [1], windows: [] }], 0.5)).toThrow(InvalidInput);
  });
});

describe('the quality of alarms', () => {
  it('counts hits, false alarms and the delay', () => {
    const quality = alarmQuality([one(550, 560, 700), one()], 0.5);
    expect(quality).toMatchObject({ windows: 2, hits: 1, falseAlarms: 1, precision: 0.5 });
    expect(quality.recall).toBe(0.5);
    expect(quality.delay).toBe(0.5);
    expect(quality.falsePerThousand).toBeCloseTo(1000 / 1500, 12);
  });

  it('has no shares of nothing', () => {
    const quality = alarmQuality([], 0.5);
    expect([quality.precision, quality.recall, quality.delay]).toEqual([NaN, NaN, NaN]);
  });
});
