import { minimumNormSolution } from '../../math/orthogonal.ts';
import { polynomialRoots } from '../../math/polynomial-roots.ts';
import { equalSteps } from '../../stats/histogram.ts';
import { quantileOfSorted } from '../../stats/quantile.ts';
import { countBelow } from '../../stats/rank-in-sorted.ts';
import type { SharedSeries } from '../shared-series.ts';
import { calculator } from './calculator.ts';
import { whole } from './parameter-rules.ts';

const SOURCE = 'Friedrich et al. (2000), Physics Letters A 271, 217–222';

/** Mean value and mean following change in each group of values between neighbouring quantiles that is not empty. */
function driftPoints(
  y: Float64Array,
  groups: number,
): { x: Float64Array; drift: Float64Array } | undefined {
  const values = y.subarray(0, Math.max(0, y.length - 1));
  const sorted = values.toSorted();
  const edges = equalSteps(0, 1, groups).map((p) => quantileOfSorted(sorted, p));
  // Equal edges leave groups without meaning; a single group may be a single value.
  for (let i = 1; i <= groups; i++)
    if (!(edges[i]! > edges[i - 1]!) && groups > 1) return undefined;
  if (values.length === 0) return undefined;
  const sums = new Float64Array(groups);
  const changes = new Float64Array(groups);
  const counts = new Int32Array(groups);
  for (let t = 0; t < values.length; t++) {
    const group = Math.max(0, countBelow(edges, values[t]!) - 1);
    sums[group]! += values[t]!;
    changes[group]! += y[t + 1]! - values[t]!;
    counts[group]!++;
  }
  const filled = [...counts.keys()].filter((group) => counts[group]! > 0);
  return {
    x: Float64Array.from(filled, (group) => sums[group]! / counts[group]!),
    drift: Float64Array.from(filled, (group) => changes[group]! / counts[group]!),
  };
}

/** Coefficients of the powers m … 0, highest first, by least squares on columns of equal length. */
function polynomialFit(x: Float64Array, y: Float64Array, m: number): readonly number[] | undefined {
  const columns = Array.from({ length: m + 1 }, (_, i) => x.map((value) => value ** (m - i)));
  const lengths = columns.map((column) =>
    Math.sqrt(column.reduce((sum, each) => sum + each * each, 0)),
  );
  const scaled = columns.map((column, i) => column.map((each) => each / lengths[i]!));
  if (!scaled.every((column) => column.every(Number.isFinite)) || !y.every(Number.isFinite)) {
    return undefined;
  }
  const solution = minimumNormSolution(scaled, y, x.length * 2 ** -52);
  return Array.from(solution, (each, i) => each / lengths[i]!);
}

function driftPolynomial(
  series: SharedSeries,
  m: number,
  r: number,
): readonly number[] | undefined {
  return series.once(`tsfresh.drift ${m} ${r}`, () => {
    const points = driftPoints(series.y, r);
    return points && polynomialFit(points.x, points.drift, m);
  });
}

export const langevinCalculators = [
  calculator({
    name: 'friedrich_coefficients',
    formula:
      'Coefficient coeff (0 belongs to the highest power) of the polynomial of degree m through the mean change y[t + 1] − y[t] at the mean value of each of r groups of values of equal number; not defined where quantiles coincide.',
    source: SOURCE,
    unit: 'y to the power 1 − (m − coeff)',
    cost: 'n log n',
    parameters: { m: whole(1, 20), r: whole(1), coeff: whole(0) },
    create:
      ({ m, r, coeff }) =>
      (series) =>
        driftPolynomial(series, m, r)?.[coeff] ?? Number.NaN,
  }),
  calculator({
    name: 'max_langevin_fixed_point',
    formula:
      'Largest real part of the roots of the polynomial of friedrich_coefficients: where the mean change is 0.',
    source: `${SOURCE}; Gottschall (2009), thesis, University of Oldenburg`,
    unit: 'y',
    cost: 'n log n',
    parameters: { m: whole(1, 20), r: whole(1) },
    create:
      ({ m, r }) =>
      (series) => {
        const roots = polynomialRoots(driftPolynomial(series, m, r) ?? []);
        return roots.length === 0 ? Number.NaN : Math.max(...roots.map(({ re }) => re));
      },
  }),
];
