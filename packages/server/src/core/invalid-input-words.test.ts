import { createDetector, featureSets, forecastPoints, InvalidInput } from '@kizashi/series';
import { describe, expect, it } from 'vitest';
import { invalidInputWords } from './invalid-input-words.ts';

const one = Float64Array.of(0);
/** Calls with an argument that is wrong in some way, as people can make them by an option. */
const wrong: Record<string, () => unknown> = Object.fromEntries([
  ...featureSets.flatMap((set) =>
    Object.entries(set.defaults).flatMap(([name, value]) =>
      [-1, 0.5, Number.NaN, 'x', true, [], [-1], [0.5]]
        .filter(
          (other) => typeof other === typeof value && Array.isArray(other) === Array.isArray(value),
        )
        .map((other) => [
          `${set.name} ${name}=${JSON.stringify(other)}`,
          () => {
            const parameters = { ...set.defaults, [name]: other };
            return set.kind === 'summary' ? set.features(parameters) : set.groups(parameters);
          },
        ]),
    ),
  ),
  ...[{ h: 0 }, { h: 1.5 }, { h: 3, m: 0.5 }, { h: 3, levels: [2] }].map((options) => [
    `forecast ${JSON.stringify(options)}`,
    () => forecastPoints({ t: one, y: one }, options),
  ]),
  ...[{ m: 1.5 }, { threshold: 2 }, { threshold: Number.NaN }].map((options) => [
    `anomalies ${JSON.stringify(options)}`,
    () => createDetector(options as object),
  ]),
]);

describe('the reason why the library refuses an argument', () => {
  const refused = Object.entries(wrong).flatMap(([name, call]) => {
    try {
      call();
      return [];
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return [{ name, error }];
    }
  });

  it('comes of many options', () => {
    expect(refused.length).toBeGreaterThan(30);
  });
  it.each(refused)('is told in Japanese: $name', ({ error }) => {
    const { en, ja } = invalidInputWords(error);
    expect(en).toBe(error.message);
    expect(ja).not.toMatch(/must|got|needs/);
    expect(ja).toMatch(/ください|ません/);
  });
  it('names argument, bound and what came', () => {
    const error = new InvalidInput('window', 'must be a whole number >= 2, got 1.5');
    expect(invalidInputWords(error).ja).toBe('window: 2 以上の整数にしてください（指定値: 1.5）');
  });
  it('stays English where no translation is known', () => {
    const error = new InvalidInput('y', 'must sing, got silence');
    expect(invalidInputWords(error)).toEqual({ en: error.message, ja: error.message });
  });
});
