import { expect, it } from 'vitest';
import { describeDatabases } from '../../testing/databases.ts';
import { AppError } from '../errors.ts';
import { columns } from './columns.ts';
import { type Migrations, migrate, pendingMigrations, recordedMigrations } from './migrate.ts';

const table = (name: string) => ({
  up: (query: Parameters<Migrations[string]['up']>[0]) =>
    query.schema
      .createTable(name)
      .addColumn('id', columns.id, (column) => column.primaryKey())
      .execute(),
});

const migrations: Migrations = {
  'core-users/0001-users': table('core_users'),
  // Comes before core-users in the alphabet, and needs it.
  'core-alerts/0001-alerts': {
    up: (query) =>
      query.schema
        .createTable('core_alerts')
        .addColumn('id', columns.id, (column) => column.primaryKey())
        .addColumn('user_id', columns.id)
        .addForeignKeyConstraint('core_alerts_user', ['user_id'], 'core_users', ['id'])
        .execute(),
  },
};
const names = Object.keys(migrations);

describeDatabases('migrations', ({ open, create, connect, engine }) => {
  it('run once, in the order of the record, and are remembered', async () => {
    const db = await open();
    expect(await pendingMigrations(db, migrations)).toEqual(names);
    expect(await migrate(db, migrations)).toEqual(names);
    expect(await migrate(db, migrations)).toEqual([]);
    expect(await pendingMigrations(db, migrations)).toEqual([]);
    expect(await recordedMigrations(db)).toEqual(names.toSorted());
  });

  it('run when they came later into a slice that sorts first', async () => {
    const db = await open(migrations);
    const more = { 'core-aaa/0001-x': table('core_aaa'), ...migrations };
    expect(await migrate(db, more)).toEqual(['core-aaa/0001-x']);
  });

  it('run once when several processes start together', async () => {
    const url = await create();
    const started = await Promise.all(Array.from({ length: 4 }, () => connect(url)));
    const ran = await Promise.all(started.map((db) => migrate(db, migrations)));
    expect(ran.filter((list) => list.length > 0)).toEqual([names]);
  });

  it('refuse a database made by a newer program', async () => {
    const db = await open(migrations);
    const older = { 'core-users/0001-users': migrations['core-users/0001-users']! };
    const error = await migrate(db, older).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: 'DATABASE_NEWER',
      params: { names: 'core-alerts/0001-alerts' },
    });
  });

  it('that fail are named, and run again the next time', async () => {
    const db = await open();
    const failing = {
      ...migrations,
      'core-zzz/0001-x': { up: () => Promise.reject(new Error('no room')) },
    };
    const error = await migrate(db, failing).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'DATABASE_MIGRATION_FAILED',
      params: { name: 'core-zzz/0001-x', reason: 'no room' },
    });
    // MySQL commits at each DDL statement; the others undo the whole upgrade.
    expect(await recordedMigrations(db)).toEqual(engine === 'mysql' ? names.toSorted() : []);
    const mended = { ...migrations, 'core-zzz/0001-x': table('core_zzz') };
    expect(await migrate(db, mended)).toEqual(
      engine === 'mysql' ? ['core-zzz/0001-x'] : Object.keys(mended),
    );
  });
});
