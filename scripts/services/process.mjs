import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;
const ATTEMPTS = 3;

/** PostgreSQL and MariaDB refuse to run as root: they become `nobody` then. Undefined for an ordinary user. */
export function serverUser() {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
}

/** First of the programs that is on PATH or in one of the folders. */
export function findProgram(names, folders = []) {
  const searched = [...(process.env.PATH ?? '').split(delimiter), ...folders];
  for (const name of names) {
    for (const folder of searched) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  return undefined;
}

/** Runs a program to its end as the servers' user. */
export function run(program, args, folder) {
  const result = spawnSync(program, args, { ...childOptions(folder), encoding: 'utf8' });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    throw new Error(`${program} failed: ${(result.stderr || result.stdout).trim().slice(-2000)}`);
  }
  return result.stdout;
}

/**
 * Starts a server on a free port and waits until it says that it is ready.
 *
 * @param {object} server
 * @param {string} server.program
 * @param {(port: number) => string[]} server.args
 * @param {string} server.folder  its working folder and HOME
 * @param {RegExp} server.ready   in what it prints
 * @param {NodeJS.Signals} server.stopSignal
 */
export async function startServer(server) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      return { port, ...(await launch(server, server.args(port))) };
    } catch (error) {
      // Somebody may have taken the port in between.
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

function launch({ program, folder, ready, stopSignal }, args) {
  const [command, ...commandArgs] = diesWithUs([program, ...args]);
  // Its own process group: Ctrl-C in the terminal is for us, and we stop it when the tests have let go.
  const child = spawn(command, commandArgs, {
    ...childOptions(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    process.off('exit', kill);
    child.kill(stopSignal);
    const timer = setTimeout(kill, STOP_LIMIT_MS);
    await ended;
    clearTimeout(timer);
  };
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => fail('it was not ready in time'), START_LIMIT_MS);
    const fail = (reason) => {
      clearTimeout(timer);
      kill();
      reject(new Error(`${program}: ${reason}\n${output.slice(-2000)}`));
    };
    const listen = (text) => {
      // Read to the end of its life, or it would block on a full pipe.
      output = (output + text).slice(-10_000);
      if (ready.test(output)) {
        clearTimeout(timer);
        resolve({ stop });
      }
    };
    child.stdout.setEncoding('utf8').on('data', listen);
    child.stderr.setEncoding('utf8').on('data', listen);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with ${code}`));
  });
}

/** On Linux the kernel stops a server whose starter was killed outright and could not. */
function diesWithUs(command) {
  const setpriv = process.platform === 'linux' && findProgram(['setpriv']);
  return setpriv ? [setpriv, '--pdeathsig', 'KILL', '--', ...command] : command;
}

function childOptions(folder) {
  return {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, TZ: 'UTC', LC_ALL: 'C' },
    ...serverUser(),
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
