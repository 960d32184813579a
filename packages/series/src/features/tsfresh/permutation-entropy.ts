import { entropyOfShares } from '../../stats/entropy.ts';
import { createOrdinalPatterns, LONGEST_PATTERN } from '../../stats/ordinal-patterns.ts';
import { calculator } from './calculator.ts';
import { whole } from './parameter-rules.ts';

export const permutationEntropy = calculator({
  name: 'permutation_entropy',
  formula:
    'Entropy, in nats, of the shares of the orders of `dimension` consecutive values, in windows that start every tau values (tau is no spacing inside a window); of equal values the earlier counts as the smaller.',
  source: 'Bandt & Pompe (2002), Physical Review Letters 88, 174102',
  unit: 'nats',
  parameters: { tau: whole(1), dimension: whole(2, LONGEST_PATTERN) },
  create:
    ({ tau, dimension }) =>
    (series) =>
      entropyOfShares(
        series
          .once('ordinal patterns', () => createOrdinalPatterns(series.y))
          .counts(dimension, tau),
      ),
});
