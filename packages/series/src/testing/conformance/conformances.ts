import { antropyConformance } from './antropy.ts';
import { catch22Conformance } from './catch22.ts';
import type { Conformance } from './comparison.ts';
import { lagsConformance, rollingConformance } from './pandas.ts';
import { isolationForestConformance } from './scikit-learn.ts';
import { acfConformance, stlConformance } from './statsmodels.ts';
import { matrixProfileConformance, motifsConformance } from './stumpy.ts';
import { tsfeaturesConformance } from './tsfeatures.ts';
import { tsfelConformance, tsfelSlowConformance } from './tsfel.ts';
import { tsfreshEfficientConformance, tsfreshSelectedConformance } from './tsfresh.ts';

/** Every comparison with recorded results, in the order of the table. */
export const conformances: readonly Conformance[] = [
  catch22Conformance,
  tsfreshEfficientConformance,
  tsfreshSelectedConformance,
  tsfelConformance,
  tsfelSlowConformance,
  antropyConformance,
  tsfeaturesConformance,
  acfConformance,
  stlConformance,
  matrixProfileConformance,
  motifsConformance,
  rollingConformance,
  lagsConformance,
  isolationForestConformance,
];
