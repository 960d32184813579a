import { describe, expect, it } from 'vitest';
import type { JudgedPoint, SeriesForecast } from './documents.ts';
import { nearestRow, outcomeOf } from './outcome-rows.ts';

const judged = (t: string | number, y: number | null, anomaly = false): JudgedPoint => ({
  ...{ t, y, anomaly, score: anomaly ? 0.6 : 0, lower: null, upper: null },
  ...(anomaly && { reasons: [{ code: 'high', points: 1 }] }),
});
const forecast: SeriesForecast = {
  model: 'ETS(A,N,N)',
  t: ['2026-01-03', '2026-01-04'],
  mean: [5, 6],
  lower: { '95': [1, 1], '80': [3, 3] },
  upper: { '95': [9, 9], '80': [7, 7] },
  backtest: null,
  warnings: [],
};

describe('outcomeOf', () => {
  it('puts the forecast behind the past, narrow intervals first', () => {
    const outcome = outcomeOf([judged('2026-01-01', 4), judged('2026-01-02', 40, true)], forecast);
    expect(outcome).toMatchObject({ timeKind: 'date', past: 2, levels: [80, 95] });
    expect(outcome.rows.map(({ t, actual, mean }) => [t, actual, mean])).toEqual([
      ['2026-01-01', 4, null],
      ['2026-01-02', 40, null],
      ['2026-01-03', null, 5],
      ['2026-01-04', null, 6],
    ]);
    expect(outcome.rows[1]?.anomaly?.reasons).toEqual([{ code: 'high', points: 1 }]);
    expect(outcome.rows[2]?.bands).toEqual([
      { lower: 3, upper: 7 },
      { lower: 1, upper: 9 },
    ]);
  });

  it('leaves out rows of the future that hold no value, but keeps gaps of the past', () => {
    const points = [
      judged('2026-01-01', null),
      judged('2026-01-02', 4),
      judged('2026-01-03', null),
    ];
    const { rows } = outcomeOf(points, forecast);
    expect(rows.map(({ t }) => t)).toEqual([
      '2026-01-01',
      '2026-01-02',
      '2026-01-03',
      '2026-01-04',
    ]);
    expect(rows[2]?.mean).toBe(5);
  });

  it('tells an index, a day and an instant apart', () => {
    expect(outcomeOf([judged(7, 1)])).toMatchObject({ timeKind: 'index', rows: [{ x: 7 }] });
    expect(outcomeOf([judged('2026-01-01T03:00:00Z', 1)])).toMatchObject({
      timeKind: 'datetime',
      rows: [{ x: Date.UTC(2026, 0, 1, 3) }],
    });
  });

  it('can do without either', () => {
    expect(outcomeOf(undefined, forecast)).toMatchObject({ past: 0, timeKind: 'date' });
    expect(outcomeOf().rows).toEqual([]);
  });
});

describe('nearestRow', () => {
  const { rows } = outcomeOf([judged(0, 1), judged(10, 2), judged(20, 3)]);
  it.each([
    [-5, 0],
    [4, 0],
    [6, 1],
    [16, 2],
    [99, 2],
  ])('of %d is %d', (x, place) => expect(nearestRow(rows, x)).toBe(place));
  it('of nothing is none', () => expect(nearestRow([], 1)).toBe(-1));
});
