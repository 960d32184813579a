import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, run, startServer } from './process.mjs';

const PASSWORD = 'kizashi';

export const mariadb = {
  name: 'mysql',
  variable: 'KIZASHI_TEST_MYSQL_URL',
  packages: ['mariadb-server-core', 'mariadb-client-core'],
  needs: 'mariadbd or mysqld on PATH (Debian: mariadb-server-core, mariadb-client-core), or Docker',
  docker: {
    image: 'mariadb:11',
    port: 3306,
    env: [`MARIADB_ROOT_PASSWORD=${PASSWORD}`],
    ready: /ready for connections[\s\S]*port: 3306/,
    url: (port) => `mysql://root:${PASSWORD}@127.0.0.1:${port}/mysql`,
  },

  find() {
    // Servers are often outside an ordinary user's PATH.
    const folders = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin'];
    const install = findProgram(['mariadb-install-db'], folders);
    const maria = findProgram(['mariadbd'], folders);
    if (install && maria) return { server: maria, install };
    const mysql = findProgram(['mysqld'], folders);
    return mysql ? { server: mysql } : undefined;
  },

  async start({ server, install }, folder) {
    const data = join(folder, 'data');
    if (install) {
      run(
        install,
        [
          '--no-defaults',
          `--datadir=${data}`,
          '--skip-test-db',
          '--auth-root-authentication-method=normal',
        ],
        folder,
      );
    } else {
      run(server, ['--no-defaults', '--initialize-insecure', `--datadir=${data}`], folder);
    }
    const setup = join(folder, 'setup.sql');
    writeFileSync(setup, SETUP, { mode: 0o644 });
    const { port, stop } = await startServer({
      program: server,
      args: (free) => [
        '--no-defaults',
        `--datadir=${data}`,
        `--port=${free}`,
        `--socket=${join(folder, 'socket')}`,
        `--pid-file=${join(folder, 'pid')}`,
        `--init-file=${setup}`,
        ...SETTINGS,
      ],
      folder,
      ready: /ready for connections/,
      stopSignal: 'SIGTERM',
    });
    return { url: `mysql://kizashi:${PASSWORD}@127.0.0.1:${port}/kizashi`, stop };
  },
};

const SETTINGS = [
  '--bind-address=127.0.0.1',
  '--max-connections=200',
  '--skip-log-bin',
  // Nothing here outlives the tests.
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=0',
];

// Latin 1 on purpose: the product must not depend on the server's default character set.
const SETUP = `
create database kizashi character set latin1;
create user 'kizashi'@'%' identified by '${PASSWORD}';
grant all on *.* to 'kizashi'@'%' with grant option;
`;
