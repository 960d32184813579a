import { expect, it } from 'vitest';
import { describeDatabases, silentLog } from '../../../testing/databases.ts';
import { createFakeTime } from '../../../testing/fake-time.ts';
import { downloadsMigrations } from '../migrations/index.ts';
import { downloadsQuery } from '../store/tables.ts';
import { createLease, isDriven, LEASE_MS } from './lease.ts';

describeDatabases('the lease', ({ open }) => {
  async function world() {
    const db = await open(downloadsMigrations);
    const time = createFakeTime();
    const living = new Set([1, 2]);
    const of = (owner: string, pid: number, machine = 'here') =>
      createLease({
        db,
        clock: time.clock,
        log: silentLog,
        owner,
        pid,
        machine,
        isAlive: (other) => living.has(other),
      });
    return { db, time, living, of };
  }

  it('is held by one, and by the next when it runs out', async () => {
    const { db, time, of } = await world();
    const [a, b] = [of('a', 1), of('b', 2, 'there')];
    expect(await isDriven(db, time.clock.now())).toBe(false);
    expect(await a.hold()).toBe(true);
    expect(await b.hold()).toBe(false);
    time.advance(LEASE_MS - 1);
    expect(await a.hold()).toBe(true);
    time.advance(LEASE_MS - 1);
    expect(await b.hold()).toBe(false);
    expect(await isDriven(db, time.clock.now())).toBe(true);
    time.advance(1);
    expect(await isDriven(db, time.clock.now())).toBe(false);
    expect(await b.hold()).toBe(true);
    expect(await a.hold()).toBe(false);
  });

  it('goes over at once when its process is gone from this machine, or was an earlier life of this one', async () => {
    const { living, of } = await world();
    expect(await of('a', 1).hold()).toBe(true);
    // Another machine cannot know.
    expect(await of('c', 2, 'there').hold()).toBe(false);
    living.delete(1);
    expect(await of('c', 2, 'there').hold()).toBe(false);
    expect(await of('b', 2).hold()).toBe(true);
    expect(await of('b after a restart', 2).hold()).toBe(true);
  });

  it('is taken after its time also when the clock of its process was far ahead of this one', async () => {
    const { db, time, of } = await world();
    expect(await of('a', 1).hold()).toBe(true);
    await downloadsQuery(db)
      .updateTable('downloads_lease')
      .set({ expires_at: time.clock.now() + 86_400_000 })
      .execute();
    const b = of('b', 2, 'there');
    expect(await b.hold()).toBe(false);
    time.advance(LEASE_MS - 1);
    expect(await b.hold()).toBe(false);
    time.advance(1);
    expect(await b.hold()).toBe(true);
  });

  it('is given back at the end', async () => {
    const { of } = await world();
    const a = of('a', 1);
    await a.hold();
    await of('b', 2).release();
    expect(await of('b', 2, 'there').hold()).toBe(false);
    await a.release();
    expect(await of('b', 2, 'there').hold()).toBe(true);
  });
});
