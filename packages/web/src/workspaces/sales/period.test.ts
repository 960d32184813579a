import { describe, expect, it } from 'vitest';
import { bucketFor, chosenPeriod } from './period.ts';

const range = { from: '2010-12-01', to: '2011-12-09' };
const settings = { timeZone: 'Asia/Tokyo', fiscalYearStartMonth: 4, weekStartsOn: 1 } as const;
const years = Date.UTC(2026, 6, 1);

describe('the period of a view', () => {
  it('is the last four weeks with data when nothing is chosen', () => {
    expect(chosenPeriod({}, range, settings, years)).toEqual({
      from: '2011-11-12',
      to: '2011-12-09',
      preset: 'last-28-days',
      anchor: '2011-12-09',
      behind: true,
    });
  });

  it('counts from today when the data reach it, in the zone of the organisation', () => {
    // 15:30 UTC is already the next day in Tokyo.
    const now = Date.UTC(2011, 11, 8, 15, 30);
    expect(chosenPeriod({ period: 'today' }, range, settings, now)).toMatchObject({
      from: '2011-12-09',
      to: '2011-12-09',
      behind: false,
    });
  });

  it('counts from today when the data lie ahead of it', () => {
    const now = Date.UTC(2011, 10, 30);
    expect(chosenPeriod({ period: 'this-month' }, range, settings, now)).toMatchObject({
      from: '2011-11-01',
      to: '2011-11-30',
      behind: false,
    });
  });

  it.each([
    ['last-month', '2011-11-01', '2011-11-30'],
    ['this-quarter', '2011-10-01', '2011-12-09'],
    ['this-fiscal-year', '2011-04-01', '2011-12-09'],
    ['year-to-date', '2011-01-01', '2011-12-09'],
    ['all', '2010-12-01', '2011-12-09'],
  ] as const)('knows %s', (period, from, to) => {
    expect(chosenPeriod({ period }, range, settings, years)).toMatchObject({ from, to });
  });

  it('prefers days chosen by hand, in either order', () => {
    const search = { period: 'all', from: '2011-03-31', to: '2011-03-01' } as const;
    expect(chosenPeriod(search, range, settings, years)).toMatchObject({
      from: '2011-03-01',
      to: '2011-03-31',
      preset: null,
    });
  });

  it('needs both days', () => {
    expect(chosenPeriod({ from: '2011-03-31' }, range, settings, years).preset).toBe(
      'last-28-days',
    );
  });
});

describe('the width of a point', () => {
  it('follows the length of the period unless it was chosen', () => {
    expect(bucketFor({ from: '2011-11-12', to: '2011-12-09' })).toBe('day');
    expect(bucketFor(range)).toBe('week');
    expect(bucketFor(range, 'month')).toBe('month');
  });
});
