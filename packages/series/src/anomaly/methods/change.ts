import { createRunLengths } from '../change/run-lengths.ts';
import { createRobustScale } from '../stream/robust-scale.ts';
import type { Method } from '../types.ts';
import { createRecentLevel } from './recent-level.ts';

/** A change is told when it is at most so many points old. */
const RECENT = 16;
const MOST = 20;

/**
 * Bayesian online changepoints: −log₁₀ of the probability that the level and spread of the last points are those of the points
 * before (`createRunLengths`), on the scale of `createRobustScale`.
 */
export function createChangeDetector({ level }: { readonly level: number }): Method {
  const scale = createRobustScale();
  const runs = createRunLengths();
  const recent = createRecentLevel(level, scale);
  let surprise = 0;
  return {
    judge(value) {
      const known = recent.around() ?? { expected: value, lower: value, upper: value };
      const z = scale.take(value);
      runs.push(z);
      surprise = Math.min(MOST, -Math.log10(Math.max(1e-20, 1 - runs.changedWithin(RECENT))));
      recent.learn(value, z);
      return { surprise, ...known };
    },
    expect: () => recent.around(),
    reasons: () => [{ code: 'changed', points: runs.likeliest(), surprise }],
  };
}
