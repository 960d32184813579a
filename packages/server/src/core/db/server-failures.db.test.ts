import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { type CuttableProxy, openCuttableProxy } from '../../testing/cuttable-proxy.ts';
import { describeDatabases, silentLog } from '../../testing/databases.ts';
import { AppError } from '../errors.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';

describeDatabases(
  'a database server',
  ({ create }) => {
    const cleanUp: (() => unknown)[] = [];
    afterEach(async () => {
      for (const step of cleanUp.splice(0).reverse()) await step();
    });

    const failure = async (url: string): Promise<AppError> => {
      const error = await openDatabase({ url, poolSize: 1, log: silentLog }).catch(
        (e: unknown) => e,
      );
      expect(error).toBeInstanceOf(AppError);
      return error as AppError;
    };
    const changed = async (change: (url: URL) => void): Promise<string> => {
      const url = new URL(await create());
      change(url);
      return url.href;
    };

    const behindProxy = async (): Promise<{ db: Database; proxy: CuttableProxy }> => {
      const proxy = await openCuttableProxy(await create());
      cleanUp.push(() => proxy.close());
      const db = await openDatabase({ url: proxy.url, poolSize: 3, log: silentLog });
      cleanUp.push(() => db.stop());
      return { db, proxy };
    };
    const one = (db: Database) => sql<{ one: number }>`select 1 as one`.execute(db.query);
    const errorOf = (work: Promise<unknown>) =>
      work.then(
        () => undefined,
        (error: unknown) => error,
      );

    it('that refuses the password is named, the password is not', async () => {
      const error = await failure(
        await changed((url) => {
          url.password = 'Tr0ub4dor';
        }),
      );
      expect(error.code).toBe('DATABASE_ACCESS_DENIED');
      expect(error.params.address).toContain('kizashi@');
      expect(`${error.text('en')} ${error.text('ja')}`).not.toContain('Tr0ub4dor');
    });

    it('without the database says so', async () => {
      const error = await failure(
        await changed((url) => {
          url.pathname = '/kizashi_nowhere';
        }),
      );
      expect(['DATABASE_MISSING', 'DATABASE_ACCESS_DENIED']).toContain(error.code);
    });

    it('that is not there says what to check', async () => {
      const error = await failure(
        await changed((url) => {
          url.port = '1';
        }),
      );
      expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE', retryable: true });
      expect(error.text('en')).toContain('ECONNREFUSED');
      expect(error.text('en')).not.toContain(':kizashi@');
    });

    it('that goes away is unavailable, and used again when it is back', async () => {
      const { db, proxy } = await behindProxy();
      await Promise.all([one(db), one(db), one(db)]);
      proxy.cut();
      const error = await errorOf(one(db));
      expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
      expect(db.engine.isUnavailable(error)).toBe(true);
      proxy.mend();
      // Connections of before may still be in the pool, each worth one failure.
      let rows: unknown;
      for (let attempt = 0; attempt < 4 && !rows; attempt++)
        rows = await one(db).then(
          (result) => result.rows,
          () => undefined,
        );
      expect(rows).toEqual([{ one: 1 }]);
    });

    it('that goes away while a connection is being set up gets it back: the next ones find room, and stopping ends', async () => {
      const { db, proxy } = await behindProxy();
      proxy.cutAt('set time');
      const errors = await Promise.all([one(db), one(db), one(db)].map(errorOf));
      expect(errors.filter((error) => db.engine.isUnavailable(error)).length).toBeGreaterThan(0);
      proxy.mend();
      for (let attempt = 0; attempt < 3; attempt++) await errorOf(one(db));
      expect((await Promise.all([one(db), one(db), one(db)])).length).toBe(3);
    });

    it('that was opened and never asked anything is let go when it is stopped', async () => {
      const { db, proxy } = await behindProxy();
      await db.stop();
      // Within less than the ten seconds after which PostgreSQL's pool gives up an idle connection by itself.
      await proxy.unused();
      await db.stop();
    }, 5_000);

    it('that goes away inside a transaction undoes it, and leaves the pool whole', async () => {
      const { db, proxy } = await behindProxy();
      await sql`create table core_t (id integer)`.execute(db.query);
      const error = await errorOf(
        db.transaction(async (trx) => {
          await sql`insert into core_t values (1)`.execute(trx);
          proxy.cut();
          await sql`insert into core_t values (2)`.execute(trx);
        }),
      );
      expect(db.engine.isUnavailable(error)).toBe(true);
      proxy.mend();
      const counts = await Promise.all(
        Array.from({ length: 6 }, async () => {
          for (let attempt = 0; ; attempt++) {
            const result = await sql<{ n: number }>`select count(*) as n from core_t`
              .execute(db.query)
              .catch((reason: unknown) => reason);
            if (!(result instanceof Error)) return (result as { rows: { n: number }[] }).rows[0]?.n;
            if (attempt === 5) throw result;
          }
        }),
      );
      expect(counts).toEqual([0, 0, 0, 0, 0, 0]);
    });

    it('that finds a deadlock lets one transaction run again, so both succeed', async () => {
      const url = await create();
      const db = await openDatabase({ url, poolSize: 3, log: silentLog });
      cleanUp.push(() => db.stop());
      await sql`create table core_t (id integer primary key, n integer)`.execute(db.query);
      await sql`insert into core_t values (1, 0), (2, 0)`.execute(db.query);
      const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
      const swap = (mine: 0 | 1) =>
        db.transaction(async (trx) => {
          await sql`update core_t set n = n + 1 where id = ${mine + 1}`.execute(trx);
          gates[mine].resolve();
          await gates[1 - mine]!.promise;
          await sql`update core_t set n = n + 1 where id = ${2 - mine}`.execute(trx);
        });
      await Promise.all([swap(0), swap(1)]);
      const { rows } = await sql`select n from core_t`.execute(db.query);
      expect(rows).toEqual([{ n: 2 }, { n: 2 }]);
    });
  },
  { engines: ['postgres', 'mysql'] },
);
