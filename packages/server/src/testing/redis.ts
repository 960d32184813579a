import { Redis } from 'ioredis';
import { afterAll, describe, it } from 'vitest';
import { createId } from '../core/ids.ts';

const VARIABLE = 'KIZASHI_TEST_REDIS_URL';

/** What a suite gets to keep its keys apart from everybody else's. They are removed after the suite. */
export interface TestRedis {
  readonly url: string;
  /** A fresh prefix with a hash tag. */
  prefix(): string;
  /** Removes all keys under a prefix, as a restart without data would. */
  clear(prefix: string): Promise<void>;
}

/**
 * Runs a suite on Redis where its address is set. A missing one is shown as skipped with what to do, and fails when
 * CI is set.
 */
export function describeRedis(title: string, suite: (redis: TestRedis) => void): void {
  const url = process.env[VARIABLE];
  if (url !== undefined && url !== '') {
    describe(title, () => suite(testRedis(url)));
    return;
  }
  const reason = `set ${VARIABLE}, or run node scripts/services.mjs start`;
  if (process.env.CI) {
    it(title, () => {
      throw new Error(`not tested on Redis: ${reason}`);
    });
  } else it.skip(`${title} — ${reason}`, () => {});
}

function testRedis(url: string): TestRedis {
  const prefixes: string[] = [];
  const connection = new Redis(url, { lazyConnect: true });
  const clear = async (prefix: string): Promise<void> => {
    for await (const keys of connection.scanStream({ match: `${prefix}:*`, count: 1_000 })) {
      if ((keys as string[]).length > 0) await connection.del(...(keys as string[]));
    }
  };
  afterAll(async () => {
    for (const prefix of prefixes) await clear(prefix);
    connection.disconnect();
  });
  return {
    url,
    prefix() {
      const prefix = `{test-${createId()}}`;
      prefixes.push(prefix);
      return prefix;
    },
    clear,
  };
}
