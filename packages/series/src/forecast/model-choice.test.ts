import { describe, expect, it } from 'vitest';
import { planRolling } from './backtest/rolling-forecasts.ts';
import type { CandidateChoice } from './candidates.ts';
import { type RolledCandidate, testCandidates } from './model-choice.ts';
import { fitNaive } from './naive.ts';

const n = 100;
const h = 5;
const y = Float64Array.from({ length: n }, (_, t) => 100 + ((t * 7) % 5));
const plan = planRolling(y, 1, { h, origins: 60 });

/** A candidate whose every forecast is `error` too high. */
function off(choice: CandidateChoice, prior: number, error: number): RolledCandidate {
  const folds = plan.origins.map((origin) => ({
    origin,
    forecast: {
      mean: Float64Array.from({ length: h }, (_, i) => (y[origin + i] ?? 0) + error),
      intervals: [],
    },
  }));
  return { choice, prior, fit: fitNaive, fitWork: 1, passWork: 1, folds };
}

const test = (...candidates: RolledCandidate[]) => testCandidates(y, candidates, { plan, m: 1, h });
const shares = (...candidates: RolledCandidate[]) =>
  Object.fromEntries(
    test(...candidates).members.map(({ candidate, weight }) => [candidate.choice, weight]),
  );

describe('the weights of an average', () => {
  const naive = off('seasonal-naive', 0.2, 4);

  it('are the priors where errors are equal', () => {
    const { ets, theta, autoregression } = shares(
      naive,
      off('ets', 1, 2),
      off('theta', 1, 2),
      off('autoregression', 0.2, 2),
    );
    expect(ets).toBe(theta);
    expect(autoregression! / ets!).toBeCloseTo(0.2, 12);
  });

  it('fall with the error to the power of half the stretches that were tested', () => {
    const { ets, theta } = shares(naive, off('ets', 1, 1), off('theta', 1, 1.2));
    expect(plan.span).toBe(50);
    expect(theta! / ets!).toBeCloseTo(1.2 ** (-0.5 * (50 / h)), 10);
  });

  it('are none for a model that is far worse', () => {
    const { members } = test(naive, off('ets', 1, 1), off('theta', 1, 3));
    expect(members.map(({ candidate }) => candidate.choice)).toEqual(['ets']);
    expect(members[0]!.weight).toBe(1);
  });

  it('leave a perfect model alone', () => {
    expect(shares(naive, off('ets', 1, 0), off('theta', 1, 1))).toEqual({ ets: 1 });
  });

  it('add up to one', () => {
    const weights = Object.values(shares(naive, off('ets', 1, 3), off('theta', 1, 3.3)));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('are all with the seasonal naive where that is clearly ahead', () => {
    const { members, naiveAhead } = test(off('seasonal-naive', 0.2, 1), off('ets', 1, 2));
    expect(naiveAhead).toBe(true);
    expect(members.map(({ candidate }) => candidate.choice)).toEqual(['seasonal-naive']);
  });

  it('are shared with a seasonal naive that is barely ahead', () => {
    const { members, naiveAhead } = test(off('seasonal-naive', 0.2, 1), off('ets', 1, 1.05));
    expect(naiveAhead).toBe(true);
    expect(members).toHaveLength(2);
  });

  it('are the priors of the trusted where nothing can be tested', () => {
    const short = y.subarray(0, 7);
    const none = planRolling(short, 1, { h, origins: 60 });
    const folds = none.origins.map((origin) => ({
      origin,
      forecast: { mean: new Float64Array(h), intervals: [] },
    }));
    const { members, test: scores } = testCandidates(
      short,
      [naive, off('ets', 1, 1), off('theta', 1, 9)].map((one) => ({ ...one, folds })),
      { plan: none, m: 1, h },
    );
    expect(members.map(({ weight }) => weight)).toEqual([0.5, 0.5]);
    expect(scores.candidates).toEqual([]);
  });
});
