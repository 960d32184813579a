/**
 * Comparison with R prophet 1.0 on its example data (MIT). Runs where the reference folder is at hand (KIZASHI_REFERENCE, or
 * `../shared/reference` beside the repository).
 */
import { describe, expect, it } from 'vitest';
import { largestShare, prophetFolder, prophetRuns } from '../../testing/prophet-runs.ts';
import { fitAdditive } from './fit-additive.ts';

const runs = prophetRuns();
if (runs.length === 0) {
  console.info(`skipped: comparisons with Prophet need the reference data (${prophetFolder})`);
}

describe.skipIf(runs.length === 0)('additive model against R prophet 1.0', () => {
  it.each(runs)('$name', ({ expected, history, future: t, limit, options }) => {
    const model = fitAdditive({ ...history, ...limit }, options);
    const { mean, trend, components, intervals } = model.predict({ t, ...limit }, [0.8]);
    const { yhat, yhat_lower80: low, yhat_upper80: high } = expected.future;
    expect(largestShare(mean, yhat!)).toBeLessThan(0.003);
    const errors = model.residuals.filter((value) => !Number.isNaN(value));
    const rmse = Math.sqrt(errors.reduce((sum, value) => sum + value * value, 0) / errors.length);
    expect(Math.abs(rmse / expected.insample_rmse - 1)).toBeLessThan(0.01);
    const width = (upper: ArrayLike<number>, lower: ArrayLike<number>) =>
      t.reduce((sum, _, i) => sum + upper[i]! - lower[i]!, 0);
    const found = width(intervals[0]!.upper, intervals[0]!.lower);
    expect(Math.abs(found / width(high!, low!) - 1)).toBeLessThan(0.1);
    const size = Math.max(...yhat!.map(Math.abs));
    const apart = (values: ArrayLike<number>, wanted: readonly number[]) =>
      Math.max(...wanted.map((value, i) => Math.abs(values[i]! - value)));
    expect(apart(trend, expected.future.trend!)).toBeLessThan(0.01 * size);
    for (const part of ['weekly', 'yearly', 'holidays']) {
      const wanted = expected.future[part];
      if (wanted === undefined) continue;
      const mine = components.filter((one) =>
        part === 'holidays' ? one.kind === 'event' : one.name === part,
      );
      const shares = mine[0]!.mode === 'multiplicative';
      const sum = t.map((_, i) => mine.reduce((total, { values }) => total + values[i]!, 0));
      expect(apart(sum, wanted)).toBeLessThan(0.01 * (shares ? 1 : size));
    }
  });
});
