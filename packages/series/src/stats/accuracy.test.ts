import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { errorScale, intervalAccuracy, pointAccuracy } from './accuracy.ts';

const of = (...values: number[]) => Float64Array.from(values);

describe('measures of point forecasts', () => {
  it('agree with a calculation by hand', () => {
    // errors: +2, -1, +3
    const result = pointAccuracy(of(10, 5, 2), of(12, 4, 5));
    expect(result.count).toBe(3);
    expect(result.mae).toBe(2);
    expect(result.rmse).toBeCloseTo(Math.sqrt(14 / 3), 12);
    expect(result.bias).toBeCloseTo(4 / 3, 12);
    expect(result.mape).toBeCloseTo((0.2 + 0.2 + 1.5) / 3, 12);
    expect(result.smape).toBeCloseTo((4 / 22 + 2 / 9 + 6 / 7) / 3, 12);
  });

  it('leave out missing actual values', () => {
    expect(pointAccuracy(of(Number.NaN, 5), of(1, 4))).toEqual(pointAccuracy(of(5), of(4)));
  });

  it('have no MAPE when an actual value is zero, but a sMAPE', () => {
    expect(pointAccuracy(of(0, 5), of(1, 5))).toMatchObject({ mape: null, smape: 1 });
    expect(pointAccuracy(of(0, 0), of(0, 0))).toMatchObject({ mape: null, smape: 0, mae: 0 });
  });

  it('are all null for nothing', () => {
    const nothing = { count: 0, mae: null, rmse: null, bias: null, mape: null, smape: null };
    expect(pointAccuracy(of(), of())).toEqual(nothing);
    expect(pointAccuracy(of(Number.POSITIVE_INFINITY), of(1))).toEqual(nothing);
  });

  it('refuse different lengths', () => {
    expect(() => pointAccuracy(of(1), of(1, 2))).toThrow(
      new InvalidInput('forecast', 'must be as long as actual (1), got 2'),
    );
  });
});

describe('the scale of errors', () => {
  it('is the mean seasonal change', () => {
    expect(errorScale(of(1, 10, 3, 14), 2)).toEqual({ absolute: 3, squared: 10 });
  });

  it('skips pairs with a missing end', () => {
    expect(errorScale(of(1, Number.NaN, 4, 6), 1)).toEqual({ absolute: 2, squared: 4 });
  });

  it('is null where nothing changes or nothing can be compared', () => {
    const none = { absolute: null, squared: null };
    expect(errorScale(of(5, 5, 5), 1)).toEqual(none);
    expect(errorScale(of(5, 6), 2)).toEqual(none);
    expect(errorScale(of(), 1)).toEqual(none);
  });
});

describe('measures of intervals', () => {
  it('agree with a calculation by hand', () => {
    // widths 4, 4, 4; the second value is 1 below, the third 2 above.
    const result = intervalAccuracy(of(2, -1, 6), of(0, 0, 0), of(4, 4, 4), 0.8);
    expect(result.coverage).toBeCloseTo(1 / 3, 12);
    expect(result.intervalScore).toBeCloseTo((12 + 10 * 3) / 3, 10);
    const lower = 0.1 * 2 + 0.9 * 1 + 0.1 * 6;
    const upper = 0.1 * 2 + 0.1 * 5 + 0.9 * 2;
    expect(result.pinball).toBeCloseTo((lower + upper) / 6, 12);
  });

  it('count a value on the edge as inside', () => {
    expect(intervalAccuracy(of(0, 4), of(0, 0), of(4, 4), 0.5).coverage).toBe(1);
  });

  it('are null for nothing', () => {
    expect(intervalAccuracy(of(Number.NaN), of(0), of(1), 0.9)).toEqual({
      level: 0.9,
      count: 0,
      coverage: null,
      width: null,
      intervalScore: null,
      pinball: null,
    });
  });
});
