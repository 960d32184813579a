import { Redis } from 'ioredis';
import type { Logger } from '../log.ts';

/**
 * Opens a connection that comes back by itself.
 *
 * - `commands`: fails within seconds while Redis is away, so that whoever waits for an answer gets one;
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
      ? { maxRetriesPerRequest: 2, commandTimeout: 3_000 }
      : { maxRetriesPerRequest: null }),
  });
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

const AWAY =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EPIPE|Connection is closed|Command timed out|max retries per request|^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN)\b/i;

/** Redis cannot be reached, or is starting or changing its roles: the call may be repeated later. */
export function isRedisAway(error: unknown): boolean {
  return (
    error instanceof Error &&
    AWAY.test(`${error.message} ${(error as { code?: string }).code ?? ''}`)
  );
}
