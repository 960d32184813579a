import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeDatabases } from '../../testing/databases.ts';
import { jobsPrune } from './prune.ts';
import { openDownloadsWorld } from './testing/downloads-world.ts';

describeDatabases('old download jobs', (databases) => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-prune-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('go with their files of the queue when they have ended long ago, failed ones later, open ones never', async () => {
    const world = await openDownloadsWorld(databases, { folder, serve: (url) => url });
    await world.runner.start();
    const done = await world.add(['https://host.example/a.bin']);
    const failed = await world.add(['ftp://host.example/b.bin']);
    const open = await world.add(['https://host.example/c.bin'], { paused: true });
    const { finished_at: ended } = await world.reached(done.id, 'COMPLETED');
    const { finished_at: failedAt } = await world.reached(failed.id, 'FAILED');
    // Which of the two ended first, and by how much, is open: a day is more than either takes.
    const failedMs = 86_400_000;
    const prune = jobsPrune(world.db, { endedMs: 1_000, failedMs });
    const left = async () =>
      (await world.query.selectFrom('downloads_jobs').select('id').execute()).map(({ id }) => id);
    expect(await prune.remove(ended! + 1_000, 100)).toBe(0);
    expect(await prune.remove(ended! + 1_001, 100)).toBe(1);
    expect((await left()).sort()).toEqual([failed.id, open.id].sort());
    expect(await world.items(done.id)).toEqual([]);
    expect(await prune.remove(failedAt! + failedMs, 100)).toBe(0);
    expect(await prune.remove(failedAt! + failedMs + 1, 100)).toBe(1);
    expect(await left()).toEqual([open.id]);
    const files = await world.query.selectFrom('downloads_files').selectAll().execute();
    expect(files).toHaveLength(1);
    await world.close();
  });
});
