import { equalSteps } from '../../stats/histogram.ts';
import { countPhrases } from '../../stats/lempel-ziv.ts';
import type { SharedSeries } from '../shared-series.ts';
import { calculator } from './calculator.ts';
import { whole } from './parameter-rules.ts';

export const lempelZivComplexity = calculator({
  name: 'lempel_ziv_complexity',
  formula:
    'Phrases / n, where a phrase is the shortest string of symbols that was no phrase before, and a symbol is the bin of a value among `bins` bins of equal width from minimum to maximum, each with its upper edge.',
  source: 'Ziv & Lempel (1978), IEEE Trans. Inf. Theory 24(5), 530–536',
  unit: '1',
  parameters: { bins: whole(1, 65_536) },
  create:
    ({ bins }) =>
    (series) =>
      Number.isFinite(series.max - series.min)
        ? countPhrases(symbolsOf(series, bins), bins + 1) / series.n
        : Number.NaN,
});

/** How many upper edges of bins are below each value. */
function symbolsOf({ y, n, min, max }: SharedSeries, bins: number): Int32Array {
  const edges = equalSteps(min, max, bins);
  const perUnit = max > min ? bins / (max - min) : 0;
  const symbols = new Int32Array(n);
  for (let t = 0; t < n; t++) {
    const value = y[t]!;
    let bin = Math.min(bins - 1, Math.trunc((value - min) * perUnit) || 0);
    while (bin > 0 && edges[bin]! >= value) bin--;
    while (bin < bins && edges[bin + 1]! < value) bin++;
    symbols[t] = bin;
  }
  return symbols;
}
