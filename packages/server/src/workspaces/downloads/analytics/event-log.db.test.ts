import { expect, it } from 'vitest';
import type { Database } from '../../../core/db/database.ts';
import { describeDatabases, silentLog } from '../../../testing/databases.ts';
import { createFakeTime } from '../../../testing/fake-time.ts';
import { createEventLog, FLUSH_MS } from './event-log.ts';
import { downloadsAnalyticsMigrations } from './migrations.ts';
import { eventsPrune } from './prune.ts';
import { eventsQuery } from './tables.ts';

describeDatabases('event log', ({ open }) => {
  const time = createFakeTime();
  const start = time.clock.now();
  const rowsOf = (db: Database) =>
    eventsQuery(db).selectFrom('downloads_events').selectAll().orderBy('id').execute();

  async function openLog() {
    const db = await open(downloadsAnalyticsMigrations);
    const log = createEventLog({ db, clock: time.clock, after: time.after, log: silentLog });
    return { db, log };
  }

  it('writes nothing before a second has passed, then all of it in the order it came in', async () => {
    const { db, log } = await openLog();
    for (let i = 0; i < 1200; i++) log.note({ kind: 'api_request', durationMs: i });
    time.advance(FLUSH_MS - 1);
    expect(await rowsOf(db)).toEqual([]);
    time.advance(1);
    await log.flush();
    expect((await rowsOf(db)).map((row) => row.duration_ms)).toEqual(
      Array.from({ length: 1200 }, (_, i) => i),
    );
  });

  it('keeps the host and nothing else of an address, and no secret among the details', async () => {
    const { db, log } = await openLog();
    log.note({
      kind: 'download_completed',
      host: 'https://user:hunter2@cdn.example.org:8443/f.safetensors?X-Amz-Signature=SECRET1',
      source: 'civitai',
      bytes: 12.6,
      durationMs: Number.POSITIVE_INFINITY,
      code: '😀'.repeat(60),
      details: {
        modelType: 'LORA',
        wastedBytes: 7,
        apiKey: 'SECRET2',
        note: 'failed at https://cdn.example.org/f?token=SECRET3 again',
        nested: { authorization: 'Bearer SECRET4', url: ['https://h.example.org/?sig=SECRET5'] },
        size: 12n,
      },
    });
    await log.flush();
    const [row] = await rowsOf(db);
    expect(JSON.stringify(row)).not.toMatch(/SECRET|hunter2/);
    expect(row).toMatchObject({
      host: 'cdn.example.org',
      bytes: 13,
      duration_ms: null,
      code: '😀'.repeat(40),
      model_type: 'LORA',
      wasted_bytes: 7,
    });
    expect(JSON.parse(row?.details ?? '')).toEqual({
      note: 'failed at cdn.example.org again',
      nested: { url: ['h.example.org'] },
      size: 12,
    });
  });

  it('keeps events while the database is away and writes them when it is back', async () => {
    const { db, log } = await openLog();
    const query = db.query;
    let away = true;
    let timers = 0;
    const broken = createEventLog({
      db: {
        get query() {
          if (away) throw new Error('away');
          return query;
        },
      } as unknown as Database,
      clock: time.clock,
      after(ms, task) {
        timers++;
        return time.after(ms, task);
      },
      log: silentLog,
    });
    broken.note({ kind: 'session_started' });
    await broken.flush();
    expect(await rowsOf(db)).toEqual([]);
    away = false;
    time.advance(FLUSH_MS);
    await broken.flush();
    expect(await rowsOf(db)).toHaveLength(1);
    await log.flush();

    // The end of the process is not put off for it.
    away = true;
    broken.note({ kind: 'session_ended' });
    timers = 0;
    await broken.stop();
    expect(timers).toBe(0);
  });

  it('forgets events that are older than they are kept', async () => {
    const { db, log } = await openLog();
    log.note({ kind: 'api_request', at: start - 31 * 86_400_000 });
    log.note({ kind: 'session_started', at: start - 29 * 86_400_000 });
    await log.flush();
    expect(await eventsPrune(db, 30 * 86_400_000).remove(start, 1000)).toBe(1);
    expect((await rowsOf(db)).map((row) => row.kind)).toEqual(['session_started']);
  });
});
