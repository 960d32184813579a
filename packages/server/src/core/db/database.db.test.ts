import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeDatabases } from '../../testing/databases.ts';
import { columns, type Flag, fromJson, type Json, toJson } from './columns.ts';
import type { Database } from './database.ts';
import type { Migrations } from './migrate.ts';
import { bulkInsert, insertIgnore, upsert } from './write.ts';

interface Thing {
  id: string;
  name: string | null;
  body: string | null;
  details: Json<unknown> | null;
  at: number | null;
  enabled: Flag | null;
  count: number | null;
  big: number | null;
  price: number | null;
  level: number | null;
}

const migrations: Migrations = {
  'core-things/0001-things': {
    async up(query) {
      await query.schema
        .createTable('core_things')
        .addColumn('id', columns.id, (column) => column.primaryKey())
        .addColumn('name', columns.text(200), (column) => column.unique())
        .addColumn('body', columns.longText)
        .addColumn('details', columns.json)
        .addColumn('at', columns.time)
        .addColumn('enabled', columns.flag)
        .addColumn('count', columns.integer)
        .addColumn('big', columns.bigInt)
        .addColumn('price', columns.money)
        .addColumn('level', columns.real)
        .execute();
    },
  },
};

const empty = {
  name: null,
  body: null,
  details: null,
  at: null,
  enabled: null,
  count: null,
  big: null,
  price: null,
  level: null,
} as const;

describeDatabases('database', ({ open, engine }) => {
  let db: Database;
  const things = () => db.query.withTables<{ core_things: Thing }>();
  const namesOf = async (): Promise<(string | null)[]> =>
    (await things().selectFrom('core_things').select('name').orderBy('name').execute()).map(
      (row) => row.name,
    );

  beforeAll(async () => {
    db = await open(migrations);
  });
  const clear = () => things().deleteFrom('core_things').execute();

  describe('column types', () => {
    const cases: readonly (readonly [string, Partial<Thing>])[] = [
      ['Japanese text', { name: '兆し：売上の予測、髙島屋', body: '改行\nとタブ\t' }],
      ['emoji outside the basic plane', { name: '📈👩‍👩‍👧', body: '𠮷野家 🇯🇵' }],
      ['quotes, backslashes and SQL', { name: `a'b"c\`d\\e\\'; drop table core_things; --?$1` }],
      ['an empty text, which is not null', { name: '', body: '' }],
      ['a million characters', { body: 'あa'.repeat(500_000) }],
      ['the largest exact whole numbers', { big: 2 ** 53 - 1, price: -(2 ** 53 - 1) }],
      ['the ends of integer', { count: 2 ** 31 - 1, enabled: 1 }],
      ['a time in milliseconds', { at: 1_767_225_600_123 }],
      ['zero and a false flag', { count: 0, big: 0, enabled: 0, level: 0 }],
      ['doubles to the last bit', { level: 0.1 + 0.2 }],
      ['tiny and huge doubles', { level: 5e-324 }],
      ['the largest double', { level: -1.7976931348623157e308 }],
      ['nulls', {}],
    ];
    it.each(cases)('keeps %s', async (_, values) => {
      await clear();
      const row = { ...empty, id: 'a', ...values };
      await things().insertInto('core_things').values(row).execute();
      expect(await things().selectFrom('core_things').selectAll().execute()).toEqual([row]);
      await clear();
      await bulkInsert(db.query, {
        table: 'core_things',
        columns: Object.keys(row),
        rows: [Object.values(row)],
      });
      expect(await things().selectFrom('core_things').selectAll().execute()).toEqual([row]);
    });

    it('keeps thousands of doubles to the last bit', async () => {
      await clear();
      const values = Array.from({ length: 3_000 }, (_, i) => (i - 5) / 7 + 1 / (i + 1));
      const rows = values.map((level, i) => [`${i}`, i, level]);
      await bulkInsert(db.query, { table: 'core_things', columns: ['id', 'count', 'level'], rows });
      const read = await things()
        .selectFrom('core_things')
        .select('level')
        .orderBy('count')
        .execute();
      expect(read.map((row) => row.level)).toEqual(values);
    });

    it('keeps JSON as it was written', async () => {
      await clear();
      const value = { b: [1, null, true], a: '日本 "x" \u0000', c: { d: 1e21 } };
      await things()
        .insertInto('core_things')
        .values({ ...empty, id: 'a', details: toJson(value) })
        .execute();
      const row = await things().selectFrom('core_things').select('details').executeTakeFirst();
      expect(fromJson(row?.details as Json<typeof value>)).toEqual(value);
      expect(Object.keys(fromJson(row?.details as Json<typeof value>))).toEqual(['b', 'a', 'c']);
    });

    it('gives counts, sums and averages as numbers', async () => {
      await clear();
      await insertNames('a', 'b');
      await things().updateTable('core_things').set({ price: 4_000_000_000 }).execute();
      const row = await things()
        .selectFrom('core_things')
        .select((q) => [
          q.fn.countAll<number>().as('n'),
          q.fn.sum<number>('price').as('sum'),
          q.fn.avg<number>('price').as('mean'),
          q.fn.max('price').as('max'),
        ])
        .executeTakeFirstOrThrow();
      expect(row).toEqual({ n: 2, sum: 8_000_000_000, mean: 4_000_000_000, max: 4_000_000_000 });
    });
  });

  describe('text keys', () => {
    it('differ by case, accents, width and trailing spaces', async () => {
      await clear();
      const names = ['a', 'A', 'á', 'a ', 'ａ', 'か', 'が', 'カ', 'ss', 'ß'];
      await insertNames(...names);
      for (const name of names) {
        const rows = await things()
          .selectFrom('core_things')
          .select('name')
          .where('name', '=', name)
          .execute();
        expect(rows).toEqual([{ name }]);
      }
    });

    it('sort by code point', async () => {
      await clear();
      const names = ['b', 'B', 'a', 'Z', '_', '1', 'é', '亜', '𠮷', '￥'];
      await insertNames(...names);
      const byCodePoint = [...names].sort((x, y) => x.codePointAt(0)! - y.codePointAt(0)!);
      expect(await namesOf()).toEqual(byCodePoint);
    });
  });

  describe('transactions', () => {
    it('commit what they wrote', async () => {
      await clear();
      const result = await db.transaction(async (trx) => {
        await trx
          .withTables<{ core_things: Thing }>()
          .insertInto('core_things')
          .values({ ...empty, id: '1', name: 'kept' })
          .execute();
        return 'done';
      });
      expect(result).toBe('done');
      expect(await namesOf()).toEqual(['kept']);
    });

    it('undo everything when the work fails', async () => {
      await clear();
      const failure = new Error('no');
      await expect(
        db.transaction(async (trx) => {
          await bulkInsert(trx, { table: 'core_things', columns: ['id'], rows: [['1'], ['2']] });
          throw failure;
        }),
      ).rejects.toBe(failure);
      expect(await namesOf()).toEqual([]);
    });

    it('refuse a query that bypasses them, instead of waiting forever', async () => {
      await expect(db.transaction(() => namesOf())).rejects.toThrow('use the transaction');
      await expect(db.transaction(() => db.transaction(async () => 1))).rejects.toThrow(
        'use the transaction',
      );
    });

    it('let work that outlives them use the database', async () => {
      await clear();
      const { promise: gate, resolve: open } = Promise.withResolvers<void>();
      let later: Promise<unknown> = Promise.resolve();
      await db.transaction(async () => {
        later = gate.then(namesOf);
      });
      open();
      expect(await later).toEqual([]);
    });

    it('run many at once without losing an update', async () => {
      await clear();
      await things()
        .insertInto('core_things')
        .values({ ...empty, id: 'n', count: 0 })
        .execute();
      await Promise.all(
        Array.from({ length: 40 }, () =>
          db.transaction(async (trx) => {
            const one = trx.withTables<{ core_things: Thing }>();
            let read = one.selectFrom('core_things').select('count').where('id', '=', 'n');
            if (engine !== 'sqlite') read = read.forUpdate();
            const { count } = await read.executeTakeFirstOrThrow();
            await one
              .updateTable('core_things')
              .set({ count: count! + 1 })
              .execute();
          }),
        ),
      );
      const row = await things().selectFrom('core_things').select('count').executeTakeFirst();
      expect(row).toEqual({ count: 40 });
    });
  });

  describe('unique keys', () => {
    it('are recognised when violated', async () => {
      await clear();
      await insertNames('a');
      const again = insertNames('a').catch((error: unknown) => error);
      expect(db.engine.isUniqueViolation(await again)).toBe(true);
      expect(db.engine.isUnavailable(await again)).toBe(false);
    });

    it('are not confused with other mistakes', async () => {
      const mistake = await sql`select * from core_nothing`
        .execute(db.query)
        .catch((error: unknown) => error);
      expect(mistake).toBeInstanceOf(Error);
      expect(db.engine.isUniqueViolation(mistake)).toBe(false);
      expect(db.engine.isUnavailable(mistake)).toBe(false);
    });

    it('let insertIgnore skip what is there and count what is new', async () => {
      await clear();
      await insertNames('a');
      const rows = [
        { id: 'x', name: 'a' },
        { id: 'y', name: 'b' },
        { id: 'y', name: 'c' },
      ];
      expect(await insertIgnore(db.query, { table: 'core_things', rows })).toBe(1);
      expect(await insertIgnore(db.query, { table: 'core_things', rows })).toBe(0);
      expect(await insertIgnore(db.query, { table: 'core_things', rows: [] })).toBe(0);
      expect(await namesOf()).toEqual(['a', 'b']);
    });

    it('do not let insertIgnore hide other mistakes', async () => {
      await clear();
      const rows = [
        { id: 'x', name: 'fine' },
        { id: null, name: 'no id' },
      ];
      if (engine !== 'sqlite') {
        await expect(insertIgnore(db.query, { table: 'core_things', rows })).rejects.toThrow();
        expect(await namesOf()).toEqual([]);
      }
      await expect(
        insertIgnore(db.query, { table: 'core_things', rows: [{ nothing: 1 }] }),
      ).rejects.toThrow();
    });

    it('let upsert insert or update, the later of two equal keys winning', async () => {
      await clear();
      await insertNames('a');
      const rows = [
        { name: 'a', id: 'ignored', count: 1, price: 10 },
        { name: 'b', id: '2', count: 2, price: 20 },
        { name: 'b', id: '3', count: 3, price: 30 },
      ];
      const options = { table: 'core_things', rows, key: ['name'], update: ['count'] };
      await upsert(db.query, options);
      await upsert(db.query, { ...options, rows: [{ name: 'a', id: '9', count: 7, price: 9 }] });
      const stored = await things()
        .selectFrom('core_things')
        .select(['name', 'count', 'price'])
        .orderBy('name')
        .execute();
      expect(stored).toEqual([
        { name: 'a', count: 7, price: null },
        { name: 'b', count: 3, price: 30 },
      ]);
    });
  });

  describe('bulk insert', () => {
    it('stores 20,000 rows and all of them once', async () => {
      await clear();
      const rows = Array.from({ length: 20_000 }, (_, i) => [
        `k${i}`,
        `名 ${i}`,
        i * 12_345,
        i / 7,
      ]);
      await bulkInsert(db.query, {
        table: 'core_things',
        columns: ['id', 'name', 'price', 'level'],
        rows,
      });
      const row = await things()
        .selectFrom('core_things')
        .select((q) => [q.fn.countAll<number>().as('n'), q.fn.sum<number>('price').as('sum')])
        .executeTakeFirst();
      expect(row).toEqual({ n: 20_000, sum: (12_345 * 20_000 * 19_999) / 2 });
    });

    it('stores none when one row is wrong', async () => {
      await clear();
      const rows = Array.from({ length: 5_000 }, (_, i) => [i === 4_321 ? 'k0' : `k${i}`]);
      const failure = await bulkInsert(db.query, {
        table: 'core_things',
        columns: ['id'],
        rows,
      }).catch((error: unknown) => error);
      expect(db.engine.isUniqueViolation(failure)).toBe(true);
      expect(await namesOf()).toEqual([]);
    });

    it('does nothing for no rows', async () => {
      await bulkInsert(db.query, { table: 'core_nothing', columns: ['id'], rows: [] });
    });
  });

  async function insertNames(...names: string[]): Promise<void> {
    const rows = names.map((name, i) => ({ ...empty, id: `id-${i}-${name}`, name }));
    await things().insertInto('core_things').values(rows).execute();
  }
});
