import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHttp, type TestHttp } from '../../testing/http.ts';
import type { Measure, MeasureQuery } from './measure.ts';
import { createMeasureRegistry } from './registry.ts';
import { measuresRoutes } from './routes.ts';

const asked: MeasureQuery[] = [];
function measure(id: string, permission: string): Measure {
  return {
    id,
    title: { en: id, ja: `${id} の指標` },
    unit: 'money',
    nonNegative: true,
    permission,
    dimensions: ['country'],
    range: async () => undefined,
    async series(query) {
      asked.push(query);
      return { t: ['2026-01-01', '2026-01-02'], y: [1.5, null] };
    },
  };
}

describe('measures over HTTP', () => {
  let http: TestHttp;
  beforeAll(async () => {
    const measures = createMeasureRegistry();
    measures.add([measure('sales.revenue', 'sales.read'), measure('backup.size', 'backup.read')]);
    http = await openTestHttp({
      permissions: { 'sales.read': ['analyst', 'viewer'], 'backup.read': ['operator'] },
      routes: [measuresRoutes({ measures })],
    });
  });
  afterAll(() => http.close());
  const series = (query: string) => `/api/measures/sales.revenue/series?${query}`;
  const january = 'from=2026-01-01&to=2026-01-02';

  it.each([
    ['administrator', ['sales.revenue', 'backup.size']],
    ['analyst', ['sales.revenue']],
    ['viewer', ['sales.revenue']],
    ['operator', ['backup.size']],
  ] as const)('are listed for the %s: %j', async (member, ids) => {
    const { body } = await http.as(member).get('/api/measures');
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(body.items[0]).toMatchObject({ unit: 'money', dimensions: ['country'] });
  });

  it('are told over time, filtered', async () => {
    const query = `${january}&bucket=week&filter=country:Germany&filter=country:France`;
    const { status, body } = await http.as('viewer').get(series(query));
    expect([status, body.t, body.y]).toEqual([200, ['2026-01-01', '2026-01-02'], [1.5, null]]);
    expect(asked.at(-1)).toEqual({
      from: '2026-01-01',
      to: '2026-01-02',
      bucket: 'week',
      filters: { country: ['Germany', 'France'] },
    });
  });

  it('that a caller may not see do not exist for him', async () => {
    const hidden = await http.as('operator').get(series(january));
    const unknown = await http.as('operator').get(`/api/measures/sales.nothing/series?${january}`);
    for (const { status, body } of [hidden, unknown]) {
      expect([status, body.code]).toEqual([404, 'MEASURE_UNKNOWN']);
    }
    expect((await http.as('outsider').get('/api/measures')).status).toBe(401);
  });

  it.each([
    [
      'a period that ends before it begins',
      'from=2026-01-02&to=2026-01-01',
      'MEASURE_PERIOD_INVALID',
    ],
    ['a filter that is none', `${january}&filter=planet:Mars`, 'MEASURE_FILTER_INVALID'],
    ['a day that does not exist', 'from=2026-02-30&to=2026-03-01', 'REQUEST_INVALID'],
    ['an unknown bucket', `${january}&bucket=decade`, 'REQUEST_INVALID'],
    ['no period', '', 'REQUEST_INVALID'],
  ])('refuse %s', async (_what, query, code) => {
    const { status, body } = await http.as('viewer').get(series(query));
    expect([status, body.code]).toEqual([400, code]);
  });
});

describe('the registry of measures', () => {
  it('refuses a measure that is declared twice', () => {
    const measures = createMeasureRegistry();
    measures.add([measure('a.b', 'x')]);
    expect(() => measures.add([measure('a.b', 'x')])).toThrow('a.b is declared twice');
  });
});
