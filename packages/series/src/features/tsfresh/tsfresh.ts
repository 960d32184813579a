import { InvalidInput, show } from '../../invalid-input.ts';
import type { SummaryFeature, SummarySet } from '../feature.ts';
import { calculators } from './calculators.ts';
import { parseFeatureName } from './names.ts';
import { efficientSettings, entropySettings, type Settings, selectedSettings } from './settings.ts';

/**
 * The features of tsfresh's calculators with any parameters, given as tsfresh has them (`default_fc_parameters`).
 *
 * @param settings by calculator, a list of parameters: one feature each. null for the calculators that take none.
 * @returns the features in the order of the settings, named as tsfresh names their columns.
 * @throws InvalidInput for a calculator or parameter there is not.
 *
 * Source: tsfresh 0.21, feature calculators.
 * @example tsfreshFeatures({ mean: null, quantile: [{ q: 0.1 }, { q: 0.9 }] })
 */
export function tsfreshFeatures(settings: Settings): SummaryFeature[] {
  return Object.entries(settings).flatMap(([name, list]) => {
    const calculator = calculatorNamed(name);
    return (list ?? [{}]).map((parameters) => calculator.feature(parameters));
  });
}

/**
 * The feature with one of tsfresh's names, whatever its parameters; the name stays as it is written.
 *
 * @param name calculator and parameters as tsfresh writes them in a column's name, with `__` between.
 * @returns the feature, for `compute` with a shared series or the `features` of a set of one's own.
 * @throws InvalidInput for what is not the name of a feature; says which calculators there are.
 * @example tsfreshFeature('fft_coefficient__attr_"abs"__coeff_250')
 */
export function tsfreshFeature(name: string): SummaryFeature {
  const { calculator, parameters } = parseFeatureName(name);
  return { ...calculatorNamed(calculator).feature(parameters), name };
}

function calculatorNamed(name: string) {
  const found = calculators.get(name);
  if (found !== undefined) return found;
  const names = [...calculators.keys()].join(', ');
  throw new InvalidInput('calculator', `must be one of ${names}, got ${show(name)}`);
}

function tsfreshSet(name: string, settings: Settings): SummarySet {
  return {
    kind: 'summary',
    name,
    pipeline: 'tsfresh',
    version: 1,
    defaults: {},
    features: () => tsfreshFeatures(settings),
  };
}

/** All 777 features of tsfresh's `EfficientFCParameters`. */
export const tsfreshEfficient = tsfreshSet('tsfresh-efficient', efficientSettings);

/** 133 features of 65 calculators, approximate and sample entropy among them. */
export const tsfreshSelected = tsfreshSet('tsfresh-selected', selectedSettings);

/** Sample entropy, and approximate entropy with tsfresh's five tolerances. */
export const tsfreshEntropy = tsfreshSet('tsfresh-entropy', entropySettings);

const NAMES = 'features';
const SEPARATOR = ';';

/** Whatever features are asked for by their names, separated by semicolons, in the parameter `features`. */
export const tsfreshNamed: SummarySet = {
  kind: 'summary',
  name: 'tsfresh',
  pipeline: 'tsfresh',
  version: 1,
  defaults: { [NAMES]: 'mean;standard_deviation;length' },
  features: ({ [NAMES]: names }) =>
    `${names}`
      .split(SEPARATOR)
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map(tsfreshFeature),
};
