import { describe, expect, it } from 'vitest';
import {
  devianceByDefinition,
  type EtsDefinition,
  simulateByDefinition,
} from '../../reference/ets-by-definition.ts';
import { ETS_FORMS, type EtsForm, etsName } from './form.ts';
import { predictEts } from './predict.ts';
import { Smoother } from './smoother.ts';

const m = 4;
const y = [1.02, 0.7, 1.3, 0.95, 1.1, 0.74, 1.42, 1.0, 1.15, 0.8, 1.38, 1.07, 1.22, 0.83, 1.5, 1.1];

function definition(form: EtsForm): EtsDefinition {
  const season = { N: [], A: [0.05, -0.3, 0.28, -0.03], M: [1.05, 0.72, 1.28, 0.95] }[form.season];
  return {
    form,
    m,
    alpha: 0.35,
    beta: form.trend === 'N' ? 0 : 0.12,
    gamma: form.season === 'N' ? 0 : 0.22,
    phi: form.trend === 'Ad' ? 0.9 : 1,
    level: 1,
    slope: form.trend === 'N' ? 0 : 0.015,
    season,
  };
}

function parametersOf(model: EtsDefinition): Float64Array {
  const { form, alpha, beta, gamma, phi, level, slope, season } = model;
  return Float64Array.from([
    alpha,
    ...(form.trend === 'N' ? [] : [beta]),
    ...(form.season === 'N' ? [] : [gamma]),
    ...(form.trend === 'Ad' ? [phi] : []),
    level,
    ...(form.trend === 'N' ? [] : [slope]),
    ...season,
  ]);
}

/** Standard normal numbers, the same on every run. */
function normals(): () => number {
  let state = 42;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

describe.each(ETS_FORMS.map((form) => ({ name: etsName(form), form })))('$name', ({ form }) => {
  const model = definition(form);
  const p = parametersOf(model);
  const values = Float64Array.from(y);
  const smoother = new Smoother(values, form, m);

  it('has the likelihood of its definition', () => {
    expect(smoother.run(p)).toBeCloseTo(devianceByDefinition(model, y), 10);
  });

  it('has the gradient that finite differences show', () => {
    smoother.run(p);
    const gradient = new Float64Array(p.length);
    smoother.gradient(p, gradient);
    for (let i = 0; i < p.length; i++) {
      const step = 1e-6;
      const at = (delta: number) => smoother.run(p.map((v, j) => (j === i ? v + delta : v)));
      const expected = (at(step) - at(-step)) / (2 * step);
      expect(Math.abs(gradient[i]! - expected)).toBeLessThan(1e-5 * (1 + Math.abs(expected)));
    }
  });

  it('predicts the mean and spread of simulated futures', () => {
    const h = 6;
    const sigma = 0.05;
    const paths = 20_000;
    const normal = normals();
    const sum = new Float64Array(h);
    const squares = new Float64Array(h);
    for (let k = 0; k < paths; k++) {
      simulateByDefinition(model, y, sigma, h, normal).forEach((value, i) => {
        sum[i]! += value / paths;
        squares[i]! += value ** 2 / paths;
      });
    }
    smoother.run(p);
    const { mean, deviation } = predictEts(
      form,
      smoother.layout,
      p,
      smoother.state(),
      y.length,
      m,
      sigma,
      h,
    );
    for (let i = 0; i < h; i++) {
      const spread = Math.sqrt(squares[i]! - sum[i]! ** 2);
      // 20,000 paths: the mean has a standard error of 0.7 % of the spread, the spread of 0.5 % of itself.
      expect(Math.abs(mean[i]! - sum[i]!)).toBeLessThan(0.04 * spread);
      expect(Math.abs(deviation[i]! / spread - 1)).toBeLessThan(0.03);
    }
  });

  it('finds the error of forecasts several steps ahead', () => {
    smoother.run(p);
    const [h, from] = [6, 5];
    let expected = 0;
    let count = 0;
    for (let t = from; t < y.length; t++) {
      const past = simulateByDefinition(
        model,
        y.slice(0, t),
        0,
        Math.min(h, y.length - t),
        () => 0,
      );
      past.forEach((value, i) => {
        expected += (y[t + i]! - value) ** 2;
        count++;
      });
    }
    expect(smoother.multiStepError(p, h, from)).toBeCloseTo(Math.sqrt(expected / count), 10);
  });
});

describe('the usual parameter region', () => {
  const linear = ETS_FORMS.filter(({ error, season }) => error === 'A' && season !== 'M');

  it.each(linear.map((form) => ({ name: etsName(form), form })))(
    'lets $name forget where it started, so it lies in the admissible one',
    ({ form }) => {
      const normal = normals();
      const n = 4000;
      const flat = new Float64Array(n).fill(2);
      const smoother = new Smoother(flat, form, m);
      const share = () => 1 / (1 + Math.exp(-2 * normal()));
      for (let k = 0; k < 50; k++) {
        const alpha = share();
        const model = {
          ...definition(form),
          alpha,
          beta: form.trend === 'N' ? 0 : alpha * share(),
          gamma: form.season === 'N' ? 0 : (1 - alpha) * share(),
          phi: form.trend === 'Ad' ? 0.8 + 0.18 * share() : 1,
        };
        smoother.run(parametersOf(model));
        const distance = smoother.fitted.map((value) => Math.abs(value - 2));
        const early = Math.max(...distance.subarray(0, n / 4));
        const late = Math.max(...distance.subarray((3 * n) / 4));
        expect(late).toBeLessThan(0.5 * early);
      }
    },
  );
});
