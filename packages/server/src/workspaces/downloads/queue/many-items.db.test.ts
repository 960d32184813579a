import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases } from '../../../testing/databases.ts';
import { listItems } from '../store/items.ts';
import { queueTotals } from '../store/jobs.ts';
import { DEFAULT_SETTINGS } from '../store/settings.ts';
import { type DownloadsWorld, openDownloadsWorld } from '../testing/downloads-world.ts';
import { pickItems } from './pick.ts';

const JOBS = 100;
const ITEMS = 100;

describeDatabases('ten thousand files in a hundred jobs', (databases) => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-many-'));
  let world: DownloadsWorld;
  beforeAll(async () => {
    world = await openDownloadsWorld(databases, { folder });
    for (let n = 0; n < JOBS; n++) {
      const urls = Array.from({ length: ITEMS }, (_, i) => `https://host.example/${n}/${i}.bin`);
      await world.add(urls, {
        name: `job ${n}`,
        priority: n % 3,
        strategy: n === 2 ? 'sequential' : 'parallel',
      });
    }
  }, 120_000);
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are counted without being counted', async () => {
    expect((await queueTotals(world.query)).counts.PENDING).toBe(JOBS * ITEMS);
  });

  it('are paged to the last one, each once, in the order they run', async () => {
    const seen = new Set<string>();
    let after: [number, number, string] | undefined;
    let place = -99;
    for (;;) {
      const rows = await listItems(world.query, { after, limit: 1000 });
      for (const row of rows) {
        expect(row.place).toBeGreaterThanOrEqual(place);
        place = row.place;
        seen.add(row.id);
      }
      const last = rows.at(-1);
      if (last === undefined) break;
      after = [last.lane, last.place, last.id];
    }
    expect(seen.size).toBe(JOBS * ITEMS);
  });

  it('are begun from the head of the queue, with few rows looked at, also behind a job that has all it may', async () => {
    const limits = { settings: { ...DEFAULT_SETTINGS, maxFiles: 6 }, adaptiveFiles: 4 };
    const picked = await pickItems(world.query, [], limits);
    // Job 2 is the first of the most urgent ones, and one at a time.
    expect(picked.map(({ item }) => item.name)).toEqual([
      '0.bin',
      ...['0.bin', '1.bin', '2.bin', '3.bin'],
      '0.bin',
    ]);
    expect(picked[0]?.job.name).toBe('job 2');
    const running = picked.map(({ job }) => ({ job, host: null }));
    const rest = await pickItems(world.query, running, {
      ...limits,
      settings: { ...limits.settings, maxFiles: 8 },
    });
    expect(rest).toHaveLength(2);
    expect(rest.every(({ job }) => job.priority === 2 && job.name !== 'job 2')).toBe(true);
  });

  it('change their priority, pause and go on, a job as a whole', async () => {
    const [job] = await world.query
      .selectFrom('downloads_jobs')
      .selectAll()
      .where('name', '=', 'job 99')
      .execute();
    await world.queue.setJobPriority(job!.id, 50);
    const [first] = await listItems(world.query, { limit: 1 });
    expect(first).toMatchObject({ job_id: job!.id, place: -50 });
    await world.queue.actOnAll('pause', 'ann');
    expect((await queueTotals(world.query)).counts).toMatchObject({
      PAUSED: JOBS * ITEMS,
      PENDING: 0,
    });
    await world.queue.actOnAll('resume', 'ann');
    expect((await queueTotals(world.query)).counts.PENDING).toBe(JOBS * ITEMS);
  });

  it('are added ten thousand at once', async () => {
    const urls = Array.from({ length: 10_000 }, (_, i) => `https://host.example/many/${i}.bin`);
    const job = await world.add(urls);
    expect(job).toMatchObject({ n_pending: 10_000, state: 'PENDING' });
    await world.queue.actOnJob(job.id, 'cancel', 'ann');
    await world.queue.forget(job.id, 'ann');
    const left = await listItems(world.query, { jobId: job.id, limit: 1 });
    expect(left).toEqual([]);
  });
});
