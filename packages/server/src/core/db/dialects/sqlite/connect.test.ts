import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { silentLog } from '../../../../testing/databases.ts';
import { openDatabase } from '../../open-database.ts';
import { bulkInsert } from '../../write.ts';

const folder = mkdtempSync(join(tmpdir(), 'kizashi-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (path: string) => openDatabase({ url: `sqlite:${path}`, poolSize: 1, log: silentLog });
const failure = (path: string) => open(path).catch((error: unknown) => error);

it('makes the file and its folder', async () => {
  const db = await open(join(folder, 'new', 'deep', 'x.db'));
  expect((await sql<{ one: number }>`select 1 as one`.execute(db.query)).rows).toEqual([
    { one: 1 },
  ]);
  await db.stop();
});

it('says that a folder in the place of the file cannot be opened', async () => {
  mkdirSync(join(folder, 'folder.db'));
  expect(await failure(join(folder, 'folder.db'))).toMatchObject({
    code: 'DATABASE_FILE_UNREADABLE',
  });
});

it('says that a file which is no database is damaged', async () => {
  const path = join(folder, 'text.db');
  writeFileSync(path, 'this is not a database, '.repeat(1_000));
  expect(await failure(path)).toMatchObject({ code: 'DATABASE_FILE_DAMAGED', params: { path } });
});

it('says so when damage shows up later', async () => {
  const path = join(folder, 'corrupt.db');
  const db = await open(path);
  await sql`create table t (x text)`.execute(db.query);
  await bulkInsert(db.query, {
    table: 't',
    columns: ['x'],
    rows: Array.from({ length: 5_000 }, (_, i) => [`row ${i}`]),
  });
  await db.stop();
  const file = new BetterSqlite3(path);
  const pages = file.pragma('page_size', { simple: true }) as number;
  file.close();
  const { open: openFile } = await import('node:fs/promises');
  const handle = await openFile(path, 'r+');
  await handle.write(Buffer.alloc(3 * pages, 0xff), 0, 3 * pages, 2 * pages);
  await handle.close();
  const again = await open(path);
  await expect(sql`select count(distinct x) from t`.execute(again.query)).rejects.toMatchObject({
    code: 'DATABASE_FILE_DAMAGED',
  });
  await again.stop();
});

it('says that a database cannot be written', async () => {
  const db = await open(join(folder, 'readonly.db'));
  await sql`create table t (x)`.execute(db.query);
  // Permissions would not stop root, who runs the tests in a container.
  await sql`pragma query_only = on`.execute(db.query);
  await expect(sql`insert into t values (1)`.execute(db.query)).rejects.toMatchObject({
    code: 'DATABASE_FILE_READONLY',
  });
  await db.stop();
});

it('says that the disk is full, keeps what was there, and goes on when there is room', async () => {
  const db = await open(join(folder, 'full.db'));
  await sql`create table t (x text)`.execute(db.query);
  await sql`insert into t values ('before')`.execute(db.query);
  await sql`pragma max_page_count = 20`.execute(db.query);
  const rows = Array.from({ length: 100 }, () => ['x'.repeat(10_000)]);
  const insert = { table: 't', columns: ['x'], rows };
  await expect(bulkInsert(db.query, insert)).rejects.toMatchObject({
    code: 'DATABASE_FULL',
    retryable: true,
  });
  const { rows: kept } = await sql`select x from t`.execute(db.query);
  expect(kept).toEqual([{ x: 'before' }]);
  await sql`pragma max_page_count = 100000`.execute(db.query);
  await bulkInsert(db.query, insert);
  await db.stop();
});

it('waits for a write of another connection without blocking the event loop', async () => {
  const path = join(folder, 'shared.db');
  const db = await open(path);
  await sql`create table t (x text)`.execute(db.query);
  const other = new BetterSqlite3(path);
  other.exec('begin immediate');
  let finished = false;
  const write = sql`insert into t values ('mine')`.execute(db.query).then(() => {
    finished = true;
  });
  // The event loop turns meanwhile: the waiting is not SQLite's own.
  for (let i = 0; i < 20; i++) await nextTurn();
  expect(finished).toBe(false);
  other.exec(`insert into t values ('theirs'); commit`);
  other.close();
  await write;
  const { rows } = await sql`select x from t`.execute(db.query);
  expect(rows).toEqual([{ x: 'theirs' }, { x: 'mine' }]);
  await db.stop();
});

it('stops when the transaction in flight has ended', async () => {
  const path = join(folder, 'stopping.db');
  const db = await open(path);
  await sql`create table t (x integer)`.execute(db.query);
  const gate = Promise.withResolvers<void>();
  const work = db.transaction(async (trx) => {
    await sql`insert into t values (1)`.execute(trx);
    await gate.promise;
    await sql`insert into t values (2)`.execute(trx);
  });
  const stopped = db.stop();
  gate.resolve();
  await Promise.all([work, stopped]);
  const again = await open(path);
  expect((await sql`select x from t`.execute(again.query)).rows).toEqual([{ x: 1 }, { x: 2 }]);
  await again.stop();
});

it('lets timers run during a long row of queries', async () => {
  const db = await open(join(folder, 'turns.db'));
  let turned = false;
  setImmediate(() => {
    turned = true;
  });
  const giveUpAt = performance.now() + 10_000;
  while (!turned && performance.now() < giveUpAt) await sql`select 1`.execute(db.query);
  expect(turned).toBe(true);
  await db.stop();
});

it('takes bulk writes from worker threads beside the main thread', async () => {
  const path = join(folder, 'workers.db');
  const db = await open(path);
  await sql`create table t (worker integer, i integer)`.execute(db.query);
  const base = new URL('../../', import.meta.url).href;
  const code = `
    import { workerData } from 'node:worker_threads';
    const { openDatabase } = await import(workerData.base + 'open-database.ts');
    const { bulkInsert } = await import(workerData.base + 'write.ts');
    const { createLogger } = await import(workerData.base + '../log.ts');
    const log = createLogger({ level: 'silent' });
    const db = await openDatabase({ url: workerData.url, poolSize: 1, log });
    for (let part = 0; part < 5; part++) {
      const rows = Array.from({ length: 2000 }, (_, i) => [workerData.number, part * 2000 + i]);
      await bulkInsert(db.query, { table: 't', columns: ['worker', 'i'], rows });
    }
    await db.stop();`;
  const workers = [1, 2].map(
    (number) =>
      new Promise<void>((resolve, reject) => {
        const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
          workerData: { base, url: `sqlite:${path}`, number },
        });
        worker.once('error', reject);
        worker.once('exit', () => resolve());
      }),
  );
  let own = 0;
  let working = true;
  const all = Promise.all(workers).finally(() => {
    working = false;
  });
  while (working) {
    await db.transaction((trx) => sql`insert into t values (0, ${own++})`.execute(trx));
  }
  await all;
  const { rows } = await sql`
    select worker, count(*) as n, count(distinct i) as d from t group by worker order by worker`.execute(
    db.query,
  );
  expect(rows).toEqual([
    { worker: 0, n: own, d: own },
    { worker: 1, n: 10_000, d: 10_000 },
    { worker: 2, n: 10_000, d: 10_000 },
  ]);
  await db.stop();
});
