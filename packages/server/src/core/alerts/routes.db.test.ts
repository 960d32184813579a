import { describe, expect, it, onTestFinished } from 'vitest';
import { bucket, openTestAlerts, testAlertsMigrations, testMeasure } from '../../testing/alerts.ts';
import { describeDatabases } from '../../testing/databases.ts';
import { type CastMember, openTestHttp } from '../../testing/http.ts';
import { createAudit } from '../audit/audit.ts';
import { auditMigrations } from '../audit/migrations.ts';
import { notifyPermissions } from '../notify/permissions.ts';
import { alertsPermissions } from './permissions.ts';
import { alertsRoutes } from './routes.ts';

const salesPermissions = { 'sales.read': ['analyst', 'viewer'] } as const;
const body = {
  name: 'Revenue too low',
  measure: testMeasure.id,
  bucket: 'day',
  filters: { country: ['Germany'] },
  condition: { type: 'threshold', direction: 'below', value: 10 },
  severity: 'warning',
  channelIds: [] as string[],
  enabled: true,
  cooldownMinutes: 60,
};
const { measure, bucket: day, filters, condition } = body;
const previewBody = { measure, bucket: day, filters, condition };

describeDatabases('alert routes', ({ open }) => {
  async function world() {
    const db = await open({ ...testAlertsMigrations, ...auditMigrations });
    const test = await openTestAlerts(db);
    const audit = createAudit({ db, clock: test.time.clock });
    const http = await openTestHttp({
      permissions: { ...alertsPermissions, ...notifyPermissions, ...salesPermissions },
      routes: [
        alertsRoutes({
          alerts: test.alerts,
          notifier: test.notifier,
          measure: (id) => (id === testMeasure.id ? testMeasure : undefined),
          audit,
        }),
      ],
    });
    onTestFinished(() => http.close());
    return { ...test, http, audit, analyst: http.as('analyst'), viewer: http.as('viewer') };
  }

  it('keep, change and remove rules, and note who did', async () => {
    const { analyst, viewer, channel, audit } = await world();
    const { id: channelId } = await channel();
    const made = await analyst.post('/api/alerts/rules', { ...body, channelIds: [channelId] });
    expect(made).toMatchObject({
      status: 201,
      body: {
        ...body,
        channelIds: [channelId],
        createdBy: 'analyst@example.org',
        lastProblem: null,
      },
    });
    const url = `/api/alerts/rules/${made.body.id}`;
    expect((await viewer.get(url)).body).toEqual(made.body);
    expect((await viewer.get('/api/alerts/rules')).body).toEqual({ items: [made.body] });
    const changed = await analyst.put(url, { ...body, name: '売上が低い', enabled: false });
    expect(changed).toMatchObject({ status: 200, body: { name: '売上が低い', enabled: false } });
    expect((await analyst.delete(url)).body).toEqual({ ok: true });
    expect(await analyst.get(url)).toMatchObject({
      status: 404,
      body: { code: 'ALERTS_RULE_NOT_FOUND' },
    });
    const { items } = await audit.list({ limit: 10 });
    expect(items.map(({ action, actor }) => `${action} ${actor}`).sort()).toEqual([
      'alert-rule.change analyst@example.org',
      'alert-rule.create analyst@example.org',
      'alert-rule.remove analyst@example.org',
    ]);
  });

  describe('ask for a permission', () => {
    it.each<[string, string, unknown, readonly CastMember[]]>([
      ['GET', '/api/alerts', undefined, ['viewer', 'operator', 'analyst', 'administrator']],
      ['GET', '/api/alerts/rules', undefined, ['viewer', 'operator', 'analyst', 'administrator']],
      ['POST', '/api/alerts/rules', body, ['analyst', 'administrator']],
      ['PUT', '/api/alerts/rules/:id', body, ['analyst', 'administrator']],
      ['DELETE', '/api/alerts/rules/:id', undefined, ['analyst', 'administrator']],
      ['POST', '/api/alerts/rules/:id/evaluate', undefined, ['analyst', 'administrator']],
      ['POST', '/api/alerts/rules/preview', previewBody, ['viewer', 'analyst', 'administrator']],
      ['POST', '/api/alerts/:alert/acknowledge', {}, ['operator', 'analyst', 'administrator']],
    ])('%s %s', async (method, path, payload, allowed) => {
      const { http, rule, alerts, shown } = await world();
      for (const member of [
        'outsider',
        'viewer',
        'operator',
        'analyst',
        'administrator',
      ] as const) {
        const { id } = await rule();
        await alerts.evaluate(id);
        const url = path.replace(':id', id).replace(':alert', shown.at(-1)!.id);
        const caller = http.as(member);
        const { status } = await (method === 'GET'
          ? caller.get(url)
          : caller[method.toLowerCase() as 'post' | 'put' | 'delete'](url, payload));
        const refused = member === 'outsider' ? 401 : path.endsWith('preview') ? 422 : 403;
        expect([member, status]).toEqual([
          member,
          allowed.includes(member) ? (method === 'POST' && payload === body ? 201 : 200) : refused,
        ]);
      }
    });
  });

  it.each([
    ['no such measure', { measure: 'sales.nothing' }, 'ALERTS_MEASURE_UNKNOWN', 422],
    [
      'a filter the measure does not have',
      { filters: { planet: ['x'] } },
      'MEASURE_FILTER_INVALID',
      400,
    ],
    ['a channel that is gone', { channelIds: ['gone'] }, 'ALERTS_CHANNEL_UNKNOWN', 422],
    ['no name', { name: ' ' }, 'REQUEST_INVALID', 400],
    [
      'a threshold that is no number',
      { condition: { ...condition, value: 'many' } },
      'REQUEST_INVALID',
      400,
    ],
    [
      'a level of one',
      { condition: { type: 'outside-forecast', direction: 'either', level: 1 } },
      'REQUEST_INVALID',
      400,
    ],
    ['a cool-down without end', { cooldownMinutes: 1e9 }, 'REQUEST_INVALID', 400],
  ])('refuse a rule with %s', async (_what, change, code, status) => {
    const { analyst } = await world();
    const reply = await analyst.post('/api/alerts/rules', { ...body, ...change });
    expect(reply).toMatchObject({ status, body: { code } });
    expect((await analyst.get('/api/alerts/rules')).body.items).toEqual([]);
  });

  it('leave out channels that were removed, so that a rule can be sent back as it was read', async () => {
    const { analyst, channel, notifier } = await world();
    const [kept, gone] = [await channel(), await channel()];
    const { body: made } = await analyst.post('/api/alerts/rules', {
      ...body,
      channelIds: [kept.id, gone.id],
    });
    await notifier.channels.remove(gone.id);
    const { body: read } = await analyst.get(`/api/alerts/rules/${made.id}`);
    expect(read.channelIds).toEqual([kept.id]);
    expect(
      (await analyst.put(`/api/alerts/rules/${made.id}`, { ...body, channelIds: read.channelIds }))
        .status,
    ).toBe(200);
  });

  it('check a rule when asked, and say what stood in the way', async () => {
    const { analyst, data, shown } = await world();
    const { body: made } = await analyst.post('/api/alerts/rules', body);
    const url = `/api/alerts/rules/${made.id}`;
    data.points = [];
    const empty = await analyst.post(`${url}/evaluate`);
    expect(empty.body.lastProblem).toBe('The measure has no complete day to check yet.');
    data.points = [bucket('2026-01-04', 1)];
    const fired = await analyst.post(`${url}/evaluate`);
    expect(fired.body).toMatchObject({ lastProblem: null, lastFiredAt: shown[0]?.firedAt });
  });

  it('preview a rule', async () => {
    const { viewer } = await world();
    expect((await viewer.post('/api/alerts/rules/preview', previewBody)).body).toEqual({
      points: [{ t: '2026-01-04', y: 5, lower: 10, upper: null, fires: true }],
    });
  });

  it('list alerts by pages and state, and take note of one', async () => {
    const { analyst, viewer, rule, alerts, data, time } = await world();
    const { id } = await rule();
    for (const t of ['2026-01-01', '2026-01-02', '2026-01-03']) {
      data.points = [bucket(t, 1)];
      await alerts.evaluate(id);
      time.advance(1);
    }
    const first = await viewer.get('/api/alerts?limit=2');
    expect(first.body.items.map(({ t }: { t: string }) => t)).toEqual(['2026-01-03', '2026-01-02']);
    const rest = await viewer.get(`/api/alerts?limit=2&cursor=${first.body.nextCursor}`);
    expect(rest.body).toMatchObject({ items: [{ t: '2026-01-01' }], nextCursor: null });
    const url = `/api/alerts/${first.body.items[0].id}`;
    const noted = await analyst.post(`${url}/acknowledge`, { note: '<script>seen</script>' });
    expect(noted.body).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: 'analyst@example.org',
      note: '<script>seen</script>',
    });
    expect((await viewer.get(url)).body).toEqual(noted.body);
    expect((await viewer.get('/api/alerts?state=open')).body.items).toHaveLength(2);
    expect(await viewer.get('/api/alerts/nothing')).toMatchObject({
      status: 404,
      body: { code: 'ALERTS_ALERT_NOT_FOUND' },
    });
    expect((await viewer.get('/api/alerts?cursor=nonsense')).status).toBe(400);
  });
});
