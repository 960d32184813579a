import { chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverUser } from './process.mjs';

const PREFIX = 'kizashi-services-';

/** A temporary folder that is gone when this process ends, however it ends short of being killed outright. */
export function createFolder() {
  const path = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  own(path);
  const remove = () =>
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.once('exit', remove);
  return {
    create(name) {
      const folder = join(path, name);
      mkdirSync(folder, { mode: 0o700 });
      own(folder);
      return folder;
    },
    remove() {
      process.off('exit', remove);
      remove();
    },
  };
}

/** Removes what a process left behind that was killed outright. */
export function removeStaleFolders() {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX)
      ? Number.parseInt(name.slice(PREFIX.length), 10)
      : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's; they will remove it.
    }
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function own(path) {
  const user = serverUser();
  if (user) chownSync(path, user.uid, user.gid);
}
