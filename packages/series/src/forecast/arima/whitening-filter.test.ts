import { describe, expect, it } from 'vitest';
import { choleskyInPlace } from '../../math/cholesky.ts';
import { createRandom } from '../../math/random.ts';
import { type Arma, ArmaPolynomials } from './arma.ts';
import { runGapFilter } from './estimate.ts';
import { GapFilter } from './gap-filter.ts';
import { type ArimaOrder, differenceLags } from './order.ts';
import { WhiteningFilter } from './whitening-filter.ts';

const order = (part: Partial<ArimaOrder>): ArimaOrder => ({
  ...{ p: 0, d: 0, q: 0, P: 0, D: 0, Q: 0, m: 1, constant: false },
  ...part,
});

function armaOf(part: Partial<ArimaOrder>, coefficients: number[]): ArmaPolynomials {
  const arma = new ArmaPolynomials(order(part));
  arma.set(coefficients);
  return arma;
}

const random = createRandom(5);
const noise = (n: number) => Float64Array.from({ length: n }, () => random() + random() - 1);

const CASES: [string, ArmaPolynomials][] = [
  ['white noise', armaOf({}, [])],
  ['AR(1)', armaOf({ p: 1 }, [0.7])],
  ['AR(2) near the edge', armaOf({ p: 2 }, [1.6, -0.61])],
  ['MA(2)', armaOf({ q: 2 }, [0.5, 0.3])],
  ['MA(1) on the edge', armaOf({ q: 1 }, [-0.9999])],
  ['ARMA(2,1)', armaOf({ p: 2, q: 1 }, [0.5, 0.2, 0.4])],
  ['airline model', armaOf({ q: 1, Q: 1, m: 12 }, [-0.4, -0.56])],
  ['all four factors', armaOf({ p: 1, q: 1, P: 1, Q: 1, m: 4 }, [0.5, 0.3, 0.6, -0.4])],
  [
    'season shorter than the order',
    armaOf({ p: 3, q: 3, P: 1, Q: 2, m: 2 }, [0.3, 0.1, 0.05, 0.2, 0.1, 0.1, 0.3, 0.2, 0.1]),
  ],
];

/** log det and white squares from the covariance matrix itself, its elements summed from the weights of the errors. */
function byCovarianceMatrix({ ar, ma }: Arma, y: Float64Array) {
  const n = y.length;
  const far = 4000;
  const psi = new Float64Array(far + n);
  for (let k = 0; k < psi.length; k++) {
    let sum = ma[k] ?? 0;
    for (let j = 1; j < ar.length && j <= k; j++) sum += ar[j]! * psi[k - j]!;
    psi[k] = sum;
  }
  const gamma = Float64Array.from({ length: n }, (_, lag) => {
    let sum = 0;
    for (let k = 0; k < far; k++) sum += psi[k]! * psi[k + lag]!;
    return sum;
  });
  const a = Float64Array.from(
    { length: n * n },
    (_, i) => gamma[Math.abs((i % n) - Math.floor(i / n))]!,
  );
  choleskyInPlace(a, n);
  let logDeterminant = 0;
  const white = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = y[i]!;
    for (let k = 0; k < i; k++) sum -= a[i * n + k]! * white[k]!;
    white[i] = sum / a[i * n + i]!;
    logDeterminant += 2 * Math.log(a[i * n + i]!);
  }
  return { logDeterminant, white };
}

describe('WhiteningFilter', () => {
  it.each(CASES)('whitens as the covariance matrix does: %s', (_, arma) => {
    const n = 60;
    const y = noise(n);
    const filter = new WhiteningFilter(arma, n, 1);
    const white = new Float64Array(n);
    const logDeterminant = filter.run(arma, [y], [white]);
    const expected = byCovarianceMatrix(arma, y);
    expect(Math.abs(logDeterminant - expected.logDeterminant)).toBeLessThan(1e-5);
    white.forEach((value, t) => {
      expect(Math.abs(value - expected.white[t]!)).toBeLessThan(1e-4);
    });
  });

  it.each(CASES)('agrees with the plain Kalman filter and ends in its state: %s', (_, arma) => {
    const n = 150;
    const columns = [noise(n), noise(n)];
    const fast = [new Float64Array(n), new Float64Array(n)];
    const slow = [new Float64Array(n), new Float64Array(n)];
    const filter = new WhiteningFilter(arma, n, 2);
    const determinant = filter.run(arma, columns, fast);
    const plain = new GapFilter(arma, Float64Array.of(0), 2);
    expect(Math.abs(determinant - runGapFilter(plain, columns, slow))).toBeLessThan(1e-5);
    for (const c of [0, 1]) {
      fast[c]!.forEach((value, t) => {
        expect(Math.abs(value - slow[c]![t]!)).toBeLessThan(1e-4);
      });
      const end = filter.end(arma).states[c]!;
      end.forEach((value, i) => {
        expect(Math.abs(value - plain.states[c]![i]!)).toBeLessThan(1e-4);
      });
    }
  });

  it('has no likelihood for a model that is not stationary', () => {
    const arma = armaOf({ p: 1 }, [1.01]);
    const filter = new WhiteningFilter(arma, 10, 1);
    expect(filter.run(arma, [noise(10)], [new Float64Array(10)])).toBeNaN();
  });
});

describe('GapFilter', () => {
  it('gives the likelihood of the differences when nothing is missing', () => {
    const arma = armaOf({ p: 1, d: 1, q: 1, D: 1, Q: 1, m: 4 }, [0.4, 0.3, -0.5]);
    const y = noise(80).map((value, t) => value + 0.3 * t + (t % 4));
    const w = Float64Array.from(
      { length: 75 },
      (_, t) => y[t + 5]! - y[t + 4]! - y[t + 1]! + y[t]!,
    );
    const white = new Float64Array(75);
    const determinant = new WhiteningFilter(arma, 75, 1).run(arma, [w], [white]);
    const slow = new Float64Array(80);
    const plain = new GapFilter(arma, differenceLags(arma.order), 1);
    const other = runGapFilter(plain, [y.map((value) => value - y[0]!)], [slow]);
    expect(Math.abs(determinant - other)).toBeLessThan(1e-4);
    white.forEach((value, t) => {
      expect(Math.abs(value - slow[t + 5]!)).toBeLessThan(1e-4);
    });
    expect(slow.subarray(0, 5)).toEqual(new Float64Array(5));
  });

  it('leaves missing values out: an AR(1) over a gap is an AR(1) of its square', () => {
    const plain = new GapFilter(armaOf({ p: 1 }, [0.8]), Float64Array.of(0), 1);
    const errors = new Float64Array(1);
    plain.step([2], errors);
    expect(plain.expected()).toBeCloseTo(1.6, 12);
    expect(plain.step([Number.NaN], errors)).toBeNaN();
    expect(plain.expected()).toBeCloseTo(1.28, 12);
    expect(plain.step([1], errors)).toBeCloseTo(1 + 0.64, 12);
    expect(errors[0]).toBeCloseTo(-0.28, 12);
  });

  it('is as sure a season after a gap as it may be, though settled before and in between', () => {
    const arma = armaOf({ P: 1, m: 4 }, [0.5]);
    const plain = new GapFilter(arma, Float64Array.of(0), 1);
    const errors = new Float64Array(1);
    const variances = Array.from({ length: 40 }, (_, t) =>
      plain.step([t === 21 ? Number.NaN : Math.sin(t)], errors),
    );
    expect(variances[22]).toBeCloseTo(1, 12);
    expect(variances[25]).toBeCloseTo(1.25, 12);
    expect(variances[29]).toBeCloseTo(1, 12);
  });
});
