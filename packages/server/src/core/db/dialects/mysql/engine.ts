import { AppError } from '../../../errors.ts';
import type { Engine } from '../../database.ts';
import { databaseErrors } from '../../errors.ts';
import { codeOf, isNetworkFailure, messageOf, unavailable } from '../failure.ts';

const AWAY = [
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_NEW_ABORTING_CONNECTION',
  'ER_CON_COUNT_ERROR',
];
/** What mysql2 says itself, without a code. */
const LOST = /(connection is in closed state|Connection lost)/;

const FULL = ['ER_DISK_FULL', 'ER_RECORD_FILE_FULL'];
const DENIED = [
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
];

export const mysqlEngine: Engine = {
  name: 'mysql',
  skipsLockedRows: true,
  isUniqueViolation: (error) => codeOf(error) === 'ER_DUP_ENTRY',
  isUnavailable: (error) =>
    (error instanceof AppError && error.code === 'UNAVAILABLE') ||
    AWAY.includes(codeOf(error)) ||
    isNetworkFailure(error) ||
    LOST.test(messageOf(error)),
};

/** Deadlock, or a lock not given in time. */
export function isMysqlConflict(error: unknown): boolean {
  return ['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT'].includes(codeOf(error));
}

/** The words for a failure while working; any other error is given back as it is. */
export function explainMysql(error: unknown): unknown {
  if (FULL.includes(codeOf(error))) return databaseErrors.DATABASE_FULL({}, { cause: error });
  return mysqlEngine.isUnavailable(error) ? unavailable(error) : error;
}

/** The words for a failure of the first connection. */
export function explainMysqlStart(error: unknown, address: string): AppError {
  if (error instanceof AppError && error.code !== 'UNAVAILABLE') return error;
  const code = codeOf(error);
  if (DENIED.includes(code))
    return databaseErrors.DATABASE_ACCESS_DENIED({ address }, { cause: error });
  if (code === 'ER_BAD_DB_ERROR')
    return databaseErrors.DATABASE_MISSING({ address }, { cause: error });
  return databaseErrors.DATABASE_UNREACHABLE(
    { address, reason: messageOf(error) },
    { cause: error },
  );
}
