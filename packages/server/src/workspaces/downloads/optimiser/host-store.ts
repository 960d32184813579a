import type { Kysely } from 'kysely';
import type { Database } from '../../../core/db/database.ts';
import { upsert } from '../../../core/db/write.ts';
import type { Logger } from '../../../core/log.ts';
import type { After } from '../../../core/timers.ts';
import { type HostHistory, hostHistorySchema } from '../contract.ts';
import type { Optimiser } from './optimiser.ts';

const DAY_MS = 86_400_000;
/** A line that was seen longer ago is not known any more. */
export const REMEMBERED_MS = 30 * DAY_MS;
const MAX_HOSTS = 1000;
const SAVE_MS = 30_000;

type HostTables = { downloads_hosts: { host: string; memory: string; last_at: number } };

/** Hosts seen in the last thirty days, newest first: what `createOptimiser` begins with. */
export async function loadHosts(db: Database, now: number): Promise<HostHistory[]> {
  const query = db.query.withTables<HostTables>() as unknown as Kysely<HostTables>;
  const rows = await query
    .selectFrom('downloads_hosts')
    .select('memory')
    .where('last_at', '>=', now - REMEMBERED_MS)
    .orderBy('last_at', 'desc')
    .limit(MAX_HOSTS)
    .execute();
  // Of an earlier release with other fields: begins anew.
  return rows.flatMap(({ memory }) => {
    const parsed = hostHistorySchema.safeParse(JSON.parse(memory));
    return parsed.success ? [parsed.data] : [];
  });
}

export async function saveHosts(db: Database, hosts: readonly HostHistory[]): Promise<void> {
  await upsert(db.query, {
    table: 'downloads_hosts',
    rows: hosts.map((host) => ({
      host: host.host,
      memory: JSON.stringify(host),
      last_at: host.lastAt,
    })),
    key: ['host'],
    update: ['memory', 'last_at'],
  });
}

/** Writes what the optimiser has seen of its hosts: every half minute while they are used, and at the end. */
export function keepHosts(deps: {
  readonly optimiser: Pick<Optimiser, 'view'>;
  readonly db: Database;
  readonly after: After;
  readonly log: Logger;
}): { start(): void; stop(): Promise<void> } {
  const { optimiser, db, after, log } = deps;
  let savedAt = 0;
  let cancel: (() => void) | undefined;
  let saving = Promise.resolve();

  async function save(): Promise<void> {
    const hosts = optimiser
      .view()
      .hosts.filter((host) => host.lastAt > savedAt && host.samples > 0);
    try {
      await saveHosts(db, hosts);
      savedAt = hosts.reduce((latest, host) => Math.max(latest, host.lastAt), savedAt);
    } catch (error) {
      // Tried again in half a minute; nothing but the first seconds of a later visit depends on it.
      log.warn({ err: error }, 'downloads.hosts.kept');
    }
  }

  function schedule(): void {
    cancel = after(SAVE_MS, () => {
      saving = save();
      schedule();
    });
  }

  return {
    start: schedule,
    async stop() {
      cancel?.();
      await saving;
      await save();
    },
  };
}
