import { catch22 } from './catch22/catch22.ts';
import type { FeatureSet } from './feature.ts';

/** Every set of features, by the name people type. */
export const featureSets: readonly FeatureSet[] = [catch22];
