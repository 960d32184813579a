import type { AppError } from '../../../core/errors.ts';
import { sourceErrors } from './errors.ts';

/** The error of a file whose list said already that it cannot be had; undefined for barriers that are not final. */
export function barrierError(barrier: string, host: string): AppError | undefined {
  if (barrier === 'archived') return sourceErrors.DOWNLOADS_ARCHIVED({ host });
  if (barrier === 'taken-down') return sourceErrors.DOWNLOADS_TAKEN_DOWN({ host });
  if (barrier === 'disabled') return sourceErrors.DOWNLOADS_SWITCHED_OFF({ host });
  return undefined;
}
