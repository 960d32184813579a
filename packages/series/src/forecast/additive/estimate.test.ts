import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { estimate } from './estimate.ts';
import { noiseLoss, noiseSlope, priorLoss } from './posterior.ts';
import { createRegressionModel, type Regression } from './regression.ts';
import { minimiseSparseQuadratic } from './sparse-quadratic.ts';

function regression(growth: Regression['growth'], multiplicative: boolean): Regression {
  const random = createRandom(3);
  const n = 300;
  const t = Float64Array.from({ length: n }, (_, i) => i / (n - 1));
  const x = [1, 2, 3].flatMap((k) => [
    t.map((time) => Math.sin(2 * Math.PI * 9 * k * time)),
    t.map((time) => Math.cos(2 * Math.PI * 9 * k * time)),
  ]);
  return {
    t,
    y: t.map(
      (time, i) => 0.4 + 0.5 * time - Math.max(0, time - 0.5) + 0.1 * x[0]![i]! + 0.05 * random(),
    ),
    growth,
    cap: growth === 'logistic' ? t.map(() => 1.2) : null,
    changepoints: Float64Array.from({ length: 12 }, (_, j) => (0.8 * (j + 1)) / 12),
    changepointPriorScale: 0.05,
    x,
    multiplicative: x.map((_, j) => multiplicative && j < 4),
    priorScale: x.map(() => 10),
  };
}

const CASES = (['linear', 'logistic', 'flat'] as const).flatMap((growth) =>
  [false, true].map((multiplicative) => ({ growth, multiplicative })),
);

describe('the regression', () => {
  it.each(CASES)('has the derivatives that differences show: %j', ({ growth, multiplicative }) => {
    const model = createRegressionModel(regression(growth, multiplicative));
    const random = createRandom(5);
    const theta = Float64Array.from({ length: model.p }, () => 0.2 + 0.2 * random());
    const place = model.at(theta);
    const slope = model.slope(theta, place);
    const tangent = model.tangent(theta, place);
    const step = 1e-6;
    for (let i = 0; i < model.p; i++) {
      const up = theta.slice();
      const down = theta.slice();
      up[i]! += step;
      down[i]! -= step;
      // squares / 2 falls by J'r.
      const difference = (model.at(down).squares - model.at(up).squares) / (4 * step);
      expect(slope[i]).toBeCloseTo(difference, 5);
      const product = tangent[i]!.values.reduce((sum, v, r) => sum + v * place.residuals[r]!, 0);
      expect(slope[i]).toBeCloseTo(product, 9);
    }
  });

  it('has the derivative of the noise by log sigma', () => {
    const h = 1e-6;
    const at = (log: number) => noiseLoss(Math.exp(log), 3, 50);
    expect(noiseSlope(0.2, 3, 50)).toBeCloseTo(
      (at(Math.log(0.2) + h) - at(Math.log(0.2) - h)) / (2 * h),
      4,
    );
  });
});

describe('estimate', () => {
  it.each(CASES)('finds a maximum that no small step and no other search beats: %j', (form) => {
    const problem = regression(form.growth, form.multiplicative);
    const model = createRegressionModel(problem);
    const exact = estimate(problem, 'exact');
    expect(exact.converged).toBe(true);
    const lossOf = (theta: Float64Array) =>
      noiseLoss(exact.sigma, model.at(theta).squares, model.n) + priorLoss(model, theta);
    const theta = Float64Array.of(exact.k, exact.m, ...exact.beta, ...exact.delta);
    expect(lossOf(theta)).toBeCloseTo(-exact.logPosterior, 9);
    for (let i = 0; i < model.p; i++) {
      for (const step of [-1e-4, 1e-4]) {
        const near = theta.slice();
        near[i]! += step;
        expect(lossOf(near)).toBeGreaterThan(-exact.logPosterior - 1e-9);
      }
    }
    const near = estimate(problem, 'prophet');
    expect(near.logPosterior).toBeLessThanOrEqual(exact.logPosterior + 1e-6);
    expect(near.logPosterior).toBeGreaterThan(
      exact.logPosterior - 0.01 * Math.abs(exact.logPosterior),
    );
  });

  it('leaves most changes of the trend at exactly zero', () => {
    const { delta } = estimate(regression('linear', false), 'exact');
    expect(delta.filter((change) => change !== 0).length).toBeLessThan(6);
    const largest = delta.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
    expect(largest).toBeLessThan(-0.3);
  });
});

describe('minimiseSparseQuadratic', () => {
  it('agrees with coordinate descent, from any start', () => {
    const random = createRandom(11);
    for (let round = 0; round < 50; round++) {
      const p = 2 + (round % 9);
      const a = Array.from({ length: p + 3 }, () =>
        Float64Array.from({ length: p }, () => random() - 0.5),
      );
      const h = new Float64Array(p * p);
      for (let i = 0; i < p; i++) {
        for (let j = 0; j < p; j++)
          h[i * p + j] = a.reduce((sum, row) => sum + row[i]! * row[j]!, 0);
      }
      const b = Float64Array.from({ length: p }, () => random() - 0.5);
      const lambda = Float64Array.from({ length: p }, (_, i) => (i % 3 === 0 ? 0 : 0.2 * random()));
      const x = Float64Array.from({ length: p }, () => (random() < 0.5 ? 0 : random() - 0.5));
      minimiseSparseQuadratic({ h, b, lambda }, x);
      const expected = coordinateDescent(h, b, lambda);
      x.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 7);
      });
    }
  });
});

function coordinateDescent(h: Float64Array, b: Float64Array, lambda: Float64Array): Float64Array {
  const p = b.length;
  const x = new Float64Array(p);
  for (let sweep = 0; sweep < 20_000; sweep++) {
    for (let i = 0; i < p; i++) {
      let rest = b[i]!;
      for (let j = 0; j < p; j++) if (j !== i) rest -= h[i * p + j]! * x[j]!;
      x[i] = (Math.sign(rest) * Math.max(0, Math.abs(rest) - lambda[i]!)) / h[i * p + i]!;
    }
  }
  return x;
}
