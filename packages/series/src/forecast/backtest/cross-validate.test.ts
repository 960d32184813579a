import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { fitEts } from '../ets/fit-ets.ts';
import { fitNaive } from '../naive.ts';
import { fitTheta } from '../theta/fit-theta.ts';
import { backtest } from './backtest.ts';
import { crossValidate } from './cross-validate.ts';

const path = new URL('../../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(JSON.parse(readFileSync(path, 'utf8')).values as number[]);
const ets = (y: Float64Array) => fitEts(y, { m: 12, form: 'MAM' });
const theta = (y: Float64Array) => fitTheta(y, { m: 12 });

describe('cross-validation', () => {
  it('ranks models with the seasonal naive among them', () => {
    const { status, rows, folds } = crossValidate({ naive: fitNaive, ets, theta }, passengers, {
      m: 12,
      h: 12,
    });
    expect(status).toBe('ok');
    expect(folds).toBe(5);
    expect(rows.map(({ model }) => model)).toContain('Seasonal naive');
    const owa = rows.map(({ scores }) => scores!.owa!);
    expect(owa).toEqual([...owa].sort((a, b) => a - b));
    expect(rows.at(-1)!.model).toBe('naive');
  });

  it('scores a model as a back-test of it alone does', () => {
    const options = { m: 12, h: 6, folds: 3 };
    const { rows } = crossValidate({ theta }, passengers, options);
    const alone = backtest(passengers, { ...options, model: theta });
    expect(rows.find(({ model }) => model === 'theta')!.scores).toEqual(alone.model);
    expect(rows.find(({ model }) => model === 'Seasonal naive')!.scores).toEqual(
      alone.seasonalNaive,
    );
  });

  it('counts every fold of several series once', () => {
    const first = passengers.subarray(0, 100);
    const options = { m: 12, h: 6, folds: 2 };
    const both = crossValidate({}, [first, passengers], options).rows[0]!.scores!;
    const one = crossValidate({}, first, options).rows[0]!.scores!;
    const two = crossValidate({}, passengers, options).rows[0]!.scores!;
    expect(both.mase!).toBeCloseTo((one.mase! + two.mase!) / 2, 12);
    expect(both.levels[0]!.coverage!).toBeCloseTo(
      (one.levels[0]!.coverage! + two.levels[0]!.coverage!) / 2,
      12,
    );
    expect(both.count).toBe(one.count + two.count);
  });

  it('puts a model that refuses the data last, with its reason', () => {
    const y = passengers.map((value, t) => (t === 3 ? -value : value));
    const { rows } = crossValidate({ ets, theta }, y, { m: 12, h: 6, folds: 1 });
    expect(rows.at(-1)).toMatchObject({ model: 'ets', status: 'failed', scores: null });
    expect(rows.at(-1)!.reason).toContain('form: MAM needs values');
  });

  it('does not swallow a bug', () => {
    const broken = () => {
      throw new TypeError('oh');
    };
    expect(() => crossValidate({ broken }, passengers, { m: 12, h: 6 })).toThrow(TypeError);
  });

  it('says which series are too short', () => {
    const short = Float64Array.of(1, 2, 3);
    const none = crossValidate({ theta }, [short], { m: 12, h: 6 });
    expect(none).toMatchObject({ status: 'too-short', series: 0, rows: [] });
    const some = crossValidate({ theta }, [short, passengers], { m: 12, h: 6, folds: 1 });
    expect(some).toMatchObject({ status: 'ok', series: 1, folds: 1 });
    expect(some.warnings.map(({ code }) => code)).toEqual(['too-short-for-backtest']);
  });

  it.each([
    [{ h: 0, m: 1 }, 'h'],
    [{ h: 1, m: 0 }, 'm'],
    [{ h: 1, m: 1, folds: 0 }, 'folds'],
    [{ h: 1, m: 1, step: 0 }, 'step'],
    [{ h: 1, m: 1, levels: [95] }, 'levels[0]'],
  ])('refuses %j', (options, argument) => {
    expect(() => crossValidate({}, passengers, options)).toThrow(`${argument}: must be`);
    expect(() => crossValidate({ 'Seasonal naive': theta }, passengers, { m: 1, h: 1 })).toThrow(
      InvalidInput,
    );
  });
});
