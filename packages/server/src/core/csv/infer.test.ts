import { describe, expect, it } from 'vitest';
import { valueFormatSchema } from './contract.ts';
import { detectDecimalMark, inferColumn } from './infer.ts';

const format = valueFormatSchema.parse({});
const typeOf = (...cells: string[]) => inferColumn(cells, format).type;

describe('inferColumn', () => {
  it.each([
    [['1', '-2', '３', '1,000'], 'integer'],
    [['1', '2.5'], 'number'],
    [['1.0', '2.0'], 'number'],
    [['(200)', '△5', '1e3'], 'integer'],
    [['100', '¥200', '300円'], 'currency'],
    [['12.5%', '7％'], 'percent'],
    [['12.5%', '0.3'], 'text'],
    [['はい', 'いいえ', ''], 'boolean'],
    [['Yes', 'no'], 'boolean'],
    [['1', '0'], 'integer'],
    [['2025-04-01', '2025/4/2', '令和7年4月3日', 'R7.4.4'], 'date'],
    [['20250401', '20250402'], 'date'],
    [['20250401', '20251332'], 'integer'],
    [['2025-04-01', '2025-04-01 10:30'], 'datetime'],
    [['2025-04-01 00:00', '2025-04-02 00:00'], 'datetime'],
    [['001', '12'], 'text'],
    [['０６００００１'], 'text'],
    [['4111111111111111'], 'text'],
    [['090-1234-5678', '0120-000-000'], 'text'],
    [['+81-3-1234-5678'], 'text'],
    [['536365', 'C536379'], 'text'],
    [['0', '0.5'], 'number'],
    [['', '  '], 'empty'],
    [[], 'empty'],
  ])('takes %j for %s', (cells, type) => {
    expect(typeOf(...cells)).toBe(type);
  });

  it('stays with text for one odd cell, and says what it nearly is', () => {
    const cells = [...Array.from({ length: 19 }, (_, i) => `${i + 1}`), 'n/a'];
    expect(inferColumn(cells, format)).toMatchObject({ type: 'text', nearly: 'integer' });
    expect(inferColumn(['1', 'two', '3'], format)).toMatchObject({ type: 'text', nearly: null });
  });

  it('names the currency where there is one', () => {
    expect(inferColumn(['£1.50', '2'], format).currency).toBe('GBP');
    expect(inferColumn(['￥100', '200円'], format).currency).toBe('JPY');
    expect(inferColumn(['£1', '$2'], format).currency).toBeNull();
  });

  it('tells day and month apart when one cell proves the order', () => {
    const order = (...cells: string[]) => inferColumn(cells, format);
    expect(order('04/11/2025', '13/11/2025')).toMatchObject({
      type: 'date',
      dateOrder: 'day-first',
    });
    expect(order('12/1/2010 8:26', '12/13/2010 9:00')).toMatchObject({
      type: 'datetime',
      dateOrder: 'month-first',
    });
    expect(order('04/11/2025', '05/11/2025')).toMatchObject({ type: 'date', dateOrder: 'unknown' });
    expect(order('13/11/2025', '11/13/2025')).toMatchObject({ type: 'text', dateOrder: null });
    expect(order('2025-04-11')).toMatchObject({ type: 'date', dateOrder: null });
  });
});

describe('detectDecimalMark', () => {
  it.each([
    [['1.5', '1,234.5'], '.'],
    [['1,5', '2,75'], ','],
    [['1.234,56'], ','],
    [['1,234'], '.'],
    [['a', ''], '.'],
  ])('finds in %j the mark %s', (cells, mark) => {
    expect(detectDecimalMark(cells.map((cell) => [cell]))).toBe(mark);
  });
});
