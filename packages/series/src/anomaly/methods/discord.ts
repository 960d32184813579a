import { createPatternMemory } from '../stream/pattern-memory.ts';
import { createPointTail } from '../stream/point-tail.ts';
import { createRobustScale } from '../stream/robust-scale.ts';
import type { Method } from '../types.ts';
import { createRecentLevel } from './recent-level.ts';

const STRETCH = 4;
const STEPS = 4;
const WARM_UP = 64;

/**
 * How new the course of the last 16 points is: the distance of their four means of four to the nearest earlier ones, ranked in
 * its own tail (`createPatternMemory`). The expected range is that around the mean of the last four points.
 */
export function createDiscord({ level }: { readonly level: number }): Method {
  const scale = createRobustScale();
  const memory = createPatternMemory(STRETCH, STEPS);
  const tail = createPointTail(1);
  const recent = createRecentLevel(level, scale);
  let surprise = 0;
  let n = 0;
  return {
    judge(value) {
      const known = recent.around() ?? { expected: value, lower: value, upper: value };
      const z = scale.take(value);
      const distance = memory.push(z);
      surprise = n++ < WARM_UP ? 0 : tail.take(distance);
      recent.learn(value, z);
      return { surprise, ...known };
    },
    expect: () => recent.around(),
    reasons: () => [{ code: 'new-shape', points: STRETCH * STEPS, surprise }],
  };
}
