import { describe, expect, it } from 'vitest';
import { namedHolidays } from './named-holidays.ts';

const day = (text: string): number => Date.parse(text) / 86_400_000;

describe('named holidays', () => {
  it('of Japan carry one name through the years', async () => {
    const holidays = (await namedHolidays('JP', 2019, 2021))!;
    const sports = holidays.filter(({ name }) => name === 'Health and Sports Day');
    expect(sports.map((one) => one.day)).toEqual([
      day('2019-10-14'),
      day('2020-07-24'),
      day('2021-07-23'),
    ]);
    expect(holidays).toEqual([...holidays].sort((a, b) => a.day - b.day));
  });

  it('are known of many countries, and null of no country', async () => {
    const holidays = await namedHolidays('US', 2024, 2024);
    expect(holidays).toContainEqual({ day: day('2024-07-04'), name: 'Independence Day' });
    expect(await namedHolidays('XX', 2024, 2024)).toBeNull();
  });
});
