import type { FeatureSet } from './feature.ts';

/** Every set of features, by the name people type. */
export const featureSets: readonly FeatureSet[] = [];
