import { autoregression } from '../../stats/autoregression.ts';
import { calculator } from './calculator.ts';
import { whole } from './parameter-rules.ts';

export const arCoefficient = calculator({
  name: 'ar_coefficient',
  formula:
    'Coefficient coeff (0 is the constant) of an autoregression of order k with a constant, by least squares. Where it leaves no degree of freedom (n ≤ 2 k + 1), coefficient k is 0 as in tsfresh and the others are not defined.',
  source: 'Box, Jenkins, Reinsel & Ljung (2015), Time Series Analysis, 7.2',
  unit: 'y for coeff 0, else 1',
  cost: 'n·window',
  parameters: { coeff: whole(0), k: whole(0) },
  create: ({ coeff, k }) => {
    const key = `tsfresh.autoregression ${k}`;
    return (series) => {
      if (coeff > k) return Number.NaN;
      const coefficients = series.once(key, () =>
        series.n > 2 * k + 1 ? autoregression(series.y, k) : undefined,
      );
      if (coefficients !== undefined) return coefficients[coeff]!;
      return coeff === k && series.n > 0 ? 0 : Number.NaN;
    };
  },
});
