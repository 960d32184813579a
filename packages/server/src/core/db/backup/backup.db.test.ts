import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDatabases, silentLog } from '../../../testing/databases.ts';
import { AppError } from '../../errors.ts';
import { columns } from '../columns.ts';
import type { Database } from '../database.ts';
import { type Migrations, migrate } from '../migrate.ts';
import { openDatabase } from '../open-database.ts';
import { bulkInsert } from '../write.ts';
import { createBackup, verifyBackup } from './create-backup.ts';
import { restoreBackup } from './restore-backup.ts';

const first: Migrations = {
  'core-orders/0001-orders': {
    async up(query) {
      await query.schema
        .createTable('core_z_orders')
        .addColumn('id', columns.id, (column) => column.primaryKey())
        .addColumn('name', columns.text(200))
        .addColumn('note', columns.longText)
        .addColumn('amount', columns.money)
        .addColumn('level', columns.real)
        .execute();
      await query.insertInto('core_z_orders').values({ id: 'seed', name: 'made by it' }).execute();
    },
  },
  'core-orders/0002-lines': {
    async up(query) {
      // Its name comes before the table it refers to, and it refers to itself.
      await query.schema
        .createTable('core_a_lines')
        .addColumn('order_id', columns.id)
        .addColumn('line', columns.integer)
        .addColumn('parent_line', columns.integer)
        .addColumn('product', columns.text(100))
        .addPrimaryKeyConstraint('core_a_lines_key', ['order_id', 'line'])
        .addForeignKeyConstraint('core_a_lines_order', ['order_id'], 'core_z_orders', ['id'])
        .addForeignKeyConstraint(
          'core_a_lines_parent',
          ['order_id', 'parent_line'],
          'core_a_lines',
          ['order_id', 'line'],
        )
        .execute();
    },
  },
  'core-tags/0001-tags': {
    async up(query) {
      await query.schema
        .createTable('core_tags')
        .addColumn('tag', columns.text(50))
        .addColumn('at', columns.time)
        .execute();
    },
  },
};

const second: Migrations = {
  ...first,
  'sales/0001-goals': {
    async up(query) {
      await query.schema.createTable('sales_goals').addColumn('id', columns.id).execute();
    },
  },
};

const ORDERS = 3_000;

async function fill(db: Database): Promise<void> {
  await db.query
    .withTables<{ core_z_orders: { id: string } }>()
    .deleteFrom('core_z_orders')
    .execute();
  const names = ['兆し', '𠮷野家 🍚', 'A', 'a', 'tab\tline\nend', `'"\\`, '', null];
  await bulkInsert(db.query, {
    table: 'core_z_orders',
    columns: ['id', 'name', 'note', 'amount', 'level'],
    rows: Array.from({ length: ORDERS }, (_, i) => [
      `o${i}`,
      names[i % names.length] ?? null,
      i % 500 === 0 ? 'ながい文章。'.repeat(5_000) : null,
      i === 0 ? 2 ** 53 - 1 : i * 12_345,
      (i - 5) / 7,
    ]),
  });
  await bulkInsert(db.query, {
    table: 'core_a_lines',
    columns: ['order_id', 'line', 'parent_line', 'product'],
    rows: Array.from({ length: ORDERS }, (_, i) => [
      `o${i >> 1}`,
      i & 1,
      i & 1 ? 0 : null,
      `品 ${i}`,
    ]),
  });
  const tags = [
    ['b', 2],
    [null, 1],
    ['b', null],
    [null, 1],
    ['B', 2],
  ] as const;
  await bulkInsert(db.query, { table: 'core_tags', columns: ['tag', 'at'], rows: tags });
}

const ordersOf = (db: Database) =>
  sql<{ id: string }>`select * from core_z_orders order by id`.execute(db.query);

describeDatabases('backup', ({ create, connect, engine }) => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-backup-'));
  const file = join(folder, 'full.kizashi');
  let url: string;
  let db: Database;

  beforeAll(async () => {
    url = await create();
    db = await connect(url);
    await migrate(db, first);
    await fill(db);
    await createBackup({ url, file, version: '1.2.3' });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const makeTarget = async () => {
    const targetUrl = await create();
    return { targetUrl, target: await connect(targetUrl) };
  };

  it('names its version, engine, migrations and what each table holds', async () => {
    const summary = await verifyBackup(file);
    expect(summary).toMatchObject({
      version: '1.2.3',
      engine,
      migrations: Object.keys(first).toSorted(),
      rows: 2 * ORDERS + 5,
    });
    expect(summary.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['core_a_lines', ORDERS],
      ['core_tags', 5],
      ['core_z_orders', ORDERS],
    ]);
  });

  it('has the same hashes on every engine', async () => {
    const { tables } = await verifyBackup(file);
    // Made on SQLite; changes only with the data above or the format.
    expect(tables.map(({ sha256 }) => sha256.slice(0, 12))).toEqual(HASHES);
  });

  it('can be read by its owner only', () => {
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('restores into an empty database of the same engine', async () => {
    const { target, targetUrl } = await makeTarget();
    const summary = await restoreBackup({ url: targetUrl, file, migrations: first });
    expect(summary.rows).toBe(2 * ORDERS + 5);
    expect((await ordersOf(target)).rows).toEqual((await ordersOf(db)).rows);
  });

  it('restores into SQLite and back, then says the same', async () => {
    const sqliteUrl = `sqlite:${join(folder, 'other.db')}`;
    const other = await openDatabase({ url: sqliteUrl, poolSize: 1, log: silentLog });
    try {
      await restoreBackup({ url: sqliteUrl, file, migrations: first });
      const copy = join(folder, 'other.kizashi');
      const { tables } = await createBackup({ url: sqliteUrl, file: copy, version: '1.2.3' });
      expect(tables).toEqual((await verifyBackup(file)).tables);
      const { target, targetUrl } = await makeTarget();
      await restoreBackup({ url: targetUrl, file: copy, migrations: first });
      expect((await ordersOf(target)).rows).toEqual((await ordersOf(db)).rows);
    } finally {
      await other.stop();
    }
  });

  it('is brought up to date by a newer program, whose foreign keys hold again', async () => {
    const { target, targetUrl } = await makeTarget();
    await restoreBackup({ url: targetUrl, file, migrations: second });
    expect(await migrate(target, second)).toEqual([]);
    await sql`insert into sales_goals (id) values ('g')`.execute(target.query);
    await expect(
      sql`insert into core_a_lines (order_id, line) values ('nobody', 1)`.execute(target.query),
    ).rejects.toThrow();
  });

  it('is refused by an older program', async () => {
    const targetUrl = await create();
    const { 'core-tags/0001-tags': _, ...older } = first;
    await expect(codeOf(restoreBackup({ url: targetUrl, file, migrations: older }))).resolves.toBe(
      'BACKUP_NEWER',
    );
  });

  it('restores over data only when asked to', async () => {
    const { target, targetUrl } = await makeTarget();
    await migrate(target, second);
    await sql`create table somebody_else (id integer)`.execute(target.query);
    await expect(codeOf(restoreBackup({ url: targetUrl, file, migrations: second }))).resolves.toBe(
      'RESTORE_NOT_EMPTY',
    );
    await restoreBackup({ url: targetUrl, file, migrations: second, overwrite: true });
    expect((await ordersOf(target)).rows).toHaveLength(ORDERS);
    await sql`insert into somebody_else values (1)`.execute(target.query);
  });

  it('leaves a mark when a restore fails, which stops the program until it is repeated', async () => {
    const { target, targetUrl } = await makeTarget();
    const failing: Migrations = {
      ...first,
      'sales/0001-goals': { up: () => Promise.reject(new Error('disk on fire')) },
    };
    const halfway: Migrations = {
      ...first,
      'core-tags/0001-tags': {
        up: async (query) => {
          await query.schema.createTable('core_tags').addColumn('tag', columns.text(50)).execute();
        },
      },
    };
    await expect(restoreBackup({ url: targetUrl, file, migrations: halfway })).rejects.toThrow();
    await expect(codeOf(migrate(target, first))).resolves.toBe('DATABASE_HALF_RESTORED');
    await restoreBackup({ url: targetUrl, file, migrations: first, overwrite: true });
    expect(await migrate(target, first)).toEqual([]);
    await expect(codeOf(migrate(target, failing))).resolves.toBe('DATABASE_MIGRATION_FAILED');
  });

  it('holds one state of the database while others write to it', async () => {
    const busyUrl = await create();
    const busy = await connect(busyUrl);
    await migrate(busy, first);
    await sql`delete from core_z_orders`.execute(busy.query);
    const copy = join(folder, 'busy.kizashi');
    let done = false;
    const backup = createBackup({ url: busyUrl, file: copy, version: '1' }).finally(() => {
      done = true;
    });
    // Each transaction adds one order and one line: in any one state there are as many of both.
    for (let i = 0; !done || i < 20; i++) {
      await busy.transaction(async (trx) => {
        await sql`insert into core_z_orders (id) values (${`o${i}`})`.execute(trx);
        await sql`insert into core_a_lines (order_id, line) values (${`o${i}`}, 1)`.execute(trx);
      });
    }
    const { tables } = await backup;
    const count = (name: string) => tables.find((table) => table.name === name)?.rows;
    expect(count('core_a_lines')).toBe(count('core_z_orders'));
  });

  it('does not hold up the event loop', async () => {
    const before = performance.eventLoopUtilization();
    await createBackup({ url, file: join(folder, 'loop.kizashi'), version: '1' });
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const cancelled = join(folder, 'cancelled.kizashi');
    const controller = new AbortController();
    const backup = createBackup({ url, file: cancelled, version: '1', signal: controller.signal });
    controller.abort(new Error('changed my mind'));
    await expect(backup).rejects.toThrow('changed my mind');
    expect([existsSync(cancelled), existsSync(`${cancelled}.part`)]).toEqual([false, false]);
  });

  it('says when it cannot be written, and keeps the backup that was there', async () => {
    await expect(
      codeOf(createBackup({ url, file: join(folder, 'no', 'folder'), version: '1' })),
    ).resolves.toBe('BACKUP_UNWRITABLE');
    const before = readFileSync(file);
    const away =
      engine === 'sqlite' ? `sqlite:${file}/x.db` : url.replace(/[^/]+$/, 'kizashi_nowhere');
    await expect(createBackup({ url: away, file, version: '1' })).rejects.toThrow();
    expect(readFileSync(file)).toEqual(before);
  });
});

const HASHES = ['d43072bb72c5', '9e243b7a4e2d', 'aa5936d084c3'];

describe('a damaged backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-damaged-'));
  const file = join(folder, 'good.kizashi');
  let bytes: Buffer;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(async () => {
    const url = `sqlite:${join(folder, 'source.db')}`;
    const db = await openDatabase({ url, poolSize: 1, log: silentLog });
    await migrate(db, first);
    await fill(db);
    await db.stop();
    await createBackup({ url, file, version: '1' });
    bytes = readFileSync(file);
  });

  /** Changes the text inside, with checksums of the compression that fit. */
  const edited = (change: (text: string) => string) =>
    zstdCompressSync(change(zstdDecompressSync(bytes).toString()));

  const damages: readonly (readonly [string, () => Buffer])[] = [
    ['cut off in the middle', () => bytes.subarray(0, bytes.length / 2)],
    ['cut off near its end', () => bytes.subarray(0, bytes.length - 500)],
    ['with a flipped bit', () => flip(bytes, Math.floor(bytes.length / 2))],
    ['with a flipped bit in its first bytes', () => flip(bytes, 1)],
    ['twice in one file', () => edited((text) => text + text)],
    ['empty', () => Buffer.alloc(0)],
    ['of something else', () => Buffer.from('PK\u0003\u0004 a zip file')],
    ['of other JSON lines', () => zstdCompressSync('{"hello":1}\n[1]\n')],
    ['with a changed value', () => edited((text) => text.replace('品 7"', '品 8"'))],
    ['with a lost row', () => edited((text) => text.replace(/\["o9",.*\n/, ''))],
    [
      'with a lost table',
      () => edited((text) => text.replace(/\{"table":"core_tags"\}\n(.*\n)*?\{"end".*\n/, '')),
    ],
    ['without its last line', () => edited((text) => text.replace(/\{"complete".*\n/, ''))],
    ['with a broken control line', () => edited((text) => text.replace('{"end":', '{"end'))],
  ];
  it.each(damages)('%s is refused before anything is changed', async (_, damage) => {
    const damaged = join(folder, 'damaged.kizashi');
    writeFileSync(damaged, damage());
    const target = join(folder, 'target.db');
    await expect(
      codeOf(restoreBackup({ url: `sqlite:${target}`, file: damaged, migrations: first })),
    ).resolves.toBe('BACKUP_DAMAGED');
    expect(existsSync(target)).toBe(false);
  });

  it('is found by verifying, too', async () => {
    const damaged = join(folder, 'damaged.kizashi');
    writeFileSync(damaged, bytes.subarray(0, bytes.length / 2));
    await expect(codeOf(verifyBackup(damaged))).resolves.toBe('BACKUP_DAMAGED');
  });

  it('that does not exist is said to be unreadable', async () => {
    await expect(codeOf(verifyBackup(join(folder, 'nothing')))).resolves.toBe('BACKUP_UNREADABLE');
  });
});

function flip(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = copy[at]! ^ 0x10;
  return copy;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'no error';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
