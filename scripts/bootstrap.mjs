// The first thing every npm script runs. No dependency, works on Node 18 and later: brings a new enough Node
// where the system's is too old, installs packages when the lockfile changed, builds the web app when its sources
// changed, then runs the task with that Node first on PATH.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const needed = { major: 24, minor: 15 };

/**
 * Left to itself V8 gives the young objects of the main thread up to 128 MB, which it takes once and seldom gives back; 8 MB cost
 * no measurable processor time (`bench/http-request.ts`). The product's threads have a limit of their own, the same.
 */
const productFlags = ['--max-semi-space-size=4'];

/** Each task: whether it needs the built web app, flags for Node, and the commands it runs one after the other. */
const tasks = {
  start: { web: true, flags: productFlags, run: [['packages/cli/bin/kizashi.mjs', 'serve']] },
  cli: { web: false, flags: productFlags, run: [['packages/cli/bin/kizashi.mjs']] },
  test: { web: true, run: [['scripts/test.mjs']] },
  check: { web: true, run: [['scripts/check.mjs']] },
  dev: { web: false, run: [['scripts/dev.mjs']] },
  build: { web: true, run: [] },
  bench: { web: false, run: [['scripts/bench.mjs']] },
  docs: { web: false, run: [['scripts/docs.mjs']] },
  'stand-in': { web: false, run: [['scripts/stand-in.ts']] },
};

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function isNewEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > needed.major || (major === needed.major && minor >= needed.minor);
}

/** npm's own script, so that it runs under the Node chosen here and not under the one on PATH. */
function npmScript() {
  const beside = process.platform === 'win32' ? 'node_modules' : '../lib/node_modules';
  const candidates = [
    process.env.npm_execpath,
    join(dirname(process.execPath), beside, 'npm/bin/npm-cli.js'),
  ];
  return candidates.find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
}

function npm(node, args, cwd) {
  const script = npmScript();
  const [command, commandArgs] = script ? [node, [script, ...args]] : ['npm', args];
  const result = spawnSync(command, commandArgs, {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment(node),
    shell: !script && process.platform === 'win32',
  });
  if (result.error || result.status !== 0) {
    fail(
      `npm ${args.join(' ')} failed${result.error ? `: ${result.error.message}` : ''}.\n` +
        'Check that the npm registry can be reached (npm ping), then run the command again.',
    );
  }
}

function environment(node) {
  return { ...process.env, PATH: dirname(node) + delimiter + (process.env.PATH ?? '') };
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}

/** The Node to use: this one when it is new enough, else the pinned binary package, installed once. */
function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const folder = join(root, '.runtime');
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const binary = join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const lock = readFileSync(join(root, 'scripts/runtime/package-lock.json'), 'utf8');
  const stamp = join(folder, 'installed');
  const current = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (current !== sha256(lock) || !existsSync(binary)) {
    if (!lock.includes(`"node_modules/${name}"`)) {
      fail(
        `Kizashi needs Node ${needed.major}.${needed.minor} or later; this is ${process.version}, and there is no ` +
          `prebuilt Node package for ${process.platform} ${process.arch}. Install Node ${needed.major} and try again.`,
      );
    }
    console.log(
      `Node ${process.version} is older than ${needed.major}.${needed.minor}: fetching Node ${needed.major} once …`,
    );
    mkdirSync(folder, { recursive: true });
    for (const file of ['package.json', 'package-lock.json']) {
      cpSync(join(root, 'scripts/runtime', file), join(folder, file));
    }
    npm(
      process.execPath,
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'],
      folder,
    );
    const check = spawnSync(binary, ['--version'], { encoding: 'utf8' });
    if (check.status !== 0) {
      fail(
        `The Node binary for ${name} does not run here: ${check.error?.message ?? check.stderr}\n` +
          `Install Node ${needed.major}.${needed.minor} or later and try again.`,
      );
    }
    writeFileSync(stamp, sha256(lock));
  }
  return binary;
}

function installPackages(node) {
  const lockFile = join(root, 'package-lock.json');
  const stamp = join(root, 'node_modules', '.kizashi-installed');
  const wanted = sha256(readFileSync(lockFile, 'utf8'));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing packages …');
  // Everything needed ships as prebuilt files; no package may run a script here.
  npm(node, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'], root);
  writeFileSync(stamp, wanted);
}

/** Newest modification time below a folder, tests left out. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  let time = 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || /\.test\.tsx?$/.test(entry.name))
      continue;
    time = Math.max(time, newest(join(path, entry.name)));
  }
  return time;
}

function buildWeb(node) {
  const web = join(root, 'packages/web');
  const built = join(web, 'dist/index.html');
  const contracts = listContracts(join(root, 'packages/server/src'));
  const sources = [
    web,
    join(root, 'packages/series/src'),
    join(root, 'package-lock.json'),
    ...contracts,
  ];
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources.map(newest))) return;
  console.log('Building the web app …');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const result = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: web,
    stdio: 'inherit',
    // Whatever the shell or a test runner says: with another value React's development build would be shipped.
    env: { ...environment(node), NODE_ENV: 'production' },
  });
  if (result.status !== 0) fail('The web app could not be built; see the messages above.');
}

function listContracts(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('contract.ts'))
    .map((path) => join(folder, path));
}

/** Runs a command and passes on its exit code; Ctrl-C reaches the child, which decides how to stop. */
function run(node, args) {
  return new Promise((done) => {
    const child = spawn(node, args, {
      cwd: process.cwd(),
      stdio: 'inherit',
      env: environment(node),
    });
    const forward = (signal) => child.kill(signal);
    process.on('SIGTERM', forward);
    // The terminal sends SIGINT to the whole group; staying alive lets the child finish first.
    const wait = () => {};
    process.on('SIGINT', wait);
    child.on('exit', (code, signal) => {
      process.off('SIGTERM', forward);
      process.off('SIGINT', wait);
      done(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

const [name, ...rest] = process.argv.slice(2);
const task = Object.hasOwn(tasks, name ?? '') ? tasks[name] : undefined;
if (!task)
  fail(
    `usage: node ${relative(process.cwd(), fileURLToPath(import.meta.url))} ${Object.keys(tasks).join(' | ')}`,
  );
const node = findNode();
installPackages(node);
if (task.web) buildWeb(node);
for (const [script, ...args] of task.run) {
  const code = await run(node, [...(task.flags ?? []), join(root, script), ...args, ...rest]);
  if (code !== 0) process.exit(code);
}
