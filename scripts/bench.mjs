// `npm run bench [-- name … word …]`: runs the benchmarks in bench/ whose file names start with a given name, one after the
// other; without a name those that take a minute together, and names the rest. Words that are no name are handed to the benchmarks.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '..', 'bench');
const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
/** The features beside their peers. */
const QUICK = ['features', 'matrix-profile'];
const asked = process.argv.slice(2);
const wanted = asked.length === 0 ? QUICK : asked;
const chosen = names.filter(
  (name) => wanted.includes('all') || wanted.some((word) => name.startsWith(word)),
);
const words = wanted.filter(
  (word) => word !== 'all' && !names.some((name) => name.startsWith(word)),
);
const list = `npm run bench -- all | ${names.map((name) => name.replace('.ts', '')).join(' | ')}`;
if (chosen.length === 0) {
  console.error(list);
  process.exit(2);
}
const [cpu] = cpus();
console.log(
  `${cpu?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
);
for (const name of chosen) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, ['--expose-gc', join(folder, name), ...words], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
if (asked.length === 0) console.log(`\n${list}`);
