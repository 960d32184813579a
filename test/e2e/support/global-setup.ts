import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findChromium } from './find-chromium.ts';
import { createFolder, root } from './product.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder of this run, for what its files share. */
    readonly runFolder: string;
  }
}

/** Before everything: the browser is there, and is shown the web app as its sources are now. */
export async function setup(project: TestProject): Promise<() => void> {
  const built = spawnSync(process.execPath, [join(root, 'scripts/bootstrap.mjs'), 'build'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (built.status !== 0) throw new Error('the web app could not be built; see above');
  // Unpacked here, before files that run side by side would each do it.
  await findChromium();
  const runFolder = createFolder();
  project.provide('runFolder', runFolder);
  return () => rmSync(runFolder, { recursive: true, force: true });
}
