// A registry that lacks one platform's binary package makes npm leave it out of the lockfile without a word; later
// `npm ci` refuses the lockfile. This finds such gaps, missing integrity hashes and addresses of private registries.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { packages } = JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8'));
const problems = [];
for (const [path, entry] of Object.entries(packages)) {
  if (path === '' || entry.link || !path.includes('node_modules/')) continue;
  if (!entry.integrity) problems.push(`${path}: no integrity hash`);
  if (entry.resolved && !entry.resolved.startsWith('https://registry.npmjs.org/')) {
    problems.push(
      `${path}: resolved from ${new URL(entry.resolved).host}, not from the public registry`,
    );
  }
  // Its user can do without it, and so can npm.
  if (entry.optional) continue;
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
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
