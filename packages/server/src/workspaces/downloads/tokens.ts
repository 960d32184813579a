import type { Clock } from '../../core/clock.ts';
import type { Database } from '../../core/db/database.ts';
import { upsert } from '../../core/db/write.ts';
import type { SourceName } from './contract.ts';
import type { RefBox } from './queue/new-item.ts';
import { downloadsQuery } from './store/tables.ts';

/** Tokens of the sources: sealed in the table, the ones from the settings behind them. Never read back by anybody. */
export interface Tokens {
  get(source: SourceName): Promise<string | undefined>;
  /** Empty removes it. */
  set(source: SourceName, token: string): Promise<void>;
}

export function createTokens(deps: {
  db: Database;
  clock: Clock;
  box: RefBox;
  configured: Partial<Record<SourceName, string | undefined>>;
}): Tokens {
  const { db, clock, box, configured } = deps;
  const query = downloadsQuery(db);
  const purpose = (source: SourceName) => `downloads.token.${source}`;
  return {
    async get(source) {
      const row = await query
        .selectFrom('downloads_tokens')
        .select('token')
        .where('source', '=', source)
        .executeTakeFirst();
      return row === undefined ? configured[source] : box.open(row.token, purpose(source));
    },
    async set(source, token) {
      if (token === '') {
        await query.deleteFrom('downloads_tokens').where('source', '=', source).execute();
        return;
      }
      await upsert(db.query, {
        table: 'downloads_tokens',
        rows: [{ source, token: box.seal(token, purpose(source)), changed_at: clock.now() }],
        key: ['source'],
        update: ['token', 'changed_at'],
      });
    },
  };
}
