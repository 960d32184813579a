// A registry that lacks one platform's binary package makes npm leave it out of the lockfile without a word, and the
// gap shows only on that platform. This finds such gaps, missing integrity hashes and addresses of private registries.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const supported = /(linux|darwin|win32|windows)[-_]?(x64|arm64)(-gnu|-msvc)?$/;
/** Tools of developers, not needed to start or test the product: complete on Linux is enough. */
const developerTools = new Set(['@biomejs/biome', 'oxc-parser']);
/**
 * Their binaries for other systems are entered by hand, with name and version only: `npm ci` refuses a lockfile without
 * them, and the registry it was made with has no hash to give.
 */
const developerBinary = /^node_modules\/(@biomejs\/cli|@oxc-parser\/binding)-/;

const { packages } = JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8'));
const problems = [];
for (const [path, entry] of Object.entries(packages)) {
  if (path === '' || entry.link || !path.includes('node_modules/')) continue;
  if (!entry.integrity && !developerBinary.test(path)) problems.push(`${path}: no integrity hash`);
  if (entry.resolved && !entry.resolved.startsWith('https://registry.npmjs.org/')) {
    problems.push(
      `${path}: resolved from ${new URL(entry.resolved).host}, not from the public registry`,
    );
  }
  // An optional package whose binary is missing is one its user can do without.
  if (entry.optional) continue;
  const owner = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!supported.test(name)) continue;
    if (developerTools.has(owner) && !name.includes('linux')) continue;
    const found = Object.keys(packages).some(
      (other) => other === `node_modules/${name}` || other.endsWith(`/node_modules/${name}`),
    );
    if (!found)
      problems.push(`${path} ${entry.version}: ${name} is missing; pin a version that is complete`);
  }
}
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`${Object.keys(packages).length} packages, no gap`);
