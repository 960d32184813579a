import { pairwiseSum } from '../../math/pairwise-sum.ts';
import { calculator } from './calculator.ts';
import { whole } from './parameter-rules.ts';

function thirdOrder(y: Float64Array, lag: number): number {
  const terms = new Float64Array(y.length - 2 * lag);
  for (let t = 0; t < terms.length; t++) terms[t] = y[t + 2 * lag]! * y[t + lag]! * y[t]!;
  return pairwiseSum(terms) / terms.length;
}

function reversalAsymmetry(y: Float64Array, lag: number): number {
  const terms = new Float64Array(y.length - 2 * lag);
  for (let t = 0; t < terms.length; t++) {
    const [before, now, after] = [y[t]!, y[t + lag]!, y[t + 2 * lag]!];
    terms[t] = after * after * now - now * before * before;
  }
  return pairwiseSum(terms) / terms.length;
}

export const nonlinearityCalculators = [
  calculator({
    name: 'c3',
    formula: 'Mean of y[t + 2 lag] · y[t + lag] · y[t]; 0 for n ≤ 2 lag.',
    source: 'Schreiber & Schmitz (1997), Physical Review E 55(5), 5443–5447',
    unit: 'y³',
    parameters: { lag: whole(0) },
    create:
      ({ lag }) =>
      ({ y, n }) =>
        2 * lag >= n ? 0 : thirdOrder(y, lag),
  }),
  calculator({
    name: 'time_reversal_asymmetry_statistic',
    formula: 'Mean of y[t + 2 lag]² · y[t + lag] − y[t + lag] · y[t]²; 0 for n ≤ 2 lag.',
    source: 'Fulcher & Jones (2014), IEEE Trans. Knowledge and Data Engineering 26, 3026–3037',
    unit: 'y³',
    parameters: { lag: whole(0) },
    create:
      ({ lag }) =>
      ({ y, n }) =>
        2 * lag >= n ? 0 : reversalAsymmetry(y, lag),
  }),
];
