import { hostname } from 'node:os';
import type { Clock } from '../../../core/clock.ts';
import type { Database } from '../../../core/db/database.ts';
import { insertIgnore } from '../../../core/db/write.ts';
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
  readonly owner: string;
  readonly pid?: number;
  readonly machine?: string;
  /** Whether a process of this machine lives. */
  readonly isAlive?: (pid: number) => boolean;
}

export function createLease(deps: LeaseDeps): Lease {
  const { db, clock, owner } = deps;
  const query = downloadsQuery(db);
  const pid = deps.pid ?? process.pid;
  const machine = (deps.machine ?? hostname()).slice(0, 255);
  const isAlive = deps.isAlive ?? processLives;
  const mine = () => ({ owner, machine, pid, expires_at: clock.now() + LEASE_MS });

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
      // After a restart in a container the number of the process is often the same: then it was an earlier life of ours.
      const isGone = row.machine === machine && (row.pid === pid || !isAlive(row.pid));
      if (row.owner !== owner && row.expires_at > clock.now() && !isGone) return false;
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
