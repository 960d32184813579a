import { describe, expect, it } from 'vitest';
import { bucketStarts, chooseBucket } from './bucket.ts';
import { isoDate, parseIsoDate } from './day.ts';
import {
  PERIOD_PRESETS,
  type Period,
  type PeriodContext,
  type PeriodPreset,
  presetPeriod,
  presetPreviousPeriod,
} from './period.ts';

const data = { from: parseIsoDate('2010-12-01'), to: parseIsoDate('2024-05-15') };
// A Wednesday, in the first quarter of business year 2024.
const context: PeriodContext = { today: parseIsoDate('2024-05-15'), data };

function text(period: Period | null): string | null {
  return period && `${isoDate(period.from)}/${isoDate(period.to)}`;
}

describe('period presets', () => {
  const expected: [PeriodPreset, string, string | null][] = [
    ['today', '2024-05-15/2024-05-15', '2024-05-14/2024-05-14'],
    ['yesterday', '2024-05-14/2024-05-14', '2024-05-13/2024-05-13'],
    ['last-7-days', '2024-05-09/2024-05-15', '2024-05-02/2024-05-08'],
    ['last-28-days', '2024-04-18/2024-05-15', '2024-03-21/2024-04-17'],
    ['last-90-days', '2024-02-16/2024-05-15', '2023-11-18/2024-02-15'],
    ['this-week', '2024-05-13/2024-05-15', '2024-05-06/2024-05-08'],
    ['last-week', '2024-05-06/2024-05-12', '2024-04-29/2024-05-05'],
    ['this-month', '2024-05-01/2024-05-15', '2024-04-01/2024-04-15'],
    ['last-month', '2024-04-01/2024-04-30', '2024-03-01/2024-03-31'],
    ['this-quarter', '2024-04-01/2024-05-15', '2024-01-01/2024-02-14'],
    ['last-quarter', '2024-01-01/2024-03-31', '2023-10-01/2023-12-31'],
    ['this-fiscal-year', '2024-04-01/2024-05-15', '2023-04-01/2023-05-15'],
    ['last-fiscal-year', '2023-04-01/2024-03-31', '2022-04-01/2023-03-31'],
    ['year-to-date', '2024-01-01/2024-05-15', '2023-01-01/2023-05-16'],
    ['all', '2010-12-01/2024-05-15', null],
  ];

  it.each(expected)('%s is %s, compared with %s', (preset, period, previous) => {
    expect(text(presetPeriod(preset, context))).toBe(period);
    expect(text(presetPreviousPeriod(preset, context))).toBe(previous);
  });

  it('are all covered above', () => {
    expect(expected.map(([preset]) => preset)).toEqual([...PERIOD_PRESETS]);
  });

  it('compare a long month with the whole of a shorter one', () => {
    const endOfMarch = { ...context, today: parseIsoDate('2023-03-31') };
    expect(text(presetPreviousPeriod('this-month', endOfMarch))).toBe('2023-02-01/2023-02-28');
  });

  it('follow another week start and business year', () => {
    const us: PeriodContext = { ...context, weekStart: 'sunday', fiscalStartMonth: 10 };
    expect(text(presetPeriod('this-week', us))).toBe('2024-05-12/2024-05-15');
    expect(text(presetPeriod('last-fiscal-year', us))).toBe('2022-10-01/2023-09-30');
  });
});

describe('buckets', () => {
  it.each([
    ['2024-01-01', '2024-04-01', 'day'],
    ['2024-01-01', '2024-04-02', 'week'],
    ['2022-01-01', '2024-01-02', 'week'],
    ['2022-01-01', '2024-01-03', 'month'],
  ])('%s to %s is shown by %s', (from, to, bucket) => {
    expect(chooseBucket({ from: parseIsoDate(from), to: parseIsoDate(to) })).toBe(bucket);
  });

  it('list every start that touches the period', () => {
    const period = { from: parseIsoDate('2024-01-31'), to: parseIsoDate('2024-03-01') };
    expect(bucketStarts(period, 'month').map(isoDate)).toEqual([
      '2024-01-01',
      '2024-02-01',
      '2024-03-01',
    ]);
    expect(bucketStarts(period, 'week', 'sunday').map(isoDate)).toEqual([
      '2024-01-28',
      '2024-02-04',
      '2024-02-11',
      '2024-02-18',
      '2024-02-25',
    ]);
    expect(bucketStarts(period, 'day')).toHaveLength(31);
    expect(bucketStarts({ from: 2, to: 1 }, 'day')).toEqual([]);
  });
});
