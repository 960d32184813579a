// The servers the tests need, started on free ports with their data in a temporary folder and removed afterwards:
// PostgreSQL, MariaDB and Redis. For the test command: startServices(); for people: node scripts/services.mjs start
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { installMissing } from './services/debian.mjs';
import { startInDocker } from './services/docker.mjs';
import { createFolder, removeStaleFolders } from './services/folder.mjs';
import { mariadb } from './services/mariadb.mjs';
import { postgres } from './services/postgres.mjs';
import { redis } from './services/redis.mjs';

/**
 * @typedef {object} Service
 * @property {string} name        what `want` calls it
 * @property {string} variable    environment variable that gets its address
 * @property {string[]} packages  Debian packages that bring its programs
 * @property {string} needs       what to do where it cannot be brought
 * @property {() => unknown} find its programs on this machine, or undefined
 * @property {(programs: any, folder: string) => Promise<Running>} start
 * @property {{ image: string, port: number, env: string[], ready: RegExp, url: (port: number) => string }} docker
 *
 * @typedef {object} Running
 * @property {string} url
 * @property {() => Promise<void>} stop
 */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** @type {Service[]} */
const services = [postgres, mariadb, redis];

/**
 * Starts the wanted services. One whose address is in the environment already is left as it is. Until `stop` they end
 * with this process, and on Ctrl-C end it.
 *
 * @param {{ want?: string[], say?: (line: string) => void }} options
 * @returns {Promise<{ env: Record<string, string>, missing: { name: string, needs: string }[], stop: () => Promise<void> }>}
 */
export async function startServices({
  want = services.map(({ name }) => name),
  say = console.log,
} = {}) {
  const wanted = services.filter(({ name }) => want.includes(name));
  const given = wanted.filter(({ variable }) => process.env[variable]);
  const toStart = wanted.filter((service) => !given.includes(service));
  const env = Object.fromEntries(given.map(({ variable }) => [variable, process.env[variable]]));
  removeStaleFolders();
  installMissing(
    toStart.filter((service) => !service.find()),
    say,
  );

  const folder = createFolder();
  const running = [];
  const missing = [];
  const stop = async () => {
    for (const signal of SIGNALS) process.off(signal, interrupted);
    await Promise.all(running.map((service) => service.stop()));
    folder.remove();
  };
  // Ctrl-C ends in order too; what was only just starting is killed when the process exits.
  const interrupted = (signal) =>
    void stop().finally(() => process.exit(128 + constants.signals[signal]));
  for (const signal of SIGNALS) process.on(signal, interrupted);
  await Promise.all(
    toStart.map(async (service) => {
      try {
        const programs = service.find();
        const started = programs
          ? await service.start(programs, folder.create(service.name))
          : await startInDocker(service.docker);
        if (started) {
          running.push(started);
          env[service.variable] = started.url;
        } else {
          missing.push({ name: service.name, needs: service.needs });
        }
      } catch (error) {
        missing.push({
          name: service.name,
          needs: `a look at why it did not start: ${error.message}`,
        });
      }
    }),
  );
  return { env, missing, stop };
}

async function main(command) {
  if (command !== 'start') {
    console.error('Usage: node scripts/services.mjs start    (runs until Ctrl-C)');
    process.exit(2);
  }
  const { env, missing } = await startServices({ say: (line) => console.error(line) });
  for (const [name, value] of Object.entries(env)) console.log(`export ${name}='${value}'`);
  for (const { name, needs } of missing) console.error(`${name} is missing: needs ${needs}`);
  console.error('Running until Ctrl-C.');
  setInterval(() => {}, 1 << 30);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]);
