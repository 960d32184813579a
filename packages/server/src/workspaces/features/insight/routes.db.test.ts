import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases } from '../../../testing/databases.ts';
import { openTestHttp, type TestHttp } from '../../../testing/http.ts';
import { exampleRoutes } from '../example/routes.ts';
import { featuresPermissions } from '../permissions.ts';
import { type FeaturesWorld, openFeaturesWorld } from '../testing/features-world.ts';
import { insightRoutes } from './routes.ts';

describeDatabases('insight into features over HTTP', (databases) => {
  let world: FeaturesWorld;
  let http: TestHttp;
  beforeAll(async () => {
    world = await openFeaturesWorld(databases);
    await world.start();
    http = await openTestHttp({
      permissions: featuresPermissions,
      routes: [insightRoutes(world), exampleRoutes(world)],
    });
    const example = await http.as('analyst').post('/api/features/example');
    expect(example.status).toBe(201);
    await world.ended(await world.imports.require(example.body.id));
  });
  afterAll(async () => {
    await http.close();
    await world.close();
  });
  const look = (path: string) => http.as('viewer').get(`/api/features/insight/${path}`);

  it('finds the example among the number games, with its carry-over', async () => {
    const games = await look('lotteries');
    expect(games.body.items).toEqual([{ loto: 'loto6', draws: 2130 }]);
    const { body } = await look('lottery?loto=loto6&window=50');
    expect(body).toMatchObject({ kind: 'set', lowest: 1, highest: 43, perDraw: 6, window: 50 });
    expect(body.newest).toEqual([12, 18, 35, 40, 41, 43]);
    expect(body.carryOver.y.at(-2)).toBe(239_978_734);
    // Of 2,130 draws without any mistake in the file.
    expect(body.tests.frequencies.pValue).toBeGreaterThan(0.05);
  });

  it('tells the parts and the patterns of a series', async () => {
    const parts = await look('decomposition?loto=loto6&uniqueId=N1&period=52&robust=true');
    expect(parts.body).toMatchObject({ status: 'ok', period: 52 });
    expect(parts.body.trend).toHaveLength(2130);
    const patterns = await look('patterns?loto=loto6&uniqueId=N1&window=20&top=2');
    expect(patterns.body).toMatchObject({ status: 'ok', window: 20 });
    expect(patterns.body.motifs).toHaveLength(2);
    const quality = await look('quality?table=hist&loto=loto6');
    expect(quality.body).toMatchObject({ rows: 0, features: [] });
  });

  it('says so when there is no such series or group', async () => {
    for (const path of [
      'decomposition?loto=loto6&uniqueId=none',
      'patterns?loto=none&uniqueId=N1',
      'lottery?loto=none',
    ]) {
      expect(await look(path)).toMatchObject({
        status: 404,
        body: { code: 'FEATURES_SERIES_NOT_FOUND' },
      });
    }
    expect((await look('patterns?loto=loto6&uniqueId=N1&window=2')).status).toBe(400);
  });

  it('lets only those load the example who may import', async () => {
    expect((await http.as('viewer').post('/api/features/example')).status).toBe(403);
  });
});
