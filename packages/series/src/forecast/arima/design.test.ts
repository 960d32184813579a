import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ArmaPolynomials } from './arma.ts';
import { designOf } from './design.ts';
import { estimateArima, runGapFilter } from './estimate.ts';
import { GapFilter } from './gap-filter.ts';
import { differenceLags } from './order.ts';

const path = new URL('../../../fixtures/airpassengers.json', import.meta.url);
const passengers: number[] = JSON.parse(readFileSync(path, 'utf8')).values;
const order = { p: 0, d: 1, q: 1, P: 0, D: 1, Q: 1, m: 12, constant: false };

/** The airline passengers' logarithms without the values at `gaps`. */
function without(gaps: readonly number[]): Float64Array {
  return Float64Array.from(passengers, (value, t) =>
    gaps.includes(t) ? Number.NaN : Math.log(value),
  );
}

/** The likelihood by the plain Kalman filter, which knows no indicators. */
function byGapFilter(y: Float64Array, coefficients: Float64Array): number {
  const arma = new ArmaPolynomials(order);
  arma.set(coefficients);
  const white = new Float64Array(y.length);
  const filter = new GapFilter(arma, differenceLags(order), 1);
  const unit = 0.04;
  const logDeterminant = runGapFilter(filter, [y.map((value) => (value - y[0]!) / unit)], [white]);
  const used = y.filter((value) => !Number.isNaN(value)).length - 13;
  const variance = white.reduce((sum, value) => sum + value * value, 0) / used;
  const scaled = used * (1 + Math.log(2 * Math.PI * variance)) + logDeterminant;
  return -scaled / 2 - used * Math.log(unit);
}

describe('designOf', () => {
  it.each([
    ['one gap', [70]],
    ['gaps at the start, in a row and at the end', [3, 12, 40, 41, 42, 90, 143]],
    ['a whole year', Array.from({ length: 12 }, (_, i) => 60 + i)],
  ])('has the likelihood of the filter of gaps through indicators: %s', (_, gaps) => {
    const y = without(gaps);
    const design = designOf(y, {}, order);
    expect(design).toMatchObject({ complete: true, indicators: gaps.length });
    expect(design.used).toBe(131 - gaps.length);
    const { logLikelihood, coefficients } = estimateArima(design)!;
    expect(logLikelihood).toBeCloseTo(byGapFilter(y, coefficients), 3);
  });

  it('leaves many gaps, and a month that is never there, to the filter of gaps', () => {
    const many = Array.from({ length: 40 }, (_, i) => 2 + 3 * i);
    const never = Array.from({ length: 12 }, (_, i) => 5 + 12 * i);
    for (const gaps of [many, never]) {
      const y = without(gaps);
      const design = designOf(y, {}, order);
      expect(design).toMatchObject({ complete: false, indicators: 0 });
      const { logLikelihood, coefficients } = estimateArima(design)!;
      if (gaps === many) expect(logLikelihood).toBeCloseTo(byGapFilter(y, coefficients), 3);
      else expect(logLikelihood).toBeGreaterThan(200);
    }
  });

  it('takes ordinary least squares out and gives it back', () => {
    const x = Float64Array.from(passengers, (_, t) => Math.sin(t * t));
    const y = x.map((value, t) => 1e7 + 5 * value + Math.cos(t));
    const design = designOf(y, { x }, { ...order, d: 0, q: 0, D: 0, Q: 0, constant: true });
    expect(design.names).toEqual(['mean', 'x']);
    const { slopes } = estimateArima(design)!;
    expect(Math.abs(slopes[0]! - 1e7)).toBeLessThan(1);
    expect(Math.abs(slopes[1]! - 5)).toBeLessThan(0.3);
    expect(Math.max(...design.columns[0]!.map(Math.abs))).toBeLessThan(4);
  });
});
