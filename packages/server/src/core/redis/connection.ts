import { Redis } from 'ioredis';
import type { Logger } from '../log.ts';

/** How long a call waits for Redis before it fails. */
const READY_MS = 3_000;

/**
 * Opens a connection that comes back by itself.
 *
 * - `commands`: fails while Redis is away and keeps nothing to send later, so that whoever is told that a call failed
 *   does not see it happen afterwards; wait for it with `whenReady`;
 * - `listening`: waits for as long as it takes; for readers that block or subscribe.
 */
export function openRedis(options: {
  readonly url: string;
  readonly log: Logger;
  readonly use: 'commands' | 'listening';
}): Redis {
  const { url, log, use } = options;
  const connection = new Redis(url, {
    // Subscribers do it themselves, because they have to catch up afterwards.
    autoResubscribe: false,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 8), 5_000),
    ...(use === 'commands'
      ? {
          maxRetriesPerRequest: 2,
          commandTimeout: READY_MS,
          enableOfflineQueue: false,
          autoResendUnfulfilledCommands: false,
        }
      : { maxRetriesPerRequest: null }),
  });
  // Many calls may wait for it at once. Not 0 for no limit: BullMQ adds its own to this number.
  connection.setMaxListeners(1_000);
  let away = false;
  connection.on('error', (error) => {
    // Once for each outage: it reports every attempt to reconnect.
    if (!away) log.warn({ err: error, use }, 'redis.away');
    away = true;
  });
  connection.on('ready', () => {
    if (away) log.info({ use }, 'redis.back');
    away = false;
  });
  return connection;
}

/** Waits a moment for a connection that is being made. @throws an error that `isRedisAway` knows */
export async function whenReady(connection: Redis): Promise<void> {
  if (connection.status === 'ready') return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error('Connection is closed.')), READY_MS);
  connection.once('ready', resolve);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    connection.off('ready', resolve);
  }
}

const AWAY =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EPIPE|Connection is closed|Command timed out|isn't writeable|max retries per request|^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN)\b/i;

/** Redis cannot be reached, or is starting or changing its roles: the call may be repeated later. */
export function isRedisAway(error: unknown): boolean {
  return (
    error instanceof Error &&
    AWAY.test(`${error.message} ${(error as { code?: string }).code ?? ''}`)
  );
}
