import { catch22 } from './catch22/catch22.ts';
import type { FeatureSet } from './feature.ts';
import { lags } from './lags/lags.ts';
import { rolling } from './rolling/rolling.ts';
import { rollingWindows } from './rolling/rolling-windows.ts';

/** Every set of features, by the name people type. */
export const featureSets: readonly FeatureSet[] = [rolling, rollingWindows, lags, catch22];
