import { coreErrors } from '../../../core/core-errors.ts';
import { AppError, type StoredFailure, toStoredFailure } from '../../../core/errors.ts';

/** A failure as an item keeps it. */
export interface ItemFailure extends StoredFailure {
  readonly retryable: boolean;
}

/** Words of an error that is not ours may hold an address: they stay in the log. */
export function toItemFailure(error: unknown): ItemFailure {
  const known = error instanceof AppError ? error : coreErrors.INTERNAL();
  return { ...toStoredFailure(known), retryable: known.retryable };
}
