// `npm run check`: every gate that needs no running service, two at a time, with the time each took.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The script behind a package's command, run with this Node: works without a shell on every system. */
function bin(name, command = name) {
  const folder = join(root, 'node_modules', name);
  const { bin: entry } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof entry === 'string' ? entry : entry[command]);
}

const gates = [
  ['types', [bin('typescript', 'tsc'), '-b']],
  ['lint and format', [bin('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.']],
  [
    'import rules',
    [
      bin('dependency-cruiser', 'depcruise'),
      '--config',
      '.dependency-cruiser.mjs',
      'packages',
      'scripts',
      'test',
      'bench',
    ],
  ],
  ['dead code', [bin('knip')]],
  ['lockfile', ['scripts/check-lockfile.mjs']],
  ['reference pages', ['scripts/docs.mjs', '--check']],
];

function run([name, args]) {
  return new Promise((done) => {
    const started = Date.now();
    let output = '';
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1' },
    });
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      if (code !== 0) console.log(output.trim());
      done(code === 0);
    });
  });
}

const waiting = [...gates];
let passed = 0;
async function worker() {
  for (let gate = waiting.shift(); gate; gate = waiting.shift()) if (await run(gate)) passed++;
}
await Promise.all([worker(), worker()]);
console.log(`${passed} of ${gates.length} checks passed`);
process.exit(passed === gates.length ? 0 : 1);
