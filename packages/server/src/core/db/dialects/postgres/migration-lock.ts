import { sql } from 'kysely';
import type { AnyQuery } from '../dialect.ts';

/** Any number that nobody else uses: "KZSH" in ASCII. */
const LOCK = 0x4b5a5348;

/** One transaction holds the lock and undoes all of a failed upgrade. */
export async function withMigrationLock<R>(
  query: AnyQuery,
  work: (query: AnyQuery) => Promise<R>,
): Promise<R> {
  return query.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
    return work(trx);
  });
}
