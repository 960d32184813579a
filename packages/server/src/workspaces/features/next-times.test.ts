import { describe, expect, it } from 'vitest';
import { nextTimes } from './next-times.ts';

const times = (...days: string[]): Float64Array =>
  Float64Array.from(days, (day) => Date.parse(day));
const shown = (t: Float64Array): string[] =>
  Array.from(t, (ms) => new Date(ms).toISOString().slice(0, 10));

describe('the times after a series', () => {
  it('keep the days of the week on which draws are', () => {
    const draws = times('2026-08-10', '2026-08-13', '2026-08-17', '2026-08-20');
    expect(shown(nextTimes(draws, 'date', 3))).toEqual(['2026-08-24', '2026-08-27', '2026-08-31']);
  });

  it('leave weekends out where the series does', () => {
    const week = times('2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05');
    expect(shown(nextTimes(week, 'date', 2))).toEqual(['2024-01-08', '2024-01-09']);
  });

  it('stay on the last day of the month', () => {
    const months = times('2023-11-30', '2023-12-31', '2024-01-31');
    expect(shown(nextTimes(months, 'date', 2))).toEqual(['2024-02-29', '2024-03-31']);
  });

  it('go on by the usual step for an index', () => {
    expect([...nextTimes(Float64Array.of(0, 5, 10, 30), 'index', 2)]).toEqual([35, 40]);
  });

  it('are none after a single point', () => {
    expect(nextTimes(Float64Array.of(1), 'date', 5)).toHaveLength(0);
  });
});
