import { defineErrors } from '../../core/errors.ts';
import { analyticsErrors } from './analytics/errors.ts';
import { libraryErrors } from './library/errors.ts';
import { queueErrors } from './queue/errors.ts';
import { manifestErrors } from './queue/manifest-errors.ts';
import { scanErrors } from './scan/errors.ts';
import { sourceErrors } from './sources/errors.ts';
import { transferErrors } from './transfer/errors.ts';

/** Of every folder of the slice. */
export const downloadsErrors = defineErrors({
  ...queueErrors.catalogue,
  ...manifestErrors.catalogue,
  ...libraryErrors.catalogue,
  ...sourceErrors.catalogue,
  ...transferErrors.catalogue,
  ...scanErrors.catalogue,
  ...analyticsErrors.catalogue,
});
