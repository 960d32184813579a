import { expect, it } from 'vitest';
import { describeDatabases, silentLog } from '../../../testing/databases.ts';
import { createFakeTime } from '../../../testing/fake-time.ts';
import type { HostHistory } from '../contract.ts';
import { keepHosts, loadHosts, REMEMBERED_MS, saveHosts } from './host-store.ts';
import { downloadsOptimiserMigrations } from './migrations.ts';
import type { Optimiser } from './optimiser.ts';

describeDatabases('memory of hosts', ({ open }) => {
  const time = createFakeTime();
  const now = time.clock.now();
  const host = (name: string, lastAt: number, bestConnections = 8): HostHistory => ({
    ...{ host: name, networkClass: 'GOOD', bytesPerSecond: 8e6, bytesPerSecondPerConnection: 1e6 },
    ...{ variation: 0.1, latencyMs: 20, failureRate: 0.01, bestConnections, refusedAt: null },
    ...{ samples: 12, lastAt },
  });

  it('gives the hosts of the last thirty days, newest first, each as it was last', async () => {
    const db = await open(downloadsOptimiserMigrations);
    await saveHosts(db, [host('a', now - 2), host('b', now - 1)]);
    await saveHosts(db, [host('a', now, 4), host('old', now - REMEMBERED_MS - 1)]);
    await saveHosts(db, []);
    expect(await loadHosts(db, now)).toEqual([host('a', now, 4), host('b', now - 1)]);
  });

  it('forgets what an earlier release kept otherwise', async () => {
    const db = await open(downloadsOptimiserMigrations);
    const { bestConnections: _, ...incomplete } = host('a', now);
    await saveHosts(db, [incomplete as HostHistory, host('b', now)]);
    expect(await loadHosts(db, now)).toEqual([host('b', now)]);
  });

  it('is written every half minute while it changes, and at the end', async () => {
    const db = await open(downloadsOptimiserMigrations);
    let hosts = [host('a', now), { ...host('never', now), samples: 0 }];
    const optimiser = { view: () => ({ hosts }) } as unknown as Pick<Optimiser, 'view'>;
    const kept = keepHosts({ optimiser, db, after: time.after, log: silentLog });
    kept.start();
    time.advance(29_999);
    expect(await loadHosts(db, now)).toEqual([]);
    time.advance(1);
    await expect.poll(() => loadHosts(db, now)).toEqual([host('a', now)]);
    hosts = [host('a', now + 5, 2)];
    await kept.stop();
    expect(await loadHosts(db, now)).toEqual([host('a', now + 5, 2)]);
  });
});
