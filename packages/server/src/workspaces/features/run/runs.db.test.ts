import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases } from '../../../testing/databases.ts';
import { type FeaturesWorld, openFeaturesWorld } from '../testing/features-world.ts';

describeDatabases('runs', (databases) => {
  let world: FeaturesWorld;
  beforeAll(async () => {
    world = await openFeaturesWorld(databases);
    await world.start();
  });
  afterAll(() => world.close());

  it('fills the three tables', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => {
      const ds = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
      return `a,${ds},${Math.sin(i) * 10}\nb,${ds},${i % 7}`;
    });
    const stored = await world.import('shop.csv', `unique_id,ds,y\n${rows.join('\n')}\n`);
    expect(stored).toMatchObject({ state: 'stored' });
    const run = await world.run({});
    expect(run).toMatchObject({ state: 'done', series_total: 2, error: null });
    expect(await world.table('hist')).toHaveLength(240);
    expect(await world.table('futr')).toHaveLength(56);
    expect(await world.table('stat')).toHaveLength(2);
  });
});
