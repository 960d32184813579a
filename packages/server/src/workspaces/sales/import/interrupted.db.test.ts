import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeDatabases } from '../../../testing/databases.ts';
import { createRandom } from '../../../testing/random.ts';
import { listImportErrors, updateImport } from '../store/imports.ts';
import { salesQuery } from '../store/tables.ts';
import { mappingOf, openSalesWorld, type SalesWorld } from '../testing/sales-world.ts';
import type { ImportOutcome, ImportTask } from './import-task.ts';
import { recordImport } from './submit.ts';

const mapping = mappingOf(['order', 'time', 'product', 'quantity', 'unitPrice', 'customer']);
const HEADER = 'order,time,product,quantity,price,customer\n';
const good = (n: number): string =>
  `A${n},2025-04-0${1 + (n % 9)} 10:00,p${n % 3},2,1.5,c${n % 5}\n`;
const goodFile = (rows: number): string =>
  HEADER + Array.from({ length: rows }, (_, i) => good(i)).join('');

describeDatabases('imports that are interrupted', (databases) => {
  let world: SalesWorld;
  beforeEach(async () => {
    world = await openSalesWorld(databases);
  });
  afterEach(() => world.close());

  it('cancels an import that waits', async () => {
    // Nothing runs yet.
    const row = await world.submit(goodFile(3), mapping);
    expect((await world.imports.cancel(row.id, 'ann@example.org')).state).toBe('cancelled');
    expect((await world.queue.get(row.job_id!))?.state).toBe('cancelled');
    await expect(world.imports.cancel(row.id, 'ann@example.org')).rejects.toMatchObject({
      code: 'SALES_IMPORT_ENDED',
    });
  });

  it('says so when the uploaded file is gone', async () => {
    const row = await world.submit(goodFile(3), mapping);
    writeFileSync(world.uploads.path(row.upload_id), '');
    const ended = world.reached(row.id, ['failed']);
    await world.imports.start();
    await world.queue.start();
    expect((await ended).error).toMatch(/Upload it again/);
  });

  it('shows an import that was stored when its figures could not follow', async () => {
    await world.imports.start();
    world.refresh.soon('start');
    const row = await world.submit(goodFile(3), mapping);
    await updateImport(salesQuery(world.db), row.id, { state: 'done' });
    const done = world.reached(row.id, ['done']);
    await world.queue.start();
    expect((await done).finishedAt).not.toBeNull();
  });

  it('takes up an import whose process died before its job was made', async () => {
    const { settings, clock, db } = world;
    const upload = await world.uploads.receive(Readable.from([Buffer.from(goodFile(4))]), {
      name: 'late.csv',
      createdBy: 'ann@example.org',
    });
    const row = await recordImport(
      { db, clock, settings },
      {
        upload,
        mapping,
        mode: 'good-rows',
        allowDuplicate: false,
        demo: false,
        createdBy: 'ann@example.org',
        locale: 'en',
      },
    );
    expect(row.job_id).toBeNull();
    const done = world.reached(row.id, ['done']);
    await world.start();
    expect((await done).rowsStored).toBe(4);
  });

  const badRow = (n: number): string => `B${n},2025-13-01,"two\nlines",x,1.5,c1\n`;

  /** Runs the import, killing its thread after `checkpoints` of them; undefined when it was killed. */
  async function runUntil(id: string, file: string, checkpoints: number) {
    const { port1, port2 } = new MessageChannel();
    const kill = new AbortController();
    let seen = 0;
    port1.on('message', () => {
      if (++seen === checkpoints) kill.abort();
    });
    const task: ImportTask = {
      databaseUrl: world.databaseUrl,
      importId: id,
      file,
      rejectsFile: `${file}.rejected`,
      locale: 'en',
      port: port2,
    };
    const module = new URL('./import-task.ts', import.meta.url);
    try {
      return await world.compute.run<ImportOutcome>(module, task, {
        signal: kill.signal,
        transfer: [port2],
      });
    } catch (error) {
      if (!kill.signal.aborted) throw error;
      return undefined;
    } finally {
      port1.close();
    }
  }

  async function importTo(name: string, content: string, nextKill: () => number) {
    const { id, number, upload_id } = await world.submit(content, mapping, {
      name,
      allowDuplicate: true,
    });
    await updateImport(salesQuery(world.db), id, { state: 'running' });
    const file = world.uploads.path(upload_id);
    let kills = 0;
    for (;;) {
      const outcome = await runUntil(id, file, nextKill());
      if (outcome !== undefined) {
        expect(outcome).toBe('stored');
        break;
      }
      kills++;
    }
    const record = await world.imports.require(id);
    const lines = await world.storedLines(record);
    const rejected = readFileSync(`${file}.rejected`, 'utf8');
    rmSync(`${file}.rejected`);
    const errors = await listImportErrors(salesQuery(world.db), number, { after: -1, limit: 5000 });
    return { lines, rejected, errors, record, kills };
  }

  it('goes on behind the last checkpoint: every row is there once, and every error', async () => {
    const random = createRandom(20_111_209);
    let content = HEADER;
    for (let i = 0; i < 14_000; i++) content += random() < 0.02 ? badRow(i) : good(i);
    const whole = await importTo('whole.csv', content, () => Number.POSITIVE_INFINITY);
    const broken = await importTo('broken.csv', content, () => 1 + Math.floor(random() * 3));
    expect(broken.kills).toBeGreaterThan(1);
    const { number, rows_stored } = broken.record;
    expect(broken.lines.length).toBe(rows_stored);
    expect(broken.lines).toEqual(whole.lines.map((line) => ({ ...line, import_number: number })));
    expect(broken.errors).toEqual(
      whole.errors.map((error) => ({ ...error, import_number: number })),
    );
    expect(broken.rejected).toBe(whole.rejected);
    for (const count of ['rows_read', 'rows_stored', 'rows_rejected', 'last_line'] as const) {
      expect(broken.record[count]).toBe(whole.record[count]);
    }
  }, 60_000);
});
