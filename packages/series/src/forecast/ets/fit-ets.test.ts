import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { fitEts } from './fit-ets.ts';
import { ETS_FORMS, etsName, parseEtsForm } from './form.ts';

interface Passengers {
  values: number[];
  ets: { loglik: number; aicc: number; mean24: number[] };
}
const path = new URL('../../../fixtures/airpassengers.json', import.meta.url);
const golden: Passengers = JSON.parse(readFileSync(path, 'utf8'));
const passengers = Float64Array.from(golden.values);
const codes = (model: { warnings: readonly { code: string }[] }) =>
  model.warnings.map(({ code }) => code);

describe('ETS of the airline passengers', () => {
  it('reaches at least the likelihood of R for the form that R chose, and forecasts alike', () => {
    const model = fitEts(passengers, { m: 12, form: 'MAdM', style: 'textbook' });
    expect(model.logLikelihood).toBeGreaterThan(golden.ets.loglik - 0.5);
    model.forecast(24).mean.forEach((value, i) => {
      expect(Math.abs(value / golden.ets.mean24[i]! - 1)).toBeLessThan(0.03);
    });
  });

  it('chooses a form whose AICc is no worse than that of R', () => {
    const model = fitEts(passengers, { m: 12, style: 'textbook' });
    expect(model.aicc).toBeLessThan(golden.ets.aicc + 2);
  });

  it('gives fitted values, residuals and parameters of the series as it was', () => {
    const model = fitEts(passengers, { m: 12 });
    expect(model.fitted).toHaveLength(144);
    model.residuals.forEach((residual, t) => {
      expect(residual).toBeCloseTo(passengers[t]! - model.fitted[t]!, 9);
    });
    expect(model.parameters.alpha).toBeGreaterThan(0);
    expect(model.parameters.level).toBeGreaterThan(100);
    expect(model.parameters.level).toBeLessThan(140);
  });
});

describe('ETS', () => {
  it('finds the higher of two summits of the likelihood where one form is asked for', () => {
    // R forecast 8.20 ets(y, "MAN") stops at the lower one, -74.695.
    const y = Float64Array.of(
      ...[196, 198, 195, 180, 173, 163, 156, 154, 143, 143, 134, 137],
      ...[133, 131, 125, 119, 120, 118, 117, 116, 116, 110, 112, 102],
    );
    const model = fitEts(y, { m: 1, form: 'MAN', style: 'textbook' });
    expect(model.logLikelihood).toBeGreaterThan(-73.9);
  });

  it('does not care about the unit of the series', () => {
    const base = fitEts(passengers, { m: 12, form: 'MAM' });
    fc.assert(
      fc.property(fc.integer({ min: -9, max: 9 }), (exponent) => {
        const scale = 10 ** exponent;
        const model = fitEts(
          passengers.map((v) => v * scale),
          { m: 12, form: 'MAM' },
        );
        model.forecast(12, [0.9]).mean.forEach((value, i) => {
          expect(value / scale / base.forecast(12).mean[i]!).toBeCloseTo(1, 4);
        });
        const expected = base.logLikelihood! - 144 * Math.log(scale);
        expect(Math.abs(model.logLikelihood! - expected)).toBeLessThan(0.01);
      }),
      { seed: 1, numRuns: 10 },
    );
  });

  it('shifts with the series where errors and season are additive', () => {
    const a = fitEts(passengers, { m: 12, form: 'AAA' }).forecast(12, [0.8]);
    const b = fitEts(
      passengers.map((v) => v + 1000),
      { m: 12, form: 'AAA' },
    ).forecast(12, [0.8]);
    b.mean.forEach((value, i) => {
      expect(Math.abs(value - 1000 - a.mean[i]!)).toBeLessThan(2);
    });
  });

  it('keeps its parameters when applied to newer values', () => {
    const model = fitEts(passengers.subarray(0, 132), { m: 12 });
    const later = model.applyTo(passengers);
    expect(later.parameters.alpha).toBe(model.parameters.alpha);
    expect(later.fitted.subarray(0, 132)).toEqual(model.fitted);
    expect(later.forecast(1).mean[0]).not.toBe(model.forecast(1).mean[0]);
    expect(later.logLikelihood).toBeNull();
  });

  it('repeats a constant with an interval of no width', () => {
    const model = fitEts(new Float64Array(30).fill(7), { m: 7 });
    const { mean, intervals } = model.forecast(3, [0.95]);
    expect(mean).toEqual(Float64Array.of(7, 7, 7));
    expect(intervals[0]).toMatchObject({ lower: mean, upper: mean });
    expect(codes(model)).toEqual(['constant']);
    expect(model.aicc).toBeNull();
  });

  it('tries only additive forms when a value is not positive', () => {
    const model = fitEts(
      passengers.map((v, t) => (t === 40 ? 0 : v)),
      { m: 12 },
    );
    expect(model.name).toMatch(/^ETS\(A,A?d?N?,[AN]\)$/);
    expect(codes(model)).toEqual(['not-positive']);
    expect(() => fitEts(Float64Array.of(-1, 2, 3, 4, 5, 6, 7), { m: 1, form: 'MNN' })).toThrow(
      'form: MNN needs values that are all positive',
    );
  });

  it('takes a season too long to smooth out beforehand', () => {
    const y = Float64Array.from({ length: 52 * 4 }, (_, t) => {
      return 100 + 30 * Math.sin((2 * Math.PI * t) / 52) + (((t * 7919) % 13) - 6) / 3;
    });
    const model = fitEts(y, { m: 52 });
    expect(codes(model)).toContain('season-too-long');
    model.forecast(52).mean.forEach((value, i) => {
      expect(Math.abs(value - 100 - 30 * Math.sin((2 * Math.PI * i) / 52))).toBeLessThan(8);
    });
  });

  it('bridges missing values and has no residual there', () => {
    const gaps = passengers.map((v, t) => (t === 0 || t === 50 || t === 51 ? Number.NaN : v));
    const model = fitEts(gaps, { m: 12 });
    expect(codes(model)).toEqual(['missing-filled']);
    expect([0, 50, 51].every((t) => Number.isNaN(model.residuals[t]))).toBe(true);
    expect(model.residuals.filter(Number.isNaN)).toHaveLength(3);
    const full = fitEts(passengers, { m: 12 }).forecast(12).mean;
    model.forecast(12).mean.forEach((value, i) => {
      expect(Math.abs(value / full[i]! - 1)).toBeLessThan(0.05);
    });
  });

  it('gives finite forecasts for any series of numbers', () => {
    const number = fc.oneof(
      fc.double({ min: -1e150, max: 1e150, noNaN: true }),
      fc.integer({ min: -3, max: 3 }),
      fc.constant(Number.NaN),
    );
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (list, m) => {
          fc.pre(list.some(Number.isFinite));
          const { mean, intervals } = fitEts(Float64Array.from(list), { m }).forecast(5, [0.9]);
          expect(mean.every(Number.isFinite)).toBe(true);
          expect(intervals[0]!.lower.every((value, i) => value <= intervals[0]!.upper[i]!)).toBe(
            true,
          );
        },
      ),
      { seed: 99, numRuns: 150 },
    );
  });

  it('knows fifteen forms by their letters', () => {
    expect(ETS_FORMS).toHaveLength(15);
    expect(etsName(parseEtsForm('M,Ad,M'))).toBe('ETS(M,Ad,M)');
    expect(() => parseEtsForm('ANM')).toThrow(InvalidInput);
    expect(() => fitEts(passengers, { m: 12, form: 'XYZ' })).toThrow('form: must be one of ANN');
  });

  it('keeps its intervals finite after a value a million times the others', () => {
    const y = Float64Array.from({ length: 100 }, (_, t) =>
      t === 99 ? 1e6 : 1 + ((t * 7) % 10) / 100,
    );
    const { mean, intervals } = fitEts(y, { m: 7, style: 'textbook' }).forecast(400, [0.95]);
    expect(mean.every(Number.isFinite)).toBe(true);
    expect([...intervals[0]!.lower, ...intervals[0]!.upper].every(Number.isFinite)).toBe(true);
  });
});
