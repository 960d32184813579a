import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, it } from 'vitest';
import type { Database, Engine } from '../core/db/database.ts';
import { type Migrations, migrate } from '../core/db/migrate.ts';
import { openDatabase } from '../core/db/open-database.ts';
import { createId } from '../core/ids.ts';
import { createLogger } from '../core/log.ts';

/** What a suite gets to make databases of one engine. All of them are closed and removed after the suite. */
export interface TestDatabases {
  readonly engine: Engine['name'];
  /** A fresh database, empty or brought up by `migrations`. */
  open(migrations?: Migrations): Promise<Database>;
  /** Address of a fresh empty database, for code that opens its own connections. */
  create(): Promise<string>;
  /** One more connection to a database made by `create`. */
  connect(url: string): Promise<Database>;
}

const SERVERS = {
  postgres: 'KIZASHI_TEST_POSTGRES_URL',
  mysql: 'KIZASHI_TEST_MYSQL_URL',
} as const;

/**
 * Runs a suite on SQLite, and on PostgreSQL and MySQL where their address is set. A missing one is shown as skipped
 * with what to do, and fails when CI is set.
 *
 * ```ts
 * describeDatabases('job store', ({ open }) => {
 *   it('keeps a job', async () => {
 *     const db = await open(jobMigrations);
 * ```
 */
export function describeDatabases(
  title: string,
  suite: (databases: TestDatabases) => void,
  { engines = ['sqlite', 'postgres', 'mysql'] }: { engines?: readonly Engine['name'][] } = {},
): void {
  for (const engine of engines) {
    if (engine === 'sqlite') {
      describe(`${title} on sqlite`, () => suite(testDatabases(engine, sqliteFiles())));
      continue;
    }
    const server = process.env[SERVERS[engine]];
    if (server) {
      describe(`${title} on ${engine}`, () => suite(testDatabases(engine, onServer(server))));
    } else {
      reportMissing(title, engine);
    }
  }
}

/** A log that says nothing, for code under test. */
export const silentLog = createLogger({ level: 'silent' });

interface Source {
  create(): Promise<string>;
  remove(): Promise<void>;
}

function testDatabases(engine: Engine['name'], source: Source): TestDatabases {
  const opened: Database[] = [];
  afterAll(async () => {
    await Promise.all(opened.map((db) => db.stop()));
    await source.remove();
  });
  const connect = async (url: string): Promise<Database> => {
    const db = await openDatabase({ url, poolSize: 5, log: silentLog });
    opened.push(db);
    return db;
  };
  return {
    engine,
    connect,
    create: source.create,
    async open(migrations = {}) {
      const db = await connect(await source.create());
      await migrate(db, migrations);
      return db;
    },
  };
}

function sqliteFiles(): Source {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-test-'));
  return {
    create: async () => `sqlite:${join(folder, `${createId()}.db`)}`,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

function onServer(server: string): Source {
  const names: string[] = [];
  const administer = async (statement: string): Promise<void> => {
    const db = await openDatabase({ url: server, poolSize: 1, log: silentLog });
    try {
      await sql.raw(statement).execute(db.query);
    } finally {
      await db.stop();
    }
  };
  return {
    async create() {
      const name = `kizashi_test_${createId()}`;
      await administer(`create database ${name}`);
      names.push(name);
      const url = new URL(server);
      url.pathname = `/${name}`;
      return url.href;
    },
    async remove() {
      // A connection may be left over from a thread that was stopped.
      const force = server.startsWith('postgres') ? ' with (force)' : '';
      for (const name of names) await administer(`drop database ${name}${force}`);
    },
  };
}

function reportMissing(title: string, engine: keyof typeof SERVERS): void {
  const reason = `set ${SERVERS[engine]}, or run node scripts/services.mjs start`;
  if (process.env.CI) {
    it(`${title} on ${engine}`, () => {
      throw new Error(`not tested on ${engine}: ${reason}`);
    });
  } else {
    it.skip(`${title} on ${engine} — ${reason}`, () => {});
  }
}
