import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { chooseWaves } from './choose-waves.ts';
import { errorsFade } from './estimate-tbats.ts';
import { fitTbats } from './fit-tbats.ts';
import { type TbatsForm, tbatsLayout, tbatsParameterCount, waveCount } from './form.ts';
import { TbatsLikelihood } from './likelihood.ts';
import { TbatsRecursion } from './recursion.ts';

const path = new URL('../../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(
  (JSON.parse(readFileSync(path, 'utf8')) as { values: number[] }).values,
);

const FORM: TbatsForm = {
  trend: 'damped',
  seasons: [
    { m: 7, harmonics: [1, 2, 3] },
    { m: 12, harmonics: [1, 2, 6] },
  ],
  p: 2,
  q: 2,
};

/** Parameters within the allowed region, different for each place. */
function parametersOf(form: TbatsForm): Float64Array {
  const layout = tbatsLayout(form);
  const p = Float64Array.from({ length: layout.length }, (_, i) => 0.2 * Math.sin(3.3 * i));
  p[0] = 0.3;
  if (layout.beta >= 0) p[layout.beta] = 0.05;
  if (layout.phi >= 0) p[layout.phi] = 0.9;
  for (let i = 0; i < form.seasons.length; i++) {
    p[layout.gamma + 2 * i] = 0.03 + 0.01 * i;
    p[layout.gamma + 2 * i + 1] = 0.01;
  }
  p[layout.level] = 1;
  return p;
}

const wavy = Float64Array.from(
  { length: 60 },
  (_, t) => 1 + 0.1 * Math.sin(t) + 0.05 * Math.cos(t * t),
);

/** Transition, gain and weights written out as matrices (De Livera et al. 2011, section 2.3), errors uncorrelated. */
function byDefinition(form: TbatsForm, p: Float64Array, y: Float64Array): number[] {
  const layout = tbatsLayout(form);
  const phi = form.trend === 'none' ? 0 : form.trend === 'linear' ? 1 : p[layout.phi]!;
  const size = 2 + 2 * waveCount(form.seasons);
  const transition = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const gain = new Array<number>(size).fill(0);
  const weights = new Array<number>(size).fill(0);
  transition[0]![0] = 1;
  transition[0]![1] = transition[1]![1] = phi;
  weights[0] = 1;
  weights[1] = phi;
  gain[0] = p[0]!;
  gain[1] = layout.beta < 0 ? 0 : p[layout.beta]!;
  let state = [p[layout.level]!, layout.slope < 0 ? 0 : p[layout.slope]!];
  let at = 2;
  form.seasons.forEach(({ m, harmonics }, season) => {
    for (const k of harmonics) {
      const [c, s] = [Math.cos((2 * Math.PI * k) / m), Math.sin((2 * Math.PI * k) / m)];
      transition[at]![at] = transition[at + 1]![at + 1] = c;
      transition[at]![at + 1] = s;
      transition[at + 1]![at] = -s;
      weights[at] = 1;
      const [g1, g2] = [p[layout.gamma + 2 * season]!, p[layout.gamma + 2 * season + 1]!];
      gain[at] = c * g1 + s * g2;
      gain[at + 1] = c * g2 - s * g1;
      at += 2;
    }
  });
  state = [...state, ...p.subarray(layout.waves)];
  return Array.from(y, (value) => {
    const error = value - weights.reduce((sum, w, i) => sum + w * state[i]!, 0);
    state = transition.map(
      (row, i) => row.reduce((sum, f, j) => sum + f * state[j]!, 0) + gain[i]! * error,
    );
    return error;
  });
}

describe('the recursion of TBATS', () => {
  it.each(['none', 'linear', 'damped'] as const)('is its state-space form, trend %s', (trend) => {
    const form: TbatsForm = { ...FORM, trend, p: 0, q: 0 };
    const p = parametersOf(form);
    const recursion = new TbatsRecursion(form, p);
    const state = recursion.firstState();
    byDefinition(form, p, wavy).forEach((error, t) => {
      expect(recursion.step(state, wavy[t]!)).toBeCloseTo(error, 10);
    });
  });

  it('filters what level and waves leave by its autoregression and moving average', () => {
    const p = parametersOf(FORM);
    const plainForm: TbatsForm = { ...FORM, p: 0, q: 0 };
    const { ar, ma } = tbatsLayout(FORM);
    const plain = Float64Array.from([...p.subarray(0, ar), ...p.subarray(ma + 2)]);
    const excess = byDefinition(plainForm, plain, wavy);
    const recursion = new TbatsRecursion(FORM, p);
    const state = recursion.firstState();
    const errors: number[] = [];
    for (let t = 0; t < wavy.length; t++) {
      let error = excess[t]!;
      for (const i of [1, 2]) {
        error -= p[ar + i - 1]! * (excess[t - i] ?? 0) + p[ma + i - 1]! * (errors[t - i] ?? 0);
      }
      errors.push(error);
      expect(recursion.step(state, wavy[t]!)).toBeCloseTo(error, 10);
    }
  });

  it('has a gradient that differences agree with', () => {
    for (const trend of ['none', 'linear', 'damped'] as const) {
      const form = { ...FORM, trend };
      const p = parametersOf(form);
      const likelihood = new TbatsLikelihood(wavy, form, p);
      const gradient = new Float64Array(p.length);
      likelihood.run(p);
      likelihood.gradient(p, gradient);
      for (let i = 0; i < p.length; i++) {
        const moved = p.slice();
        moved[i] = p[i]! + 1e-6;
        const up = likelihood.run(moved);
        moved[i] = p[i]! - 1e-6;
        const slope = (up - likelihood.run(moved)) / 2e-6;
        expect(Math.abs(gradient[i]! - slope)).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
      }
    }
  });

  it('lets errors fade everywhere in the region that is searched, without a trend', () => {
    for (const seasons of [
      [{ m: 4, harmonics: [1, 2] }],
      [{ m: 12, harmonics: [1, 2, 3, 4, 5, 6] }],
      [
        { m: 24, harmonics: [1, 2] },
        { m: 168, harmonics: [1, 2, 3, 4, 5] },
      ],
      [{ m: 365.25, harmonics: [1, 2, 3] }],
    ]) {
      const form: TbatsForm = { trend: 'none', seasons, p: 0, q: 0 };
      const p = new Float64Array(tbatsLayout(form).length);
      for (const alpha of [0.001, 0.3, 0.99]) {
        for (const share of [0.01, 0.5, 0.99]) {
          for (const turn of [0, 0.25, 0.5]) {
            p[0] = alpha;
            for (let i = 0; i < seasons.length; i++) {
              p[1 + 2 * i] = ((1 - alpha) / waveCount(seasons)) * share;
              p[2 + 2 * i] = p[1 + 2 * i]! * turn;
            }
            expect(errorsFade(form, p)).toBe(true);
          }
        }
      }
      p[0] = 1.5;
      p[1] = 0.9;
      expect(errorsFade(form, p)).toBe(false);
    }
  });
});

describe('the choice of waves', () => {
  it('finds those that are there', () => {
    const random = createRandom(5);
    const y = Float64Array.from({ length: 240 }, (_, t) => {
      return (
        10 +
        Math.sin((2 * Math.PI * t) / 12) +
        0.5 * Math.cos((6 * Math.PI * t) / 12) +
        0.1 * random()
      );
    });
    const { seasons } = chooseWaves(y, [12]);
    expect(seasons[0]!.harmonics).toEqual([1, 2, 3]);
  });

  it('gives a wave of two seasons to the shorter one', () => {
    const random = createRandom(5);
    const y = Float64Array.from({ length: 504 }, (_, t) => {
      return Math.sin((2 * Math.PI * t) / 24) + Math.sin((2 * Math.PI * t) / 168) + 0.1 * random();
    });
    const { seasons } = chooseWaves(y, [24, 168]);
    expect(seasons.map(({ m, harmonics }) => [m, harmonics.includes(7)])).toEqual([
      [24, false],
      [168, false],
    ]);
    expect(seasons[0]!.harmonics[0]).toBe(1);
  });

  it('counts a wave of two samples once', () => {
    const seasons = [{ m: 4, harmonics: [1, 2] }];
    expect(tbatsParameterCount({ trend: 'none', seasons, p: 0, q: 0 })).toBe(1 + 2 + 1 + 3 + 1);
  });
});

describe('TBATS', () => {
  it('forecasts two seasons at once, one of them not whole', () => {
    const random = createRandom(9);
    const truth = (t: number) =>
      100 + 10 * Math.sin((2 * Math.PI * t) / 7) + 15 * Math.cos((2 * Math.PI * t) / 30.4);
    const y = Float64Array.from({ length: 260 }, (_, t) => truth(t) + 2 * (random() - 0.5));
    const model = fitTbats(y, { seasons: [30.4, 7] });
    expect(model.name).toContain('<7,1>, <30.4,1>');
    model.forecast(30).mean.forEach((value, i) => {
      expect(Math.abs(value - truth(260 + i))).toBeLessThan(3);
    });
  });

  it('uses a power where the swing grows with the level', () => {
    const model = fitTbats(passengers, { seasons: [12] });
    expect(model.parameters.lambda).toBeLessThan(0.5);
    const linear = fitTbats(passengers, { seasons: [12], boxCox: false });
    expect(linear.parameters.lambda).toBeUndefined();
    expect(model.aicc!).toBeLessThan(linear.aicc! - 20);
    const { mean, intervals } = model.forecast(24, [0.8]);
    // R forecast 8.20 has 448 and 494 for the first two Januaries with its ets().
    expect(mean[0]).toBeGreaterThan(430);
    expect(mean[12]! / mean[0]!).toBeGreaterThan(1);
    mean.forEach((value, i) => {
      expect(intervals[0]!.lower[i]).toBeLessThan(value);
      expect(intervals[0]!.upper[i]).toBeGreaterThan(value);
    });
  });

  it('sees that errors depend on those before', () => {
    const random = createRandom(4);
    let error = 0;
    const y = Float64Array.from({ length: 200 }, () => {
      error = 0.7 * error + random() - 0.5;
      return 50 + error;
    });
    const model = fitTbats(y, { seasons: [], boxCox: false });
    const ends = fitTbats(y, { seasons: [], boxCox: false, arma: false });
    expect(model.aicc!).toBeLessThan(ends.aicc!);
    expect(model.name).not.toContain('{0,0}');
  });

  it('does not care about the unit of the series', () => {
    const one = fitTbats(passengers, { seasons: [12], boxCox: false });
    const many = fitTbats(
      passengers.map((value) => 1e5 * value),
      { seasons: [12], boxCox: false },
    );
    one.forecast(12).mean.forEach((value, i) => {
      expect(many.forecast(12).mean[i]! / 1e5 / value).toBeCloseTo(1, 6);
    });
    expect(many.aicc! - one.aicc!).toBeCloseTo(2 * 144 * Math.log(1e5), 3);
  });

  it('names what it left out', () => {
    const model = fitTbats(passengers.subarray(0, 60), { seasons: [12, 40] });
    expect(model.warnings.map(({ code }) => code)).toContain('too-short-for-season');
    expect(() => fitTbats(passengers, { seasons: [1.5] })).toThrow(
      'seasons[0]: must be a number >= 2',
    );
    expect(() => fitTbats(passengers, { seasons: [7, 7] })).toThrow('must not hold 7 twice');
  });

  it.each([
    ['one value', [5]],
    ['three values', [5, 9, 4]],
    ['a constant', new Array(30).fill(3)],
    ['an exact wave', Array.from({ length: 40 }, (_, t) => 2 + Math.sin((2 * Math.PI * t) / 4))],
    ['huge values', Array.from({ length: 30 }, (_, t) => (t % 3 === 0 ? 1e150 : -1e149))],
    ['gaps', Array.from({ length: 30 }, (_, t) => (t % 5 === 1 ? Number.NaN : 1 + (t % 4)))],
    ['zeros', Array.from({ length: 30 }, (_, t) => (t % 7 === 0 ? t : 0))],
    ['steep growth', Array.from({ length: 30 }, (_, t) => 3 ** t)],
  ])('gives finite forecasts for %s', (_, list) => {
    const model = fitTbats(Float64Array.from(list), { seasons: [4] });
    const { mean, intervals } = model.forecast(50, [0.9]);
    expect(mean.every(Number.isFinite)).toBe(true);
    expect(intervals[0]!.lower.every((value, i) => value <= mean[i]!)).toBe(true);
  });
});
