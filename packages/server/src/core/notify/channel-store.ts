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
  seal(text: string, purpose: string): string;
  open(sealed: string, purpose: string): string;
}

/** Sealed channel secrets open as nothing else. */
const PURPOSE = 'notify.channel';

export type ChannelRow = Selectable<NotifyTables['core_channels']>;
type Options = Readonly<Record<string, unknown>>;

export interface ChannelStore {
  list(): Promise<readonly ChannelRow[]>;
  read(id: string): Promise<ChannelRow | undefined>;
  create(body: ChannelBody): Promise<ChannelRow>;
  /** Empty secrets keep what is stored. @throws NOTIFY_CHANNEL_NOT_FOUND, NOTIFY_CHANNEL_KIND_CHANGED */
  update(id: string, body: ChannelBody): Promise<ChannelRow>;
  /** @throws NOTIFY_CHANNEL_NOT_FOUND */
  remove(id: string): Promise<void>;
  /** All options with the secrets opened; never leaves the process. @throws AUTH_SEALED_UNREADABLE */
  openOptions(row: ChannelRow): Options;
}

export function createChannelStore(options: {
  db: Database;
  kinds: ReadonlyMap<string, ChannelKind>;
  sealer: Sealer;
  clock: Clock;
}): ChannelStore {
  const { sealer } = options;
  const query = options.db.query.withTables<NotifyTables>();
  const openSecrets = (row: ChannelRow) => JSON.parse(sealer.open(row.secrets, PURPOSE)) as Options;

  function toColumns(body: ChannelBody, stored: ChannelRow | undefined) {
    const { kind: name, name: title, enabled, locale, quietHours, ...given } = body;
    const kind = options.kinds.get(name);
    if (!kind) throw new Error(`no channel kind ${name}`);
    const all: Record<string, unknown> = { ...given };
    const untold = kind.secrets.filter((key) => all[key] === undefined || all[key] === '');
    // Opened only when one is needed: a channel whose secrets cannot be opened is mended by entering them all again.
    const kept = stored !== undefined && untold.length > 0 ? openSecrets(stored) : {};
    for (const key of untold) all[key] = kept[key];
    const entries = Object.entries(all);
    const open = entries.filter(([key]) => !kind.secrets.includes(key));
    const secret = entries.filter(([key]) => kind.secrets.includes(key));
    return {
      kind: name,
      name: title,
      enabled: enabled ? (1 as const) : (0 as const),
      locale,
      quiet_hours: quietHours === null ? null : toJson(quietHours),
      target: kind.target(all),
      options: toJson(Object.fromEntries(open)) as Json<Record<string, unknown>>,
      secrets: sealer.seal(JSON.stringify(Object.fromEntries(secret)), PURPOSE),
    };
  }

  async function read(id: string): Promise<ChannelRow | undefined> {
    return query.selectFrom('core_channels').selectAll().where('id', '=', id).executeTakeFirst();
  }

  return {
    list: () => query.selectFrom('core_channels').selectAll().orderBy('name').execute(),
    read,
    async create(body) {
      const now = options.clock.now();
      const row = { id: createId(now), ...toColumns(body, undefined), created_at: now };
      await query.insertInto('core_channels').values(row).execute();
      return row;
    },
    async update(id, body) {
      const row = await read(id);
      if (!row) throw notifyErrors.NOTIFY_CHANNEL_NOT_FOUND();
      if (row.kind !== body.kind) throw notifyErrors.NOTIFY_CHANNEL_KIND_CHANGED();
      const change = toColumns(body, row);
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
    openOptions: (row) => ({ ...fromJson(row.options), ...openSecrets(row) }),
  };
}
