import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { seasonalEsd } from './seasonal-esd.ts';

const random = createRandom(21);
const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Rosner (1983), table 1: the 54 values whose last three are outliers by his test at 5 %. */
const ROSNER = [
  ...[-0.25, 0.68, 0.94, 1.15, 1.2, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56],
  ...[1.58, 1.65, 1.69, 1.7, 1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.1],
  ...[2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.4, 2.47, 2.54, 2.62, 2.64, 2.9, 2.92],
  ...[2.92, 2.93, 3.21, 3.26, 3.3, 3.59, 3.68, 4.3, 4.64, 5.34, 5.42, 6.01],
];

describe('the seasonal ESD test', () => {
  it("finds the outliers of Rosner's example", () => {
    const { anomalies } = seasonalEsd(Float64Array.from(ROSNER), { m: 1, maxShare: 0.2 });
    expect([...anomalies].slice(0, 3)).toEqual([53, 52, 51]);
  });

  it('finds a value that is usual at another place of the season', () => {
    const y = Float64Array.from(
      { length: 240 },
      (_, t) => 10 * Math.sin((t / 24) * 2 * Math.PI) + 0.3 * gauss(),
    );
    y[130] = 9;
    const { anomalies, expected } = seasonalEsd(y, { m: 24 });
    expect(anomalies[0]).toBe(130);
    expect(anomalies.length).toBeLessThan(5);
    expect(Math.abs(expected[130]! - 10 * Math.sin((130 / 24) * 2 * Math.PI))).toBeLessThan(1);
    expect([...seasonalEsd(y, { m: 1 }).anomalies]).toEqual([]);
  });

  it('calls 5 % of series without anomalies unusual, or fewer than twice that', () => {
    let called = 0;
    for (let round = 0; round < 200; round++) {
      const y = Float64Array.from({ length: 100 }, gauss);
      if (seasonalEsd(y, { m: 1 }).anomalies.length > 0) called++;
    }
    expect(called).toBeLessThan(40);
  });

  it('gives places of present values for any input', () => {
    for (const y of oddSeries(3, 1)) {
      const { anomalies, expected } = seasonalEsd(y, { m: 7 });
      expect(anomalies.every((t) => Number.isFinite(y[t]!))).toBe(true);
      if (y.some(Number.isFinite)) expect(expected.every(Number.isFinite)).toBe(true);
      expect(anomalies.length).toBeLessThanOrEqual(0.1 * y.length);
    }
  });

  it('refuses what makes no sense', () => {
    const y = new Float64Array(9);
    expect(() => seasonalEsd(y, { m: 0 })).toThrow(InvalidInput);
    expect(() => seasonalEsd(y, { m: 1, maxShare: 0.5 })).toThrow('maxShare');
    expect(() => seasonalEsd(y, { m: 1, alpha: 0 })).toThrow('alpha');
  });
});
