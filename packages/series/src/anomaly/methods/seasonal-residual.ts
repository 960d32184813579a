import { createProfile } from '../stream/profile.ts';
import { createRobustScale } from '../stream/robust-scale.ts';
import type { Method } from '../types.ts';
import { createZScore } from './z-score.ts';

export interface SeasonalOptions {
  readonly level: number;
  readonly window: number;
  readonly m?: number;
}

/**
 * The robust z-score of what the usual course of the day and week, or of a season of m points, leaves (`createProfile`), on
 * the scale of `createRobustScale`. In batch, `seasonalEsd` looks at the whole series instead.
 */
export function createSeasonalResidual({ level, window, m }: SeasonalOptions): Method {
  const scale = createRobustScale();
  const profile = createProfile(m);
  const residual = createZScore({ level, window });
  const back = (usual: number, range: { expected: number; lower: number; upper: number }) => ({
    expected: scale.from(range.expected + usual),
    lower: scale.from(range.lower + usual),
    upper: scale.from(range.upper + usual),
  });
  return {
    judge(value, time) {
      const usual = profile.at(time);
      const before = residual.expect(time);
      const known = before === null ? undefined : back(usual, before);
      const z = scale.take(value);
      profile.learn(z, time);
      const { surprise } = residual.judge(z - usual, time);
      return { surprise, ...(known ?? { expected: value, lower: value, upper: value }) };
    },
    expect(time) {
      const range = residual.expect(time);
      return range === null ? null : back(profile.at(time), range);
    },
    pass: profile.pass,
    reasons: () =>
      residual.reasons().map(({ code, ...rest }) => ({
        code: code === 'high' ? 'high-for-the-time' : 'low-for-the-time',
        ...rest,
      })),
  };
}
