import {
  type CreateTableNode,
  type DataTypeNode,
  type Dialect as KyselyDialect,
  MysqlAdapter,
  MysqlDriver,
  MysqlIntrospector,
  MysqlQueryCompiler,
} from 'kysely';
import mysql from 'mysql2';
import type { Address } from '../../address.ts';
import { databaseErrors } from '../../errors.ts';
import { guardDriver } from '../../guarded-driver.ts';
import type { Dialect } from '../dialect.ts';
import { explainMysql, explainMysqlStart } from './engine.ts';

const CONNECT_LIMIT_MS = 10_000;

/** The first versions with SKIP LOCKED and a binary collation that tells trailing spaces apart. */
const SERVERS = {
  mariadb: { needed: 'MariaDB 10.6', oldest: [10, 6, 0], collation: 'utf8mb4_nopad_bin' },
  mysql: { needed: 'MySQL 8.0.17', oldest: [8, 0, 17], collation: 'utf8mb4_0900_bin' },
} as const;

const SESSION = [
  `set time_zone = '+00:00'`,
  // As the other engines: wrong values are errors, || joins texts. No backslash mode: mysql2 escapes with backslashes.
  `set sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY,PIPES_AS_CONCAT'`,
  // As PostgreSQL; the default locks the gaps between rows too, and jobs that take rows block each other.
  'set session transaction isolation level read committed',
  // insertIgnore reads its warnings, and must see them all.
  'set max_error_count = 65535',
];

export async function connectMysql(
  dialect: Dialect,
  { url, shown }: Address,
  { poolSize }: { poolSize: number },
): Promise<KyselyDialect> {
  const pool = mysql.createPool({
    uri: url,
    connectionLimit: poolSize,
    connectTimeout: CONNECT_LIMIT_MS,
    enableKeepAlive: true,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    typeCast: exactNumber,
  });
  // Sent before any other statement of the connection. Not in Kysely's onCreateConnection, which never gives a connection
  // back when one of these fails.
  pool.on('connection', (connection) => {
    for (const statement of SESSION) {
      connection.query(statement, (error) => {
        if (error) connection.destroy();
      });
    }
  });
  const collation = await checkServer(pool, shown);
  return {
    createDriver: () => guardDriver(new MysqlDriver({ pool }), explainMysql),
    createQueryCompiler: () => new QueryCompiler(collation),
    createAdapter: () => Object.assign(new MysqlAdapter(), { dialect }),
    createIntrospector: (query) => new MysqlIntrospector(query),
  };
}

/**
 * mysql2's own reading of doubles is off in the last bit for about one in a hundred (3.24.6); JavaScript's is exact.
 * Sums of whole numbers are decimals in MySQL, and arrive as numbers too.
 */
function exactNumber(field: mysql.TypeCastField, next: mysql.TypeCastNext): unknown {
  if (field.type !== 'DOUBLE' && field.type !== 'NEWDECIMAL') return next();
  const text = field.string();
  return text === null ? null : Number(text);
}

/** Gives the collation for tables on this server. */
async function checkServer(pool: mysql.Pool, address: string): Promise<string> {
  try {
    const [rows] = await pool
      .promise()
      .query<(mysql.RowDataPacket & { version: string })[]>('select version() as version');
    const version = rows[0]?.version ?? '';
    const server = SERVERS[/mariadb/i.test(version) ? 'mariadb' : 'mysql'];
    if (isOlder(version, server.oldest))
      throw databaseErrors.DATABASE_TOO_OLD({ address, version, needed: server.needed });
    return server.collation;
  } catch (error) {
    await pool.promise().end();
    throw explainMysqlStart(error, address);
  }
}

function isOlder(version: string, oldest: readonly number[]): boolean {
  const parts = version.split(/[.-]/).map(Number);
  const first = oldest.findIndex((number, i) => number !== parts[i]);
  return first >= 0 && (parts[first] ?? 0) < oldest[first]!;
}

/** Text columns hold any length and compare by code point, whatever the server's defaults are. */
class QueryCompiler extends MysqlQueryCompiler {
  readonly #collation: string;

  constructor(collation: string) {
    super();
    this.#collation = collation;
  }

  protected override visitCreateTable(node: CreateTableNode): void {
    super.visitCreateTable(node);
    this.append(` engine = InnoDB default charset = utf8mb4 collate = ${this.#collation}`);
  }

  protected override visitDataType(node: DataTypeNode): void {
    const isColumn = this.parentNode?.kind === 'ColumnDefinitionNode';
    if (isColumn && node.dataType === 'text') this.append('longtext');
    else super.visitDataType(node);
  }
}
