import { describe, expect, it, onTestFinished } from 'vitest';
import { describeDatabases } from '../../testing/databases.ts';
import { type CastMember, openTestHttp } from '../../testing/http.ts';
import { openTestNotify, testNotifyMigrations } from '../../testing/notify.ts';
import { alertsPermissions } from '../alerts/permissions.ts';
import { createAudit } from '../audit/audit.ts';
import { auditMigrations } from '../audit/migrations.ts';
import { notifyErrors } from './errors.ts';
import type { Notification } from './notifier.ts';
import { notifyPermissions } from './permissions.ts';
import { notifyRoutes } from './routes.ts';

const webhook = {
  kind: 'webhook',
  name: 'Operations',
  enabled: true,
  locale: 'ja',
  quietHours: { from: '22:00', to: '07:00' },
  address: 'https://hooks.example.org/T0/path-secret?key=query-secret',
  signingSecret: 'signing-secret',
};
const SECRETS = /path-secret|query-secret|signing-secret/;
const notification = (channelId: string): Notification<string> => ({
  key: 'k',
  severity: 'critical',
  channelIds: [channelId],
  template: (text) => ({ subject: text, text, html: text, link: 'l', data: {} }),
  data: 'revenue fell',
});

describeDatabases('notification routes', ({ open }) => {
  async function world() {
    const db = await open({ ...testNotifyMigrations, ...auditMigrations });
    const test = await openTestNotify(db);
    const audit = createAudit({ db, clock: test.time.clock });
    const http = await openTestHttp({
      permissions: { ...alertsPermissions, ...notifyPermissions },
      routes: [
        notifyRoutes({ notifier: test.notifier, audit, publicUrl: () => 'https://k.example' }),
      ],
    });
    onTestFinished(() => http.close());
    return { ...test, http, audit, operator: http.as('operator'), viewer: http.as('viewer') };
  }

  it('keep channels and never show their secrets, in replies, lists or the audit log', async () => {
    const { operator, viewer, audit, notifier } = await world();
    const made = await operator.post('/api/channels', webhook);
    const { address: _address, signingSecret: _secret, ...open } = webhook;
    expect(made).toMatchObject({
      status: 201,
      body: { ...open, target: 'hooks.example.org', options: {} },
    });
    const url = `/api/channels/${made.body.id}`;
    const changed = await operator.put(url, {
      ...webhook,
      name: 'Night shift',
      signingSecret: '',
      address: 'https://other.example.org/new-path-secret',
    });
    const list = await viewer.get('/api/channels');
    expect(list.body.items).toEqual([changed.body]);
    const { items } = await audit.list({ limit: 10 });
    expect(items.map(({ action }) => action).sort()).toEqual(['channel.change', 'channel.create']);
    expect(JSON.stringify([made, changed, list, items])).not.toMatch(SECRETS);
    const stored = await notifier.channels.read(made.body.id);
    expect(notifier.channels.openOptions(stored!)).toEqual({
      address: 'https://other.example.org/new-path-secret',
      signingSecret: 'signing-secret',
    });
    expect((await operator.delete(url)).status).toBe(200);
    expect(await operator.delete(url)).toMatchObject({
      body: { code: 'NOTIFY_CHANNEL_NOT_FOUND' },
    });
  });

  describe('ask for a permission', () => {
    it.each<[string, string, unknown, readonly CastMember[]]>([
      ['GET', '/api/channels', undefined, ['viewer', 'analyst', 'operator', 'administrator']],
      ['GET', '/api/deliveries', undefined, ['viewer', 'analyst', 'operator', 'administrator']],
      ['POST', '/api/channels', webhook, ['operator', 'administrator']],
      ['PUT', '/api/channels/:id', webhook, ['operator', 'administrator']],
      ['POST', '/api/channels/:id/test', undefined, ['operator', 'administrator']],
      ['POST', '/api/deliveries/:delivery/retry', undefined, ['operator', 'administrator']],
      ['DELETE', '/api/channels/:id', undefined, ['operator', 'administrator']],
    ])('%s %s', async (method, path, payload, allowed) => {
      const { http, notifier, channel, queue, outbox } = await world();
      for (const member of [
        'outsider',
        'viewer',
        'analyst',
        'operator',
        'administrator',
      ] as const) {
        const { id } = await channel();
        await notifier.notify(notification(id));
        outbox.answer = () => {
          throw notifyErrors.NOTIFY_WEBHOOK_REFUSED();
        };
        await queue.run();
        outbox.answer = () => {};
        const [delivery] = (await notifier.deliveries.page({ limit: 1 })).items;
        const url = path.replace(':id', id).replace(':delivery', delivery!.id);
        const caller = http.as(member);
        const { status } = await (method === 'GET'
          ? caller.get(url)
          : caller[method.toLowerCase() as 'post' | 'put' | 'delete'](url, payload));
        const refused = member === 'outsider' ? 401 : 403;
        const ok = method === 'POST' && payload === webhook ? 201 : 200;
        expect([member, status]).toEqual([member, allowed.includes(member) ? ok : refused]);
      }
    });
  });

  it.each([
    ['an unknown kind', { kind: 'pigeon' }],
    ['an address that is none', { address: 'hooks.example.org' }],
    ['an address of another protocol', { address: 'file:///etc/passwd' }],
    ['quiet hours that no clock shows', { quietHours: { from: '24:00', to: '07:60' } }],
    ['no name', { name: '' }],
  ])('refuse a channel with %s, without repeating its secrets', async (_what, change) => {
    const { operator } = await world();
    const reply = await operator.post('/api/channels', { ...webhook, ...change });
    expect(reply).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
    expect(JSON.stringify(reply)).not.toMatch(SECRETS);
    expect((await operator.get('/api/channels')).body.items).toEqual([]);
  });

  it('send a test message and say why it did not arrive', async () => {
    const { operator, outbox, channel, audit } = await world();
    const { id } = await channel();
    expect((await operator.post(`/api/channels/${id}/test`)).body).toEqual({ ok: true });
    expect(outbox.sent[0]?.message).toMatchObject({ link: 'https://k.example' });
    outbox.answer = () => {
      throw notifyErrors.NOTIFY_WEBHOOK_REFUSED({ host: 'hooks.example.org', status: 410 });
    };
    expect(await operator.post(`/api/channels/${id}/test`)).toMatchObject({
      status: 422,
      body: { code: 'NOTIFY_TEST_FAILED', detail: expect.stringContaining('answered 410') },
    });
    expect((await audit.list({ limit: 5 })).items).toMatchObject([
      { action: 'channel.test' },
      { action: 'channel.test' },
    ]);
  });

  it('list what was sent where, and send again what failed', async () => {
    const { operator, viewer, notifier, channel, queue, outbox } = await world();
    const { id } = await channel();
    outbox.answer = () => {
      throw notifyErrors.NOTIFY_WEBHOOK_REFUSED({ host: 'hooks.example.org', status: 410 });
    };
    await notifier.notify(notification(id));
    await queue.run();
    const failed = await viewer.get('/api/deliveries');
    expect(failed.body).toMatchObject({
      items: [
        {
          channelId: id,
          channelName: 'Operations',
          kind: 'webhook',
          subject: 'revenue fell',
          state: 'failed',
          attempts: 1,
          reason: 'hooks.example.org answered 410. Check the address of the webhook.',
          sentAt: null,
        },
      ],
      nextCursor: null,
    });
    outbox.answer = () => {};
    const url = `/api/deliveries/${failed.body.items[0].id}/retry`;
    expect((await operator.post(url)).status).toBe(200);
    await queue.run();
    expect((await viewer.get('/api/deliveries')).body.items).toMatchObject([
      { state: 'sent', attempts: 2, reason: null },
    ]);
    expect(await operator.post(url)).toMatchObject({
      status: 409,
      body: { code: 'NOTIFY_DELIVERY_SENT' },
    });
  });
});
