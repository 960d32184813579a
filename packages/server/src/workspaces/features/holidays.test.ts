import { describe, expect, it } from 'vitest';
import { holidaysOf } from './holidays.ts';

const day = (text: string): number => Date.parse(text) / 86_400_000;

describe('holidays', () => {
  it('of Japan have the one-off days and moves, and the far ones that follow from the law', async () => {
    const days = await holidaysOf('JP', 2019, 2032);
    for (const text of ['2019-04-30', '2019-05-01', '2020-07-24', '2021-07-22', '2032-09-21']) {
      expect(days, text).toContain(day(text));
    }
    expect(days).not.toContain(day('2020-10-12'));
    expect(days).toEqual([...new Set(days)].sort((a, b) => a - b));
  });

  it('of other countries are their public ones', async () => {
    const days = await holidaysOf('US', 2024, 2024);
    expect(days).toContain(day('2024-07-04'));
    expect(days).toContain(day('2024-11-28'));
  });

  it('of no country are refused', async () => {
    await expect(holidaysOf('XX', 2024, 2024)).rejects.toMatchObject({
      code: 'FEATURES_COUNTRY_UNKNOWN',
    });
  });
});
