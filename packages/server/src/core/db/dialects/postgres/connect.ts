import {
  type DataTypeNode,
  type Dialect as KyselyDialect,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import pg from 'pg';
import type { Logger } from '../../../log.ts';
import type { Address } from '../../address.ts';
import { databaseErrors } from '../../errors.ts';
import { guardDriver } from '../../guarded-driver.ts';
import type { Dialect } from '../dialect.ts';
import { messageOf } from '../failure.ts';
import { CopyIn } from './copy-in.ts';
import { explainPostgres, explainPostgresStart } from './engine.ts';

const OLDEST = 12;
const CONNECT_LIMIT_MS = 10_000;

/** Type numbers in pg_type of what must arrive as a number: bigint, and the numeric that sums of it become. */
const AS_NUMBER = [20, 1700];

export async function connectPostgres(
  dialect: Dialect,
  address: Address,
  { poolSize, log }: { poolSize: number; log: Logger },
): Promise<KyselyDialect> {
  const pool = openPool(address, poolSize);
  // The pool replaces a connection that dies, but an error nobody listens to would end the process: the pool tells of
  // idle connections, each connection of itself while it is lent out.
  const onLost = (error: Error) => log.warn({ reason: messageOf(error) }, 'db.connection.lost');
  pool.on('error', onLost);
  pool.on('connect', (client) => client.on('error', onLost));
  try {
    const { rows } = await pool.query<{ version: number }>(
      `select current_setting('server_version_num')::int / 10000 as version`,
    );
    const version = rows[0]?.version ?? 0;
    if (version < OLDEST) {
      throw databaseErrors.DATABASE_TOO_OLD({
        address: address.shown,
        version: `PostgreSQL ${version}`,
        needed: `PostgreSQL ${OLDEST}`,
      });
    }
  } catch (error) {
    await pool.end();
    throw explainPostgresStart(error, address.shown);
  }
  return {
    createDriver: () =>
      guardDriver(
        new PostgresDriver({
          pool,
          cursor: CopyIn,
        }),
        explainPostgres,
      ),
    createQueryCompiler: () => new QueryCompiler(),
    createAdapter: () => Object.assign(new PostgresAdapter(), { dialect }),
    createIntrospector: (query) => new PostgresIntrospector(query),
  };
}

function openPool({ url, shown }: Address, poolSize: number): pg.Pool {
  try {
    return new pg.Pool({
      connectionString: url,
      max: poolSize,
      application_name: 'kizashi',
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      // Here and not in Kysely's onCreateConnection, which never gives a connection back when this fails.
      onConnect: (client) => client.query(`set time zone 'UTC'`),
      types: {
        getTypeParser: (type, format) =>
          AS_NUMBER.includes(type) ? Number : pg.types.getTypeParser(type, format),
      },
    });
  } catch (error) {
    throw explainPostgresStart(error, shown);
  }
}

/** Text columns compare and sort by code point, whatever the locale of the server. */
class QueryCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    super.visitDataType(node);
    const isColumn = ['ColumnDefinitionNode', 'AlterColumnNode'].includes(
      this.parentNode?.kind ?? '',
    );
    if (isColumn && /^(text|varchar)/.test(node.dataType)) this.append(' collate "C"');
  }
}
