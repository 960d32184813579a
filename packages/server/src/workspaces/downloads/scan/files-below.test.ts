import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow } from './files-below.ts';
import { scanFile } from './scan-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizashi-scan-'));
  await mkdir(join(folder, 'blobs'));
  await mkdir(join(folder, 'snapshots'));
  await writeFile(join(folder, 'blobs', 'abc'), 'hello there');
  await symlink('../blobs/abc', join(folder, 'snapshots', 'model.txt'));
  await symlink('..', join(folder, 'snapshots', 'circle'));
  await symlink('nowhere', join(folder, 'snapshots', 'broken'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('paths to scan', () => {
  it('are all files below folders, links to files too, links to folders not', async () => {
    const found: string[] = [];
    for await (const path of await filesBelow([folder])) found.push(relative(folder, path));
    expect(found).toEqual(['blobs/abc', 'snapshots/model.txt']);
  });

  it('that are not there end everything before anything is scanned', async () => {
    await expect(filesBelow([folder, join(folder, 'missing')])).rejects.toMatchObject({
      code: 'DOWNLOADS_SCAN_PATH',
      status: 400,
    });
  });

  it('are opened and read as files', async () => {
    expect(await scanFile(join(folder, 'blobs', 'abc'), { name: 'note.txt' })).toEqual({
      path: join(folder, 'blobs', 'abc'),
      verdict: 'clean',
      reasons: [],
      imports: [],
    });
  });
});
