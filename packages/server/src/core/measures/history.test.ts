import { parseIsoDate } from '@kizashi/series';
import { describe, expect, it } from 'vitest';
import { completeHistory } from './history.ts';
import type { Measure, MeasureQuery } from './measure.ts';

function measureOver(from: string, to: string): { measure: Measure; asked: MeasureQuery[] } {
  const asked: MeasureQuery[] = [];
  const measure: Measure = {
    id: 'test.sales',
    title: { en: 'Sales', ja: '売上' },
    unit: 'money',
    nonNegative: true,
    permission: 'sales.read',
    dimensions: [],
    range: async () => ({ from, to }),
    series: async (query) => {
      asked.push(query);
      return { t: [], y: [] };
    },
  };
  return { measure, asked };
}

const calendar = (today: string) => ({ today: parseIsoDate(today), weekStart: 'monday' as const });

describe('completeHistory', () => {
  it('leaves out today, which is not over', async () => {
    const { measure, asked } = measureOver('2026-01-01', '2026-03-10');
    await completeHistory(measure, { bucket: 'day', filters: {} }, calendar('2026-03-10'));
    expect(asked[0]).toMatchObject({ from: '2026-01-01', to: '2026-03-09' });
  });

  it('leaves out weeks and months that have only begun, at both ends', async () => {
    const { measure, asked } = measureOver('2010-12-01', '2011-12-09');
    await completeHistory(measure, { bucket: 'week', filters: {} }, calendar('2026-01-01'));
    await completeHistory(measure, { bucket: 'month', filters: {} }, calendar('2026-01-01'));
    expect(asked[0]).toMatchObject({ from: '2010-12-06', to: '2011-12-04' });
    expect(asked[1]).toMatchObject({ from: '2010-12-01', to: '2011-11-30' });
  });

  it('keeps a month whose last day has come', async () => {
    const { measure, asked } = measureOver('2011-01-01', '2011-02-28');
    await completeHistory(measure, { bucket: 'month', filters: {} }, calendar('2011-03-01'));
    expect(asked[0]).toMatchObject({ from: '2011-01-01', to: '2011-02-28' });
  });

  it('is undefined when no whole bucket is left', async () => {
    const { measure } = measureOver('2026-03-03', '2026-03-20');
    expect(
      await completeHistory(measure, { bucket: 'month', filters: {} }, calendar('2026-03-21')),
    ).toBeUndefined();
  });
});
