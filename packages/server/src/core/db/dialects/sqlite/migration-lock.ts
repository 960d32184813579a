import type { AnyQuery } from '../dialect.ts';

/** The transaction takes SQLite's write lock at its start, and undoes all of a failed upgrade. */
export async function withMigrationLock<R>(
  query: AnyQuery,
  work: (query: AnyQuery) => Promise<R>,
): Promise<R> {
  return query.transaction().execute(work);
}
