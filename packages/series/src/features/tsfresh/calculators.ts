import { arCoefficient } from './ar-coefficient.ts';
import { augmentedDickeyFuller } from './augmented-dickey-fuller.ts';
import { autocorrelationCalculators } from './autocorrelation.ts';
import { benfordCorrelation } from './benford-correlation.ts';
import { binnedEntropy } from './binned-entropy.ts';
import type { Calculator } from './calculator.ts';
import { changeQuantiles } from './change-quantiles.ts';
import { changeCalculators } from './changes.ts';
import { countCalculators } from './counts.ts';
import { cwtCoefficients } from './cwt-coefficients.ts';
import { entropyCalculators } from './entropies.ts';
import { extremeCalculators } from './extremes.ts';
import { langevinCalculators } from './langevin.ts';
import { lempelZivComplexity } from './lempel-ziv-complexity.ts';
import { massCalculators } from './mass.ts';
import { momentCalculators } from './moments.ts';
import { nonlinearityCalculators } from './nonlinearity.ts';
import { numberCwtPeaks } from './number-cwt-peaks.ts';
import { numberPeaks } from './number-peaks.ts';
import { permutationEntropy } from './permutation-entropy.ts';
import { querySimilarityCount } from './query-similarity-count.ts';
import { recurringValueCalculators } from './recurring-values.ts';
import { spectrumCalculators } from './spectrum.ts';
import { spreadCalculators } from './spread.ts';
import { trendCalculators } from './trend.ts';
import { welchCalculators } from './welch-spectrum.ts';

/** Every calculator, by tsfresh's name. */
export const calculators: ReadonlyMap<string, Calculator> = new Map(
  [
    ...momentCalculators,
    ...extremeCalculators,
    ...recurringValueCalculators,
    ...changeCalculators,
    ...countCalculators,
    ...spreadCalculators,
    ...nonlinearityCalculators,
    ...autocorrelationCalculators,
    ...trendCalculators,
    ...massCalculators,
    ...spectrumCalculators,
    ...welchCalculators,
    ...langevinCalculators,
    ...entropyCalculators,
    arCoefficient,
    augmentedDickeyFuller,
    benfordCorrelation,
    binnedEntropy,
    changeQuantiles,
    cwtCoefficients,
    lempelZivComplexity,
    numberCwtPeaks,
    numberPeaks,
    permutationEntropy,
    querySimilarityCount,
  ].map((each) => [each.name, each]),
);
