import { AppError } from '../../../errors.ts';
import type { Engine } from '../../database.ts';
import { databaseErrors } from '../../errors.ts';
import { codeOf, isNetworkFailure, messageOf, unavailable } from '../failure.ts';

/** PostgreSQL, appendix A: connection exceptions, shut down, starting up, too many connections. */
const AWAY = /^(08...|57P0[123]|53300)$/;
/** What pg says itself, without a code. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

export const postgresEngine: Engine = {
  name: 'postgres',
  skipsLockedRows: true,
  isUniqueViolation: (error) => codeOf(error) === '23505',
  isUnavailable: (error) =>
    (error instanceof AppError && error.code === 'UNAVAILABLE') ||
    AWAY.test(codeOf(error)) ||
    isNetworkFailure(error) ||
    LOST.test(messageOf(error)),
};

/** Serialisation failure, deadlock. */
export function isPostgresConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

/** The words for a failure while working; any other error is given back as it is. */
export function explainPostgres(error: unknown): unknown {
  if (codeOf(error) === '53100') return databaseErrors.DATABASE_FULL({}, { cause: error });
  return postgresEngine.isUnavailable(error) ? unavailable(error) : error;
}

/** The words for a failure of the first connection. */
export function explainPostgresStart(error: unknown, address: string): AppError {
  if (error instanceof AppError && error.code !== 'UNAVAILABLE') return error;
  const code = codeOf(error);
  if (code === '28P01' || code === '28000' || messageOf(error).startsWith('SASL'))
    return databaseErrors.DATABASE_ACCESS_DENIED({ address }, { cause: error });
  if (code === '3D000') return databaseErrors.DATABASE_MISSING({ address }, { cause: error });
  return databaseErrors.DATABASE_UNREACHABLE(
    { address, reason: messageOf(error) },
    { cause: error },
  );
}
