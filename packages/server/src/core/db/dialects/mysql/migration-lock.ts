import { sql } from 'kysely';
import type { AnyQuery } from '../dialect.ts';

const WAIT_SECONDS = 600;

/** A named lock on one connection: MySQL commits at every DDL statement, so a transaction would not hold it. */
export async function withMigrationLock<R>(
  query: AnyQuery,
  work: (query: AnyQuery) => Promise<R>,
): Promise<R> {
  // Names are shared by all databases of the server and at most 64 characters long.
  const name = sql`concat('kizashi ', md5(database()))`;
  return query.connection().execute(async (connection) => {
    const { rows } = await sql<{ locked: number }>`
      select get_lock(${name}, ${WAIT_SECONDS}) as locked`.execute(connection);
    if (rows[0]?.locked !== 1) throw new Error('another process holds the migration lock');
    try {
      return await work(connection);
    } finally {
      await sql`select release_lock(${name})`.execute(connection);
    }
  });
}
