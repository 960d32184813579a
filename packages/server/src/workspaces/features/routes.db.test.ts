import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases } from '../../testing/databases.ts';
import { type CastMember, openTestHttp, type TestHttp } from '../../testing/http.ts';
import type { FeaturesRun } from './contract.ts';
import { importRoutes } from './import-routes.ts';
import { featuresPermissions } from './permissions.ts';
import { RUNS_TOPIC } from './run/runs.ts';
import { runRoutes } from './run-routes.ts';
import { type FeaturesWorld, openFeaturesWorld } from './testing/features-world.ts';
import { seriesCsv } from './testing/series-csv.ts';
import { valueRoutes } from './value-routes.ts';

describeDatabases('features over HTTP', (databases) => {
  let world: FeaturesWorld;
  let http: TestHttp;
  beforeAll(async () => {
    world = await openFeaturesWorld(databases);
    await world.start();
    http = await openTestHttp({
      permissions: featuresPermissions,
      routes: [importRoutes(world), runRoutes(world), valueRoutes(world)],
    });
  });
  afterAll(async () => {
    await http.close();
    await world.close();
  });
  const upload = (body: string, query = 'name=shop.csv') =>
    http.as('analyst').post(`/api/features/imports?${query}`, body, { 'content-type': 'text/csv' });

  it('go from a file to values', async () => {
    const started = await upload(seriesCsv(['a', 'b'], 60), 'name=shop.csv&store=true');
    expect(started.status).toBe(201);
    await world.ended(await world.imports.require(started.body.id));
    const seen = await http.as('viewer').get(`/api/features/imports/${started.body.id}`);
    expect(seen.body).toMatchObject({ state: 'stored', report: { seriesCount: 2, points: 120 } });
    const series = await http.as('viewer').get('/api/features/series?search=B&limit=1');
    expect(series.body).toMatchObject({
      items: [{ loto: 'shop', uniqueId: 'b', n: 60, timeKind: 'date', frequency: 'day' }],
      nextCursor: null,
    });
    const points = await http.as('viewer').get('/api/features/points?loto=shop&uniqueId=a');
    expect(points.body.t).toHaveLength(60);

    const body = { sets: [{ set: 'lags' }, { set: 'calendar' }, { set: 'catch22' }], horizon: 3 };
    const run = await http.as('analyst').post('/api/features/runs', body);
    expect(run.status).toBe(201);
    const { id } = run.body;
    if ((await world.runs.require(id)).state !== 'done') {
      await world.reached<FeaturesRun>(RUNS_TOPIC, id, ['done']);
    }
    const done = await http.as('viewer').get(`/api/features/runs/${id}`);
    expect(done.body).toMatchObject({ state: 'done', seriesDone: 2, rowsWritten: 128 });
    const detail = await http.as('viewer').get(`/api/features/runs/${id}/series?state=done`);
    expect(detail.body.items).toMatchObject([{ uniqueId: 'a', rows: 64 }, { uniqueId: 'b' }]);
    const all: number[] = [];
    for (let cursor = ''; ; ) {
      const page = await http
        .as('viewer')
        .get(`/api/features/values/hist?loto=shop&uniqueId=a&limit=25${cursor}`);
      all.push(...page.body.items.map(({ ds }: { ds: number }) => ds));
      if (page.body.nextCursor === null) break;
      cursor = `&cursor=${page.body.nextCursor}`;
    }
    expect(all).toEqual(points.body.t);
    const futr = await http.as('viewer').get('/api/features/values/futr?loto=shop&uniqueId=b');
    expect(futr.body.items).toHaveLength(3);
    expect(futr.body.items[0].values.calendar.year).toBe(2024);
    const csv = await http.as('analyst').get('/api/features/export/stat?format=csv');
    expect(csv.headers['content-disposition']).toContain('features_stat.csv');
    expect(csv.body.trim().split('\r\n')).toHaveLength(3);
  });

  it('refuse what makes no sense, naming the place', async () => {
    const layout = encodeURIComponent('{"time":"when","zone":1}');
    const wrong = await upload('ds,y\n', `name=x.csv&layout=${layout}`);
    expect(wrong).toMatchObject({ status: 400, body: { code: 'SERIES_LAYOUT_INVALID' } });
    expect((await upload('', 'name=x.csv')).body.code).toBe('UPLOAD_EMPTY');
    const run = await http.as('analyst').post('/api/features/runs', { sets: [{ set: 'nope' }] });
    expect(run.body.code).toBe('FEATURES_SET_UNKNOWN');
    const typo = await http.as('analyst').post('/api/features/runs', { horizont: 3 });
    expect(typo.status).toBe(400);
    const none = await http.as('viewer').get('/api/features/runs/none');
    expect(none.body.code).toBe('FEATURES_RUN_NOT_FOUND');
    const empty = await http.as('analyst').get('/api/features/export/futr?loto=none');
    expect(empty).toMatchObject({ status: 404, body: { code: 'FEATURES_TABLE_EMPTY' } });
  });

  it('tell the catalogue and the state of the machine', async () => {
    const catalogue = await http.as('viewer').get('/api/features/catalogue');
    const catch22 = catalogue.body.sets.find(({ name }: { name: string }) => name === 'catch22');
    expect(catch22).toMatchObject({ kind: 'summary', default: true });
    expect(catch22.features).toHaveLength(24);
    expect(catch22.features[2]).toMatchObject({
      name: 'CO_f1ecac',
      formula: {
        en: expect.stringMatching(/^First lag at which the autocorrelation/),
        ja: expect.stringMatching(/^自己相関が初めて/),
      },
      unit: { en: 'samples', ja: '点' },
    });
    const calendar = catalogue.body.sets.find(({ name }: { name: string }) => name === 'calendar');
    expect(calendar.features.map(({ name }: { name: string }) => name)).toContain('is_holiday');
    const health = await http.as('viewer').get('/api/features/health', { 'accept-language': 'ja' });
    expect(health.body).toMatchObject({ database: { ok: true }, gpu: { status: 'not-asked' } });
    expect(health.body.gpu.detail).toContain('CPU');
  });

  it.each<[CastMember, string, 'GET' | 'POST', number]>([
    ['outsider', '/api/features/series', 'GET', 401],
    ['operator', '/api/features/series', 'GET', 403],
    ['viewer', '/api/features/imports?name=x.csv', 'POST', 403],
    ['viewer', '/api/features/imports/table', 'POST', 403],
    ['viewer', '/api/features/imports/x/store', 'POST', 403],
    ['viewer', '/api/features/runs', 'POST', 403],
    ['viewer', '/api/features/runs/x/pause', 'POST', 403],
    ['viewer', '/api/features/runs/x/resume', 'POST', 403],
    ['viewer', '/api/features/runs/x/cancel', 'POST', 403],
    ['viewer', '/api/features/export/hist', 'GET', 403],
    ['outsider', '/api/features/values/hist?loto=shop', 'GET', 401],
  ])('are closed to the %s at %s', async (member, url, method, status) => {
    const reply =
      method === 'GET' ? await http.as(member).get(url) : await http.as(member).post(url, {});
    expect(reply.status).toBe(status);
  });
});
