import { calculator } from './calculator.ts';
import { flag, number, numbers, optional } from './parameter-rules.ts';

const optionalNumbers = optional(numbers);
const optionalNumber = optional(number);
const optionalFlag = optional(flag);
/** Shortest query that counts as one. */
const SHORTEST = 3;
/** Squared distances below this are rounding, as in STUMPY. */
const ROUNDING = 1e-14;

function deviations(values: Float64Array): { deviations: Float64Array; length: number } {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  const centred = values.map((value) => value - mean);
  const square = centred.reduce((sum, value) => sum + value * value, 0);
  return { deviations: centred, length: Math.sqrt(square) };
}

/** Squared Euclidean distance after both have mean 0 and standard deviation 1; constant ones stay at 0. */
function standardisedDistance(a: Float64Array, b: Float64Array): number {
  const m = a.length;
  const left = deviations(a);
  const right = deviations(b);
  if (left.length === 0 || right.length === 0) return left.length === right.length ? 0 : m;
  const product = left.deviations.reduce((sum, value, i) => sum + value * right.deviations[i]!, 0);
  return 2 * m * (1 - product / (left.length * right.length));
}

function distance(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
}

export const querySimilarityCount = calculator({
  name: 'query_similarity_count',
  formula:
    'How many stretches of the series are within `threshold` (Euclidean distance) of the query, both standardised unless normalize is false; not defined without a query of at least three values, or one longer than the series.',
  source: 'Yeh et al. (2016), IEEE ICDM, 1317–1322',
  unit: 'samples',
  cost: 'n·window',
  parameters: { query: optionalNumbers, threshold: optionalNumber, normalize: optionalFlag },
  create: ({ query, threshold = 0, normalize = true }) => {
    const wanted = Float64Array.from(query ?? []);
    const between = normalize ? standardisedDistance : distance;
    return ({ y, n }) => {
      if (wanted.length < SHORTEST || wanted.length > n) return Number.NaN;
      let count = 0;
      for (let t = 0; t + wanted.length <= n; t++) {
        const square = between(wanted, y.subarray(t, t + wanted.length));
        if (square < ROUNDING ? threshold >= 0 : Math.sqrt(square) <= threshold) count++;
      }
      return count;
    };
  },
});
