import { InvalidInput } from '../invalid-input.ts';
import { anomaly } from './anomaly/anomaly.ts';
import { antropy } from './antropy/antropy.ts';
import { acf } from './autocorrelation/acf.ts';
import { calendar } from './calendar/calendar.ts';
import { catch22 } from './catch22/catch22.ts';
import type { ColumnSet, FeatureSet, SummarySet } from './feature.ts';
import { lags } from './lags/lags.ts';
import { lottery } from './lottery/lottery.ts';
import { matrixProfileSet, motifsSet } from './matrix-profile/matrix-profile-set.ts';
import { rolling } from './rolling/rolling.ts';
import { rollingWindows } from './rolling/rolling-windows.ts';
import { staticSet } from './static/static.ts';
import { drawdown } from './trend/drawdown.ts';
import { stlSet } from './trend/stl-set.ts';
import { trendSummary } from './trend/trend-summary.ts';
import { tsfeaturesSet } from './tsfeatures/tsfeatures.ts';
import { tsfelSet } from './tsfel/tsfel.ts';
import {
  tsfreshEfficient,
  tsfreshEntropy,
  tsfreshNamed,
  tsfreshSelected,
} from './tsfresh/tsfresh.ts';

/** Every set of features, by the name people type. */
export const featureSets: readonly FeatureSet[] = [
  rolling,
  rollingWindows,
  lags,
  stlSet,
  drawdown,
  trendSummary,
  acf,
  anomaly,
  calendar,
  lottery,
  catch22,
  antropy,
  matrixProfileSet,
  motifsSet,
  tsfreshEfficient,
  tsfreshSelected,
  tsfreshEntropy,
  tsfreshNamed,
  tsfelSet,
  tsfeaturesSet,
  staticSet,
];

/**
 * A set of features of whole series by name, for `summariser`: `catch22`, `tsfel`, `tsfresh-efficient` …
 * @throws InvalidInput (`set`) where no set of that kind has the name; says which there are.
 */
export function summarySet(name: string): SummarySet {
  const sets = featureSets.filter((set) => set.kind === 'summary');
  return sets.find((set) => set.name === name) ?? refuse(name, sets);
}

/**
 * A set of features by time by name, for `columns` and `columnStream`: `rolling`, `lags`, `anomaly` …
 * @throws InvalidInput (`set`) where no set of that kind has the name; says which there are.
 */
export function columnSet(name: string): ColumnSet {
  const sets = featureSets.filter((set) => set.kind === 'columns');
  return sets.find((set) => set.name === name) ?? refuse(name, sets);
}

function refuse(name: string, sets: readonly FeatureSet[]): never {
  const names = sets.map((set) => set.name).join(', ');
  throw new InvalidInput('set', `must be one of ${names}; got ${name}`);
}
