import { requireWhole } from '../../invalid-input.ts';
import type { SummarySet } from '../feature.ts';
import { correlationDefinitions } from './correlations.ts';
import { entriesOf } from './definition.ts';
import { guerreroDefinition } from './guerrero.ts';
import { holtDefinitions } from './holt.ts';
import { regressionDefinitions } from './regressions.ts';
import { shapeDefinitions } from './shape.ts';
import { statisticDefinitions } from './statistics.ts';
import { stlDefinitions } from './stl-features.ts';

/**
 * The features of Nixtla's tsfeatures 0.4.5 (after the R package of the same name), each of the series as it is and, as
 * `scaled.*`, of the series standardised, which is what the peer does unless told otherwise. Parameter `freq`: season
 * length in samples, whole number ≥ 1. Missing values are left out before.
 *
 * Left out: `hw_parameters` and `heterogeneity`, which are the whim of an optimiser or need a GARCH model.
 */
export const tsfeaturesSet: SummarySet = {
  name: 'tsfeatures',
  pipeline: 'static',
  version: 1,
  kind: 'summary',
  defaults: { freq: 1 },
  features(parameters) {
    const freq = Number(parameters.freq);
    requireWhole('freq', freq, 1);
    return [
      ...stlDefinitions(freq),
      ...shapeDefinitions(freq),
      ...correlationDefinitions(freq),
      ...regressionDefinitions,
      ...holtDefinitions,
      guerreroDefinition(freq),
      ...statisticDefinitions(freq),
    ].flatMap((definition) => entriesOf(definition, freq));
  },
};
