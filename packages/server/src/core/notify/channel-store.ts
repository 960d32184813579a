import type { Selectable } from 'kysely';
import type { Clock } from '../clock.ts';
import { fromJson, type Json, toJson } from '../db/columns.ts';
import type { Database } from '../db/database.ts';
import { createId } from '../ids.ts';
import type { ChannelKind } from './channel.ts';
import type { ChannelBody } from './contract.ts';
import { notifyErrors } from './errors.ts';
import type { NotifyTables } from './tables.ts';

/** Encrypts what must not be readable in the database or a backup. */
export interface Sealer {
  seal(text: string): string;
  open(sealed: string): string;
}

export type ChannelRow = Selectable<NotifyTables['core_channels']>;

export interface ChannelStore {
  list(): Promise<readonly ChannelRow[]>;
  read(id: string): Promise<ChannelRow | undefined>;
  create(body: ChannelBody): Promise<ChannelRow>;
  /** Empty secrets keep what is stored. @throws NOTIFY_CHANNEL_NOT_FOUND, NOTIFY_CHANNEL_KIND_CHANGED */
  update(id: string, body: ChannelBody): Promise<ChannelRow>;
  remove(id: string): Promise<void>;
  /** All options with the secrets opened; never leaves the process. */
  openOptions(row: ChannelRow): unknown;
  target(row: ChannelRow): string;
}

export function createChannelStore(options: {
  db: Database;
  kinds: ReadonlyMap<string, ChannelKind>;
  sealer: Sealer;
  clock: Clock;
}): ChannelStore {
  const query = options.db.query.withTables<NotifyTables>();

  function split(body: ChannelBody, before: Record<string, unknown> = {}) {
    const { kind, name, enabled, locale, quietHours, ...rest } = body;
    const secretNames = options.kinds.get(kind)?.secrets ?? [];
    const open: Record<string, unknown> = {};
    const secret: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(rest)) {
      if (secretNames.includes(key)) secret[key] = value === '' ? before[key] : value;
      else open[key] = value;
    }
    for (const key of secretNames) secret[key] ??= before[key];
    return {
      kind,
      name,
      enabled: enabled ? (1 as const) : (0 as const),
      locale,
      quiet_hours: quietHours === null ? null : toJson(quietHours),
      options: toJson(open) as Json<Record<string, unknown>>,
      secrets: options.sealer.seal(JSON.stringify(secret)),
    };
  }

  const store: ChannelStore = {
    list: () => query.selectFrom('core_channels').selectAll().orderBy('name').execute(),
    read: (id) =>
      query.selectFrom('core_channels').selectAll().where('id', '=', id).executeTakeFirst(),
    async create(body) {
      const now = options.clock.now();
      const row = { id: createId(now), ...split(body), created_at: now };
      await query.insertInto('core_channels').values(row).execute();
      return row;
    },
    async update(id, body) {
      const row = await store.read(id);
      if (!row) throw notifyErrors.NOTIFY_CHANNEL_NOT_FOUND();
      if (row.kind !== body.kind) throw notifyErrors.NOTIFY_CHANNEL_KIND_CHANGED();
      const change = split(
        body,
        JSON.parse(options.sealer.open(row.secrets)) as Record<string, unknown>,
      );
      await query.updateTable('core_channels').set(change).where('id', '=', id).execute();
      return { ...row, ...change };
    },
    async remove(id) {
      const { numDeletedRows } = await query
        .deleteFrom('core_channels')
        .where('id', '=', id)
        .executeTakeFirst();
      if (Number(numDeletedRows) === 0) throw notifyErrors.NOTIFY_CHANNEL_NOT_FOUND();
    },
    openOptions: (row) => ({
      ...fromJson(row.options),
      ...(JSON.parse(options.sealer.open(row.secrets)) as Record<string, unknown>),
    }),
    target: (row) => options.kinds.get(row.kind)?.target(store.openOptions(row)) ?? row.kind,
  };
  return store;
}
