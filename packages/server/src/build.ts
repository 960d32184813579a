import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { BuildInfo } from './core/metrics.ts';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** What is running: the package's version and, in a clone, the commit. */
export function readBuild(): BuildInfo {
  return { version: manifest.version, commit: readCommit() };
}

function readCommit(): string | null {
  try {
    const folder = new URL('.', import.meta.url);
    return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    }).trim();
  } catch {
    return null;
  }
}
