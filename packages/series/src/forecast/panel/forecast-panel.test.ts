import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { intervalAccuracy } from '../../stats/accuracy.ts';
import { autoForecast } from '../auto-forecast.ts';
import { forecastPanel } from './forecast-panel.ts';

/** A random walk whose steps have heavy tails: now and then one is five times the others. */
function jumpy(n: number, seed: number): Float64Array {
  const random = createRandom(seed);
  let level = 100;
  return Float64Array.from({ length: n }, () => {
    level += (random() + random() - 1) * (random() < 0.1 ? 5 : 1);
    return level;
  });
}

const known = 20;
const h = 4;
const all = Array.from({ length: 60 }, (_, seed) => jumpy(known + h, seed + 1));
const series = all.map((y, i) => ({ id: `walk ${i}`, y: y.subarray(0, known) }));
const options = { m: 1, h, levels: [0.8, 0.95] };

describe('a panel of series', () => {
  const { forecasts, coverage } = forecastPanel(series, options);

  it('is forecast with the same means as each series by itself', () => {
    expect(forecasts.map(({ id }) => id)).toEqual(series.map(({ id }) => id));
    const alone = autoForecast(series[7]!.y, options);
    const { result } = forecasts[7]!;
    if (alone.status !== 'ok' || result.status !== 'ok') throw new Error('both have values');
    expect(result.forecast.mean).toEqual(alone.forecast.mean);
    expect(result.forecast.intervals[0]!.lower).not.toEqual(alone.forecast.intervals[0]!.lower);
  });

  it('covers what came as promised', () => {
    const held = [0, 0];
    forecasts.forEach(({ result }, i) => {
      if (result.status !== 'ok') throw new Error('all have values');
      const actual = all[i]!.subarray(known);
      result.forecast.intervals.forEach(({ level, lower, upper }, k) => {
        held[k]! += intervalAccuracy(actual, lower, upper, level).coverage! / all.length;
      });
    });
    // 240 values of which the four of a series go together: standard errors about 0.04 and 0.02.
    expect(Math.abs(held[0]! - 0.8)).toBeLessThan(0.1);
    expect(Math.abs(held[1]! - 0.95)).toBeLessThan(0.05);
  });

  it('says how its intervals would have covered the past', () => {
    expect(coverage.map(({ level }) => level)).toEqual([0.8, 0.95]);
    for (const { level, coverage: share, tested } of coverage) {
      expect(tested).toBeGreaterThan(1000);
      expect(Math.abs(share! - level)).toBeLessThan(0.05);
    }
  });

  it('gives nested intervals and plain data', () => {
    for (const { result } of forecasts) {
      if (result.status !== 'ok') throw new Error('all have values');
      const [narrow, wide] = result.forecast.intervals;
      narrow!.lower.forEach((value, i) => {
        expect(value).toBeGreaterThanOrEqual(wide!.lower[i]!);
      });
    }
    expect(structuredClone(forecasts[0])).toEqual(forecasts[0]);
  });

  it('leaves a few series to themselves', () => {
    const few = forecastPanel(series.slice(0, 3), options);
    expect(few.forecasts[2]!.result).toEqual(autoForecast(series[2]!.y, options));
  });

  it('goes on where one series has no value, is constant or has one value', () => {
    const odd = [
      { id: 'none', y: new Float64Array(0) },
      { id: 'missing', y: Float64Array.of(Number.NaN) },
      { id: 'constant', y: new Float64Array(30).fill(4) },
      { id: 'one', y: Float64Array.of(7) },
      { id: 'huge', y: jumpy(30, 5).map((value) => value * 1e140) },
    ];
    const results = forecastPanel([...odd, ...series], options).forecasts.map((f) => f.result);
    expect(results.slice(0, 2).map(({ status }) => status)).toEqual(['no-data', 'no-data']);
    for (const result of results.slice(2)) {
      if (result.status !== 'ok') throw new Error('the others have values');
      for (const { lower, upper } of result.forecast.intervals) {
        expect([...lower, ...upper].every(Number.isFinite)).toBe(true);
      }
    }
    expect(forecastPanel([], options)).toEqual({ forecasts: [], coverage: [] });
  });

  it('refuses what autoForecast refuses', () => {
    expect(() => forecastPanel(series, { ...options, h: 0 })).toThrow(InvalidInput);
  });
});
