import { entropyOfShares } from '../../stats/entropy.ts';
import { equalWidthCounts } from '../../stats/histogram.ts';
import { calculator } from './calculator.ts';
import { whole } from './parameter-rules.ts';

export const binnedEntropy = calculator({
  name: 'binned_entropy',
  formula:
    'Entropy, in nats, of the shares of values in max_bins bins of equal width from minimum to maximum.',
  unit: 'nats',
  parameters: { max_bins: whole(1) },
  create:
    ({ max_bins: bins }) =>
    ({ y }) =>
      entropyOfShares(equalWidthCounts(y, bins)),
});
