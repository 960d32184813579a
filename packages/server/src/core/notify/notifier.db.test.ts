import { describe, expect, it } from 'vitest';
import { describeDatabases } from '../../testing/databases.ts';
import { openTestNotify, testNotifyMigrations } from '../../testing/notify.ts';
import { authErrors } from '../auth/errors.ts';
import { toJson } from '../db/columns.ts';
import { notifyErrors } from './errors.ts';
import type { Notification } from './notifier.ts';
import type { NotifyTables } from './tables.ts';

const MINUTE = 60_000;
const minutes = (count: number) => count * MINUTE;

const about = (key: string, ...channelIds: string[]): Notification<string> => ({
  key,
  severity: 'warning',
  channelIds,
  template: (text, locale) => ({
    subject: `${locale}: ${text}`,
    text,
    html: `<p>${text}</p>`,
    link: 'https://kizashi.example/alerts/1',
    data: { type: 'alert' },
  }),
  data: 'revenue fell',
});

describeDatabases('the notifier', ({ open }) => {
  const world = async (options?: Parameters<typeof openTestNotify>[1]) => {
    const db = await open(testNotifyMigrations);
    const query = db.query.withTables<NotifyTables>();
    const test = await openTestNotify(db, options);
    return {
      ...test,
      query,
      only: async () => query.selectFrom('core_deliveries').selectAll().executeTakeFirstOrThrow(),
    };
  };

  describe('delivers', () => {
    it('to each channel in its language, under one id that the receiver sees', async () => {
      const { notifier, queue, outbox, channel } = await world();
      const english = await channel();
      const japanese = await channel({ locale: 'ja' });
      await notifier.notify(about('k', english.id, japanese.id));
      await queue.run();
      const subjects = outbox.sent.map(({ message }) => message.subject);
      expect(subjects.sort()).toEqual(['en: revenue fell', 'ja: revenue fell']);
      const { items } = await notifier.deliveries.page({ limit: 10 });
      expect(items.map(({ id }) => id).sort()).toEqual(
        outbox.sent.map(({ message }) => message.id).sort(),
      );
      expect(items.every(({ state, attempts }) => state === 'sent' && attempts === 1)).toBe(true);
    });

    it('once per key, however often and by however many it is asked', async () => {
      const { notifier, queue, outbox, channel, process } = await world();
      const { id } = await channel();
      const other = await process();
      await Promise.all(
        [notifier, other.notifier, notifier, other.notifier].map((one) =>
          one.notify(about('k', id)),
        ),
      );
      await Promise.all([queue.run(), other.queue.run()]);
      await notifier.notify(about('k', id));
      await queue.run();
      expect(outbox.sent).toHaveLength(1);
      await notifier.notify(about('another key', id));
      await queue.run();
      expect(outbox.sent).toHaveLength(2);
    });

    it('from one process at a time', async () => {
      const { notifier, queue, outbox, channel, process, only } = await world();
      const { id } = await channel();
      const other = await process();
      await notifier.notify(about('k', id));
      await other.notifier.notify(about('k', id));
      const sending = Promise.withResolvers<void>();
      const allowed = Promise.withResolvers<void>();
      outbox.answer = () => {
        sending.resolve();
        return allowed.promise;
      };
      const first = queue.run();
      await sending.promise;
      await other.queue.run();
      await other.queue.runScheduled('core.deliver-due');
      await other.queue.run();
      expect(outbox.sent).toHaveLength(0);
      allowed.resolve();
      await first;
      expect(outbox.sent).toHaveLength(1);
      expect(await only()).toMatchObject({ state: 'sent', attempts: 1 });
    });

    it('hundreds that wait, each once', async () => {
      const { notifier, queue, outbox, channel, query, time } = await world();
      const { id: channelId } = await channel();
      await notifier.notify(about('k', channelId));
      queue.forget();
      const row = await query.selectFrom('core_deliveries').selectAll().executeTakeFirstOrThrow();
      const rows = Array.from({ length: 1_100 }, (_, i) => ({
        ...row,
        id: `${row.id.slice(0, 20)}${String(i).padStart(6, '0')}`,
        dedupe_key: `k${i}`,
      }));
      await query.insertInto('core_deliveries').values(rows.slice(0, 550)).execute();
      await query.insertInto('core_deliveries').values(rows.slice(550)).execute();
      time.advance(minutes(1));
      await queue.runScheduled('core.deliver-due');
      expect(queue.waiting).toHaveLength(1_101);
      expect(outbox.sent).toHaveLength(0);
    });
  });

  describe('when sending fails', () => {
    it('tries again under the same id what may pass, and says why it has not gone yet', async () => {
      const { notifier, queue, outbox, channel, only } = await world();
      await notifier.notify(about('k', (await channel()).id));
      outbox.answer = () => {
        throw notifyErrors.NOTIFY_WEBHOOK_DEFERRED({ host: 'hooks.example.org', status: 503 });
      };
      await queue.run();
      expect(await only()).toMatchObject({
        state: 'waiting',
        attempts: 1,
        reason: toJson({
          code: 'NOTIFY_WEBHOOK_DEFERRED',
          en: 'hooks.example.org answered 503 and may accept the message later.',
          ja: 'hooks.example.org が 503 を返しました。後で受け付けられる可能性があります。',
        }),
      });
      outbox.answer = () => {};
      await queue.run();
      const row = await only();
      expect(row).toMatchObject({ state: 'sent', attempts: 2, reason: null });
      expect(outbox.sent[0]?.message.id).toBe(row.id);
    });

    it('gives up after the last attempt, and starts afresh when a person asks for it', async () => {
      const { notifier, queue, outbox, channel, only } = await world();
      await notifier.notify(about('k', (await channel()).id));
      outbox.answer = () => {
        throw notifyErrors.NOTIFY_SMTP_UNREACHABLE({ code: 'ECONNREFUSED' });
      };
      for (let i = 0; i < 5; i++) expect(await queue.run()).toEqual([]);
      expect(await only()).toMatchObject({ state: 'waiting', attempts: 5 });
      expect(await queue.run()).toEqual(['core.deliver']);
      const { id, ...row } = await only();
      expect(row).toMatchObject({ state: 'failed', attempts: 6 });
      await queue.runScheduled('core.deliver-due');
      expect(queue.waiting).toEqual([]);

      outbox.answer = () => {};
      await notifier.retry(id);
      await queue.run();
      expect(await only()).toMatchObject({ state: 'sent', attempts: 7, reason: null });
      await expect(notifier.retry(id)).rejects.toMatchObject({ code: 'NOTIFY_DELIVERY_SENT' });
      await expect(notifier.retry('nobody')).rejects.toMatchObject({
        code: 'NOTIFY_DELIVERY_NOT_FOUND',
      });
    });

    it('does not try again what was refused for good', async () => {
      const { notifier, queue, outbox, channel, only } = await world();
      await notifier.notify(about('k', (await channel()).id));
      outbox.answer = () => {
        throw notifyErrors.NOTIFY_WEBHOOK_REFUSED({ host: 'hooks.example.org', status: 404 });
      };
      expect(await queue.run()).toEqual([]);
      expect(queue.waiting).toEqual([]);
      expect(await only()).toMatchObject({ state: 'failed', attempts: 1 });
    });

    it('tries again after an error nobody foresaw, without showing its words', async () => {
      const { notifier, queue, outbox, channel, only } = await world();
      await notifier.notify(about('k', (await channel()).id));
      outbox.answer = () => {
        throw new TypeError('cannot read signing-secret');
      };
      await queue.run();
      const row = await only();
      expect(row.state).toBe('waiting');
      expect(row.reason).toContain('NOTIFY_SEND_FAILED');
      expect(row.reason).not.toContain('signing-secret');
      expect(queue.waiting).toHaveLength(1);
    });

    it('fails with what to do when the stored secret cannot be opened, and still lists the channel', async () => {
      const { notifier, queue, channel, only } = await world({
        sealer: {
          seal: () => 'sealed with a key that is gone',
          open() {
            throw authErrors.AUTH_SEALED_UNREADABLE();
          },
        },
      });
      await notifier.notify(about('k', (await channel()).id));
      await queue.run();
      expect(await only()).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('enter the secret again'),
      });
      expect((await notifier.channels.list()).map(({ target }) => target)).toEqual([
        'hooks.example.org',
      ]);
    });
  });

  describe('after a crash', () => {
    it('between the row and its job: the sweep makes the job', async () => {
      const { notifier, queue, outbox, channel } = await world();
      await notifier.notify(about('k', (await channel()).id));
      queue.forget();
      await queue.runScheduled('core.deliver-due');
      await queue.run();
      expect(outbox.sent).toHaveLength(1);
    });

    it('while sending: goes out again under the same id, though not before the claim has run out', async () => {
      const { notifier, queue, outbox, channel, process, time, only } = await world();
      await notifier.notify(about('k', (await channel()).id));
      const sending = Promise.withResolvers<string>();
      outbox.answer = ({ id }) => {
        sending.resolve(id);
        return new Promise(() => {});
      };
      void queue.run();
      const id = await sending.promise;

      outbox.answer = () => {};
      const next = await process();
      await next.queue.enqueue('core.deliver', { id }, { key: id });
      await next.queue.run();
      await next.queue.runScheduled('core.deliver-due');
      expect(next.queue.waiting).toEqual([]);
      expect(outbox.sent).toEqual([]);

      time.advance(minutes(1));
      await next.queue.runScheduled('core.deliver-due');
      await next.queue.run();
      expect(outbox.sent.map(({ message }) => message.id)).toEqual([id]);
      expect(await only()).toMatchObject({ state: 'sent', attempts: 2 });
    });

    it('or a stop: a delivery that was cut off waits on, without a failed attempt', async () => {
      const { notifier, queue, outbox, channel, only } = await world();
      await notifier.notify(about('k', (await channel()).id));
      const stop = new AbortController();
      outbox.answer = (_message, signal) => {
        const cut = new Promise<void>((_, reject) => {
          signal.addEventListener('abort', () =>
            reject(notifyErrors.NOTIFY_WEBHOOK_UNREACHABLE({ host: 'h', code: 'timeout' })),
          );
        });
        stop.abort();
        return cut;
      };
      await queue.run(stop.signal);
      expect(await only()).toMatchObject({ state: 'waiting', attempts: 0, reason: null });
      outbox.answer = () => {};
      await queue.runScheduled('core.deliver-due');
      await queue.run();
      expect(outbox.sent).toHaveLength(1);
    });
  });

  describe('in quiet hours', () => {
    // It is 21:00 in Tokyo.
    const quietHours = { from: '20:00', to: '07:00' };
    const HOURS_TO_SEVEN = 10;

    it('holds a message until they end', async () => {
      const { notifier, queue, outbox, channel, time, only } = await world();
      await notifier.notify(about('k', (await channel({ quietHours })).id));
      await queue.run();
      expect(await only()).toMatchObject({
        state: 'waiting',
        attempts: 0,
        send_at: time.clock.now() + HOURS_TO_SEVEN * minutes(60),
      });
      time.advance(HOURS_TO_SEVEN * minutes(60) - 1);
      await queue.runScheduled('core.deliver-due');
      expect(queue.waiting).toEqual([]);
      time.advance(1);
      await queue.runScheduled('core.deliver-due');
      await queue.run();
      expect(outbox.sent).toHaveLength(1);
    });

    it('lets a critical one through', async () => {
      const { notifier, queue, outbox, channel } = await world();
      const { id } = await channel({ quietHours });
      await notifier.notify({ ...about('k', id), severity: 'critical' });
      await queue.run();
      expect(outbox.sent).toHaveLength(1);
    });

    it('holds what was accepted before they began and could not be sent then', async () => {
      const { notifier, queue, outbox, channel, time } = await world();
      const later = { from: '21:30', to: '07:00' };
      await notifier.notify(about('k', (await channel({ quietHours: later })).id));
      outbox.answer = () => {
        throw notifyErrors.NOTIFY_WEBHOOK_DEFERRED();
      };
      await queue.run();
      outbox.answer = () => {};
      time.advance(minutes(45));
      await queue.run();
      expect(outbox.sent).toEqual([]);
      time.advance(HOURS_TO_SEVEN * minutes(60));
      await queue.runScheduled('core.deliver-due');
      await queue.run();
      expect(outbox.sent).toHaveLength(1);
    });

    it('does not take the time that passes while it looks for them', async () => {
      const { notifier, queue, outbox, channel, settings, time } = await world();
      const { get } = settings;
      settings.get = () => {
        time.advance(5);
        return get();
      };
      const morning = { from: '06:00', to: '07:00' };
      await notifier.notify(about('k', (await channel({ quietHours: morning })).id));
      await queue.run();
      expect(outbox.sent).toHaveLength(1);
    });

    it('means those of the organisation’s zone', async () => {
      const { notifier, queue, outbox, channel } = await world({ timeZone: 'Europe/Berlin' });
      await notifier.notify(about('k', (await channel({ quietHours })).id));
      await queue.run();
      expect(outbox.sent).toHaveLength(1);
    });
  });

  describe('to a channel that is off', () => {
    it('notes what was not sent, and sends it when asked after it was switched on', async () => {
      const { notifier, queue, outbox, channel, only } = await world();
      const row = await channel({ enabled: false });
      await notifier.notify(about('k', row.id));
      expect(queue.waiting).toEqual([]);
      const { id, state, reason } = await only();
      expect(state).toBe('suppressed');
      expect(reason).toContain('NOTIFY_CHANNEL_OFF');
      await notifier.channels.update(row.id, {
        kind: 'webhook',
        name: row.name,
        enabled: true,
        locale: 'en',
        quietHours: null,
        address: '',
      });
      await notifier.retry(id);
      await queue.run();
      expect(outbox.sent.map(({ to }) => to)).toEqual(['https://hooks.example.org/T0/path-secret']);
    });

    it('sends nothing when it was switched off or removed after the message was accepted', async () => {
      const { notifier, queue, outbox, channel, query } = await world();
      const [off, gone] = [await channel(), await channel()];
      await notifier.notify(about('k', off.id, gone.id, 'never-there'));
      await query
        .updateTable('core_channels')
        .set({ enabled: 0 })
        .where('id', '=', off.id)
        .execute();
      await notifier.channels.remove(gone.id);
      await queue.run();
      expect(outbox.sent).toEqual([]);
      const { items } = await notifier.deliveries.page({ limit: 10 });
      expect(items.map(({ state, attempts }) => [state, attempts])).toEqual([
        ['suppressed', 0],
        ['suppressed', 0],
      ]);
    });

    it('still sends a test message', async () => {
      const { notifier, outbox, channel } = await world();
      const { id } = await channel({ enabled: false, locale: 'ja' });
      await notifier.test(id, 'https://kizashi.example', 'en');
      expect(outbox.sent[0]?.message.subject).toBe('Kizashi テスト通知（Operations）');
      outbox.answer = () => {
        throw notifyErrors.NOTIFY_WEBHOOK_REFUSED({ host: 'hooks.example.org', status: 404 });
      };
      await expect(notifier.test(id, 'https://kizashi.example', 'ja')).rejects.toMatchObject({
        code: 'NOTIFY_TEST_FAILED',
        params: { reason: expect.stringContaining('404 を返しました') },
      });
    });
  });

  it('lists deliveries newest first, page by page, with the names of channels that still exist', async () => {
    const { notifier, channel, time } = await world();
    const { id } = await channel();
    for (const key of ['a', 'b', 'c']) {
      await notifier.notify({ ...about(key, id), data: key });
      time.advance(1);
    }
    const first = await notifier.deliveries.page({ limit: 2 });
    expect(first.items.map(({ subject, name }) => [subject, name])).toEqual([
      ['en: c', 'Operations'],
      ['en: b', 'Operations'],
    ]);
    await notifier.channels.remove(id);
    const second = await notifier.deliveries.page({ limit: 2, cursor: first.nextCursor! });
    expect(second.items.map(({ subject, name }) => [subject, name])).toEqual([['en: a', null]]);
    expect(second.nextCursor).toBeNull();
  });

  describe('its channels', () => {
    const body = {
      kind: 'webhook',
      name: 'Shop',
      enabled: true,
      locale: 'ja',
      quietHours: { from: '22:00', to: '07:00' },
    } as const;

    it('keep their secrets sealed, and keep them when a change leaves them empty', async () => {
      const { notifier, channel, query } = await world();
      const { id } = await channel();
      const changed = await notifier.channels.update(id, { ...body, address: '' });
      expect(notifier.channels.openOptions(changed)).toEqual({
        address: 'https://hooks.example.org/T0/path-secret',
        signingSecret: 'signing-secret',
      });
      const [stored] = await query.selectFrom('core_channels').selectAll().execute();
      expect(stored).toMatchObject({ name: 'Shop', locale: 'ja', target: 'hooks.example.org' });
      expect(JSON.stringify(stored)).not.toMatch(/path-secret|signing-secret/);
    });

    it('take new secrets one by one', async () => {
      const { notifier, channel } = await world();
      const { id } = await channel();
      const changed = await notifier.channels.update(id, {
        ...body,
        address: 'https://other.example.org/x',
      });
      expect(changed.target).toBe('other.example.org');
      expect(notifier.channels.openOptions(changed)).toMatchObject({
        signingSecret: 'signing-secret',
      });
    });

    it('do not change their kind, and say when they are gone', async () => {
      const { notifier, channel } = await world();
      const { id } = await channel();
      const email = { ...body, kind: 'email' as const, to: ['a@example.org'] };
      await expect(notifier.channels.update(id, email)).rejects.toMatchObject({
        code: 'NOTIFY_CHANNEL_KIND_CHANGED',
      });
      await notifier.channels.remove(id);
      const gone = { code: 'NOTIFY_CHANNEL_NOT_FOUND' };
      await expect(notifier.channels.remove(id)).rejects.toMatchObject(gone);
      await expect(notifier.channels.update(id, email)).rejects.toMatchObject(gone);
      await expect(notifier.test(id, 'l', 'en')).rejects.toMatchObject(gone);
    });
  });
});
