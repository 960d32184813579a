import { AppError } from '../../../errors.ts';
import type { Engine } from '../../database.ts';
import { databaseErrors } from '../../errors.ts';
import { codeOf, messageOf } from '../failure.ts';

export const sqliteEngine: Engine = {
  name: 'sqlite',
  skipsLockedRows: false,
  isUniqueViolation: (error) =>
    ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(codeOf(error)),
  isUnavailable: (error) =>
    (error instanceof AppError && error.code === 'DATABASE_BUSY') ||
    codeOf(error).startsWith('SQLITE_BUSY'),
};

/** The words for a failure of the file or its disk; any other error is given back as it is. */
export function explainSqlite(error: unknown, path: string): unknown {
  const code = codeOf(error);
  const reason = messageOf(error);
  if (code === 'SQLITE_FULL') return databaseErrors.DATABASE_FULL({}, { cause: error });
  if (code.startsWith('SQLITE_READONLY'))
    return databaseErrors.DATABASE_FILE_READONLY({ path }, { cause: error });
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return databaseErrors.DATABASE_FILE_DAMAGED({ path }, { cause: error });
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_IOERR'))
    return databaseErrors.DATABASE_FILE_UNREADABLE({ path, reason }, { cause: error });
  return error;
}
