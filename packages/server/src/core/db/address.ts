import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from './database.ts';
import { databaseErrors } from './errors.ts';

/** Where a database is. `shown` is safe to print: it holds no password. */
export interface Address {
  readonly engine: Engine['name'];
  /** SQLite: absolute path of the file. */
  readonly path: string;
  /** Servers: the whole address, password included. */
  readonly url: string;
  readonly shown: string;
}

/**
 * Reads `sqlite:path`, `postgres://…`, `mysql://…` or `mariadb://…`.
 * @throws DATABASE_URL_INVALID
 */
export function parseAddress(url: string): Address {
  if (url.startsWith('sqlite:')) {
    const rest = url.slice('sqlite:'.length);
    const path = rest.startsWith('//') ? filePath(rest) : resolve(rest);
    if (rest === '') throw databaseErrors.DATABASE_URL_INVALID({ reason: 'the path is missing' });
    return { engine: 'sqlite', path, url, shown: path };
  }
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const engine = parsed && ENGINES[parsed.protocol];
  if (!parsed || !engine) {
    throw databaseErrors.DATABASE_URL_INVALID({
      reason: parsed ? `${parsed.protocol} is not known` : 'it cannot be read as an address',
    });
  }
  const user = parsed.username && `${parsed.username}@`;
  const shown = `${parsed.protocol}//${user}${parsed.host}${parsed.pathname}`;
  return { engine, path: '', url, shown };
}

const ENGINES: Readonly<Record<string, 'postgres' | 'mysql'>> = {
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
  'mysql:': 'mysql',
  'mariadb:': 'mysql',
};

function filePath(rest: string): string {
  // sqlite:///absolute/path; two slashes with a host would be another machine.
  if (!rest.startsWith('///')) {
    throw databaseErrors.DATABASE_URL_INVALID({ reason: 'write sqlite:path or sqlite:///path' });
  }
  return fileURLToPath(`file:${rest}`);
}
