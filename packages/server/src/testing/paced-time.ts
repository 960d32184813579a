import type { KyselyPlugin } from 'kysely';
import type { Database } from '../core/db/database.ts';
import { createFakeTime, type FakeTime } from './fake-time.ts';

/** A statement that failed is never reported as finished; after this long nobody waits for it any more. */
const FORGOTTEN_AFTER_MS = 300;

export interface PacedTime extends FakeTime {
  /** The same database, with its work in view. */
  watch(db: Database): Database;
  /** Lets time pass in steps, never while a watched database is at work, until the promise settles. */
  settled<T>(promise: Promise<T>, stepMs?: number): Promise<T>;
  /** The same until `check` holds. */
  until(check: () => boolean | Promise<boolean>, stepMs?: number): Promise<void>;
}

/**
 * Fake time for code that talks to real databases: it stands still while they answer, so that what is measured on
 * it does not depend on how fast this machine is.
 */
export function createPacedTime(): PacedTime {
  const time = createFakeTime();
  const atWork = new Map<object, number>();

  async function calm(): Promise<void> {
    // Three looks in a row: between two statements there may be a turn or two of the event loop.
    for (let quiet = 0; quiet < 3; ) {
      await new Promise((resolve) => setImmediate(resolve));
      const forgotten = performance.now() - FORGOTTEN_AFTER_MS;
      for (const [key, since] of atWork) if (since < forgotten) atWork.delete(key);
      quiet = atWork.size === 0 ? quiet + 1 : 0;
      if (quiet === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async function until(check: () => boolean | Promise<boolean>, stepMs = 50): Promise<void> {
    for (;;) {
      await calm();
      if (await check()) return;
      time.advance(stepMs);
    }
  }

  return {
    ...time,
    until,
    async settled(promise, stepMs) {
      let settled = false;
      const settle = () => {
        settled = true;
      };
      promise.then(settle, settle);
      await until(() => settled, stepMs);
      return promise;
    },
    watch(db) {
      const plugin: KyselyPlugin = {
        transformQuery({ queryId, node }) {
          atWork.set(queryId, performance.now());
          return node;
        },
        async transformResult({ queryId, result }) {
          atWork.delete(queryId);
          return result;
        },
      };
      return {
        ...db,
        query: db.query.withPlugin(plugin),
        async transaction(work) {
          const key = {};
          atWork.set(key, Number.POSITIVE_INFINITY);
          try {
            return await db.transaction(work);
          } finally {
            atWork.delete(key);
          }
        },
      };
    },
  };
}
