import { hostname } from 'node:os';
import type { Clock } from '../../../core/clock.ts';
import type { Database } from '../../../core/db/database.ts';
import { insertIgnore } from '../../../core/db/write.ts';
import type { Logger } from '../../../core/log.ts';
import { downloadsQuery } from '../store/tables.ts';

/** A process that has not said so for this long drives no more. */
export const LEASE_MS = 15_000;

/** Only one process may drive the downloads: it has the files open. */
export interface Lease {
  /** Takes the lease or keeps it; false when another process has it. */
  hold(): Promise<boolean>;
  release(): Promise<void>;
}

export interface LeaseDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly owner: string;
  readonly pid?: number;
  readonly machine?: string;
  /** Whether a process of this machine lives. */
  readonly isAlive?: (pid: number) => boolean;
}

export function createLease(deps: LeaseDeps): Lease {
  const { db, clock, log, owner } = deps;
  const query = downloadsQuery(db);
  const pid = deps.pid ?? process.pid;
  const machine = (deps.machine ?? hostname()).slice(0, 255);
  const isAlive = deps.isAlive ?? processLives;
  const mine = () => ({ owner, machine, pid, expires_at: clock.now() + LEASE_MS });
  /** Of somebody else, as it was when it was first seen so. */
  let seen: { owner: string; expiresAt: number; at: number } | undefined;

  /** Whether its process lives on. By its own word, or by ours when its clock goes otherwise than this one. */
  function isKept(row: { owner: string; machine: string; pid: number; expires_at: number }) {
    // After a restart in a container the number of the process is often the same: then it was an earlier life of ours.
    if (row.machine === machine && (row.pid === pid || !isAlive(row.pid))) return false;
    const now = clock.now();
    if (row.expires_at <= now) return false;
    const isNew = seen?.owner !== row.owner || seen.expiresAt !== row.expires_at || now < seen.at;
    if (seen?.owner !== row.owner) {
      log.info({ machine: row.machine, pid: row.pid }, 'downloads.lease.elsewhere');
    }
    if (isNew) seen = { owner: row.owner, expiresAt: row.expires_at, at: now };
    return now - seen!.at < LEASE_MS;
  }

  return {
    async hold() {
      const row = await query
        .selectFrom('downloads_lease')
        .selectAll()
        .where('id', '=', 1)
        .executeTakeFirst();
      if (row === undefined) {
        const inserted = await insertIgnore(db.query, {
          table: 'downloads_lease',
          rows: [{ id: 1, ...mine() }],
        });
        return inserted === 1;
      }
      if (row.owner !== owner && isKept(row)) return false;
      seen = undefined;
      const { numUpdatedRows } = await query
        .updateTable('downloads_lease')
        .set(mine())
        .where('id', '=', 1)
        .where('owner', '=', row.owner)
        .where('expires_at', '=', row.expires_at)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async release() {
      await query.deleteFrom('downloads_lease').where('owner', '=', owner).execute();
    },
  };
}

/** Whether some process drives the downloads now. */
export async function isDriven(db: Database, now: number): Promise<boolean> {
  const row = await downloadsQuery(db)
    .selectFrom('downloads_lease')
    .select('expires_at')
    .where('id', '=', 1)
    .executeTakeFirst();
  return row !== undefined && row.expires_at > now;
}

function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
