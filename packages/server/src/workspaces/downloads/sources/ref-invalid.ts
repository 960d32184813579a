import type { AppError } from '../../../core/errors.ts';
import { sourceErrors } from './errors.ts';

/** DOWNLOADS_REF_INVALID, showing of the reference what can hold no secret. */
export const refInvalid = (ref: string): AppError =>
  sourceErrors.DOWNLOADS_REF_INVALID({ ref: ref.replace(/[?#].*$/s, '').slice(0, 100) });
