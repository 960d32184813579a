import { describe, expect, it } from 'vitest';
import { bucketText, dayText, periodText, tickText } from './date-text.ts';

describe('dates in words', () => {
  it('name the day in full', () => {
    expect(dayText('2011-12-09', 'en')).toBe('Dec 9, 2011');
    expect(dayText('2011-12-09', 'ja')).toBe('2011年12月9日');
  });

  it('name a period, and one day only once', () => {
    expect(periodText('2011-11-12', '2011-12-09', 'en')).toBe('Nov 12, 2011 – Dec 9, 2011');
    expect(periodText('2011-11-12', '2011-12-09', 'ja')).toBe('2011年11月12日～2011年12月9日');
    expect(periodText('2011-12-09', '2011-12-09', 'en')).toBe('Dec 9, 2011');
  });

  it.each([
    ['day', 'en', 'Fri, Dec 9, 2011'],
    ['day', 'ja', '2011年12月9日(金)'],
    ['week', 'en', 'Week of Dec 9, 2011'],
    ['week', 'ja', '2011年12月9日の週'],
    ['month', 'en', 'Dec 2011'],
    ['month', 'ja', '2011年12月'],
  ] as const)('name a point of a %s chart in %s', (bucket, language, words) => {
    expect(bucketText('2011-12-09', bucket, language)).toBe(words);
  });
});

describe('axis ticks', () => {
  it.each([
    ['2012-01-01', '2012', '2012年'],
    ['2011-12-01', 'Dec', '12月'],
    ['2011-12-09', 'Dec 9', '12/9'],
  ])('say of %s what is new about it', (date, en, ja) => {
    expect(tickText(Date.parse(date), 'en', 365)).toBe(en);
    expect(tickText(Date.parse(date), 'ja', 365)).toBe(ja);
  });

  it('name every day on a short axis', () => {
    expect(tickText(Date.parse('2011-12-01'), 'en', 40)).toBe('Dec 1');
    expect(tickText(Date.parse('2012-01-01'), 'ja', 40)).toBe('1/1');
  });
});
