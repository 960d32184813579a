import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ValueFormat, valueFormatSchema } from '../contract.ts';
import { CellFault, type CellParser } from './cell.ts';
import { createDateParser, createDatetimeParser } from './date.ts';

const format = valueFormatSchema.parse({});
const date = createDateParser(format, undefined);

function read(parse: CellParser, text: string) {
  const value = parse(text);
  return value instanceof CellFault ? value.code : value;
}

function iso(parse: CellParser, text: string) {
  const value = read(parse, text);
  return typeof value === 'number' ? new Date(value).toISOString().replace('.000Z', 'Z') : value;
}

describe('createDateParser', () => {
  it.each([
    ['2025-04-01', '2025-04-01'],
    ['2025-4-1', '2025-04-01'],
    ['2025/4/1', '2025-04-01'],
    ['2025.04.01', '2025-04-01'],
    ['20250401', '2025-04-01'],
    ['２０２５／４／１', '2025-04-01'],
    ['2025年4月1日', '2025-04-01'],
    ['2025年 4月 1日', '2025-04-01'],
    ['2025/4/1(火)', '2025-04-01'],
    ['令和7年4月3日', '2025-04-03'],
    ['令和元年5月1日', '2019-05-01'],
    ['㋿7年4月3日', '2025-04-03'],
    ['R7.4.4', '2025-04-04'],
    ['r7/4/4', '2025-04-04'],
    ['R元.5.1', '2019-05-01'],
    ['平成31年4月30日', '2019-04-30'],
    ['H31.4.30', '2019-04-30'],
    ['昭和64年1月7日', '1989-01-07'],
    ['昭和100年1月1日', '2025-01-01'],
    ['S64.1.7', '1989-01-07'],
    ['T15.12.24', '1926-12-24'],
    ['明治6年1月1日', '1873-01-01'],
    ['1 Apr 2025', '2025-04-01'],
    ['01-Apr-2025', '2025-04-01'],
    ['April 1, 2025', '2025-04-01'],
    ['Sept 30 2025', '2025-09-30'],
    ['2024-02-29', '2024-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['2025-04-01 00:00:00', '2025-04-01'],
    [' 2025-04-01 ', '2025-04-01'],
    ['', null],
    ['\u3000', null],
    ['2025-02-30', 'invalid-date'],
    ['2023-02-29', 'invalid-date'],
    ['1900-02-29', 'invalid-date'],
    ['2025-13-01', 'invalid-date'],
    ['2025-00-10', 'invalid-date'],
    ['2025-04-00', 'invalid-date'],
    ['2025-04/01', 'invalid-date'],
    ['25/04/01', 'invalid-date'],
    ['04/11/2025', 'invalid-date'],
    ['13/11/2025', 'invalid-date'],
    ['20251301', 'invalid-date'],
    ['2025040', 'invalid-date'],
    ['令和0年4月1日', 'invalid-date'],
    ['令和元年4月30日', 'invalid-date'],
    ['明治5年12月2日', 'invalid-date'],
    ['R7.4/4', 'invalid-date'],
    ['2025-04-01 10:30', 'invalid-date'],
    ['2025-04-01T00:00:00Z', 'invalid-date'],
    ['yesterday', 'invalid-date'],
    ['45748', 'invalid-date'],
    ['2025-04-01 '.padEnd(80, 'x'), 'invalid-date'],
  ])('reads %j as %j', (text, value) => {
    expect(read(date, text)).toBe(value);
  });

  it('reads the order of day and month that it was told', () => {
    const dayFirst = createDateParser({ ...format, dateOrder: 'day-first' }, undefined);
    const monthFirst = createDateParser({ ...format, dateOrder: 'month-first' }, undefined);
    expect(read(dayFirst, '04/11/2025')).toBe('2025-11-04');
    expect(read(dayFirst, '4.11.2025')).toBe('2025-11-04');
    expect(read(monthFirst, '04/11/2025')).toBe('2025-04-11');
    expect(read(monthFirst, '13/11/2025')).toBe('invalid-date');
  });

  it('takes only the notations a rule names', () => {
    const only = createDateParser(format, ['iso8601', 'YYYYMMDD']);
    const texts = ['2025-04-01', '20250401', '2025-4-1', '2025/04/01', 'R7.4.1', '2025年4月1日'];
    expect(texts.map((text) => read(only, text))).toEqual([
      '2025-04-01',
      '2025-04-01',
      ...Array.from({ length: 4 }, () => 'invalid-date'),
    ]);
  });

  it('knows every day of the calendar and no other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, day) => {
          const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          const exists = new Date(`${text}T00:00:00Z`);
          const real = !Number.isNaN(exists.valueOf()) && exists.toISOString().startsWith(text);
          expect(read(date, text)).toBe(real ? text : 'invalid-date');
        },
      ),
      { seed: 20250407, numRuns: 3000 },
    );
  });
});

describe('createDatetimeParser', () => {
  const at = (zone: Partial<ValueFormat>) =>
    createDatetimeParser({ ...format, ...zone }, undefined);
  const utc = at({});

  it.each([
    ['2010-12-01 08:26', '2010-12-01T08:26:00Z'],
    ['2010-12-01T08:26:59', '2010-12-01T08:26:59Z'],
    ['2010/12/1 8:26', '2010-12-01T08:26:00Z'],
    ['2025-04-01T10:00:00.1234567+09:00', '2025-04-01T01:00:00.123Z'],
    ['2025-04-01T10:00:00,5Z', '2025-04-01T10:00:00.500Z'],
    ['2025-04-01 10:00:00 -0330', '2025-04-01T13:30:00Z'],
    ['2025-04-01T10:00+09', '2025-04-01T01:00:00Z'],
    ['20250410T1030Z', '2025-04-10T10:30:00Z'],
    ['20250410T103045+0900', '2025-04-10T01:30:45Z'],
    ['202504101030', '2025-04-10T10:30:00Z'],
    ['20250410103045', '2025-04-10T10:30:45Z'],
    ['2025-04-01', '2025-04-01T00:00:00Z'],
    ['2025年4月1日 9時30分', '2025-04-01T09:30:00Z'],
    ['令和7年4月1日 午後9:30', '2025-04-01T21:30:00Z'],
    ['R7.4.1 午前12時', '2025-04-01T00:00:00Z'],
    ['2025/4/1(火) 9:05', '2025-04-01T09:05:00Z'],
    ['Apr 1, 2025 3:05 PM', '2025-04-01T15:05:00Z'],
    ['2025-04-01 12:00 a.m.', '2025-04-01T00:00:00Z'],
    ['', null],
    ['2025-04-01 24:00', 'invalid-date'],
    ['2025-04-01 10:60', 'invalid-date'],
    ['2025-04-01 10:30:60', 'invalid-date'],
    ['2025-04-01 10', 'invalid-date'],
    ['2025-04-01 10:3', 'invalid-date'],
    ['2025-04-01 13:00 PM', 'invalid-date'],
    ['2025-04-01T10:00:00+25:00', 'invalid-date'],
    ['2025-04-01T10:00:00+09:60', 'invalid-date'],
    ['2025-04-01T10:00:00.Z', 'invalid-date'],
    ['2025-04-01T10:00:00 Europe', 'invalid-date'],
    ['2025-04-01T', 'invalid-date'],
  ])('reads %j as %j', (text, value) => {
    expect(iso(utc, text)).toBe(value);
  });

  it('reads the clock of the zone where no offset is written', () => {
    expect(iso(at({ timeZone: 'Asia/Tokyo' }), '2025-04-01 08:26')).toBe('2025-03-31T23:26:00Z');
    expect(iso(at({ timeZone: 'Europe/London' }), '2025-07-01')).toBe('2025-06-30T23:00:00Z');
    expect(iso(at({ timeZone: 'Asia/Tokyo' }), '2025-04-01T08:26Z')).toBe('2025-04-01T08:26:00Z');
  });

  it('gives the same answer however often and in whatever order it is asked', () => {
    const parse = at({ timeZone: 'Europe/London' });
    const texts = ['2025-04-01 08:26', '', 'x', '2025-04-01 08:26', '2025-12-01 08:26', ''];
    expect(texts.map((text) => iso(parse, text))).toEqual(
      texts.map((text) => iso(at({ timeZone: 'Europe/London' }), text)),
    );
  });
});
