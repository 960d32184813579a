import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';

const en = createFormat({ locale: 'en', currency: 'GBP', timeZone: 'Europe/London' });
const ja = createFormat({ locale: 'ja', currency: 'JPY', timeZone: 'Asia/Tokyo' });

describe('createFormat', () => {
  it('writes amounts in the currency of the organisation', () => {
    expect(en.money(1234.5)).toBe('£1,234.50');
    expect(ja.money(1234)).toBe('￥1,234');
    expect(en.value('money', 12_345, 'compact')).toBe('£12.3K');
    expect(ja.value('money', 123_456_789, 'compact')).toBe('￥1.2億');
  });

  it('shortens numbers as each language counts', () => {
    expect(en.value('count', 12_345, 'compact')).toBe('12.3K');
    expect(ja.value('count', 12_345, 'compact')).toBe('1.2万');
  });

  it('writes fractions as percentages', () => {
    expect(en.percent(0.1234)).toBe('12.3%');
    expect(en.percent(0.1234, 0)).toBe('12%');
  });

  it('chooses by unit, and shows a dash for what is not a number', () => {
    expect(en.value('money', 2)).toBe('£2.00');
    expect(en.value('count', 1234)).toBe('1,234');
    expect(en.value('ratio', 0.0712)).toBe('7.12%');
    expect(en.value('number', 2.345678)).toBe('2.346');
    expect(en.value('money', null)).toBe('–');
    expect(en.value('money', Number.NaN)).toBe('–');
  });

  it('writes a local day as it is, whatever the zone', () => {
    const west = createFormat({ locale: 'en', currency: 'USD', timeZone: 'America/Los_Angeles' });
    expect(west.day('2011-12-01')).toBe('Dec 1, 2011');
    expect(ja.day('2011-12-01')).toBe('2011年12月1日');
    expect(ja.dayShort('2011-12-01')).toBe('12/1');
    expect(en.month('2011-12-01')).toBe('Dec 2011');
    expect(ja.month('2011-12-01')).toBe('2011年12月');
  });

  it('writes an instant in the zone of the organisation', () => {
    const instant = Date.UTC(2026, 10, 22, 16, 5);
    expect(en.dateTime(instant)).toBe('Nov 22, 2026, 16:05');
    expect(ja.dateTime(instant)).toBe('2026年11月23日 01:05');
  });

  it('tells how long ago in the largest unit that fits', () => {
    const now = Date.UTC(2026, 10, 22);
    expect(en.relative(now - 30_000, now)).toBe('this minute');
    expect(en.relative(now - 180_000, now)).toBe('3 minutes ago');
    expect(en.relative(now + 2 * 86_400_000, now)).toBe('in 2 days');
    expect(ja.relative(now - 7_200_000, now)).toBe('2 時間前');
  });

  it('writes sizes in bytes', () => {
    expect(en.bytes(0)).toBe('0 byte');
    expect(en.bytes(1_250_000)).toBe('1.3 MB');
  });
});
