import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { silentLog } from '../../testing/databases.ts';
import { createFakeTime, type FakeTime } from '../../testing/fake-time.ts';
import type { Principal } from '../http/principal.ts';
import type { ServerMessage } from './contract.ts';
import { attachHub, type Hub } from './hub.ts';
import type { WsLimits } from './limits.ts';
import { createMemoryMessages } from './memory-messages.ts';
import type { Messages } from './messages.ts';

const topics = [
  { name: 'tasks', permission: 'tasks.read' },
  { name: 'alerts', permission: 'alerts.read' },
];

function principal(name: string, rest: Partial<Principal> = {}): Principal {
  return {
    userId: name,
    email: `${name}@example.org`,
    locale: 'en',
    role: 'viewer',
    permissions: new Set(['tasks.read']),
    via: 'session',
    credentialId: `session-${name}`,
    actor: `${name}@example.org`,
    ...rest,
  };
}

/** Waits until `check` holds, looking after each turn of the event loop. */
async function eventually(check: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setImmediate(resolve));
}

class Client {
  readonly socket: WebSocket;
  readonly #messages: ServerMessage[] = [];
  readonly #waiting: ((message: ServerMessage) => void)[] = [];
  readonly closed: Promise<number>;
  pongs = 0;

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = once(socket, 'close').then(([code]) => code as number);
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as ServerMessage;
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#messages.push(message);
      else waiting(message);
    });
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  next(): Promise<ServerMessage> {
    const message = this.#messages.shift();
    if (message !== undefined) return Promise.resolve(message);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async subscribe(topic: string, from: object = {}): Promise<ServerMessage> {
    this.send({ type: 'subscribe', topic, ...from });
    return this.next();
  }
}

describe('the live hub', () => {
  const people = new Map<string, Principal>();
  let time: FakeTime;
  let server: Server;
  let messages: Messages;
  let registry: Registry;
  let hub: Hub;
  let url: string;
  let lookups: number;

  async function open(limits: Partial<WsLimits> = {}): Promise<void> {
    time = createFakeTime();
    server = createServer();
    messages = createMemoryMessages({ clock: time.clock, log: silentLog });
    registry = new Registry();
    lookups = 0;
    hub = attachHub({
      server,
      config: { url: undefined },
      topics,
      messages,
      principalOf: async ({ headers }) => {
        lookups += 1;
        return people.get(headers.cookie ?? headers.authorization ?? '');
      },
      registry,
      log: silentLog,
      after: time.after,
      limits,
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/api/live`;
  }

  function connect(cookie: string, headers: Record<string, string> = {}): WebSocket {
    const origin = url.replace('ws:', 'http:').replace('/api/live', '');
    return new WebSocket(url, { headers: { cookie, origin, ...headers } });
  }

  async function join(cookie: string): Promise<Client> {
    const socket = connect(cookie);
    const client = new Client(socket);
    await once(socket, 'open');
    return client;
  }

  async function refusal(socket: WebSocket): Promise<{ status: number; code: string }> {
    const [, response] = await once(socket, 'unexpected-response');
    let body = '';
    for await (const chunk of response) body += chunk;
    return { status: response.statusCode, code: JSON.parse(body).code };
  }

  const metric = async (name: string) =>
    (await registry.getMetricsAsJSON())
      .find((one) => one.name === name)
      ?.values.reduce((sum, { value }) => sum + value, 0);

  beforeEach(async () => {
    people.clear();
    people.set('ann', principal('ann'));
    people.set('ben', principal('ben', { locale: 'ja' }));
    await open();
  });
  afterEach(async () => {
    await hub.stop();
    server.close();
  });

  describe('letting in', () => {
    it('refuses who is not signed in, another site, and another address', async () => {
      expect(await refusal(connect('nobody'))).toEqual({ status: 401, code: 'AUTH_REQUIRED' });
      expect(await refusal(connect('ann', { origin: 'https://evil.example' }))).toEqual({
        status: 403,
        code: 'CROSS_SITE_REFUSED',
      });
      const without = new WebSocket(url, { headers: { cookie: 'ann' } });
      expect((await refusal(without)).code).toBe('CROSS_SITE_REFUSED');
      expect((await refusal(new WebSocket(`${url}/other`))).status).toBe(404);
    });

    it('takes a token from anywhere: no browser sends it by itself', async () => {
      people.set('Bearer kzs_1', principal('robot', { via: 'token' }));
      const socket = new WebSocket(url, { headers: { authorization: 'Bearer kzs_1' } });
      await once(socket, 'open');
      expect(await new Client(socket).subscribe('tasks')).toMatchObject({ type: 'subscribed' });
    });

    it('limits the connections of one user, not of others', async () => {
      await hub.stop();
      server.close();
      await open({ connectionsPerUser: 2 });
      const [first] = [await join('ann'), await join('ann')];
      expect(await refusal(connect('ann'))).toEqual({ status: 429, code: 'WS_CONNECTIONS_FULL' });
      await join('ben');
      expect(await metric('kizashi_ws_connections')).toBe(3);
      first.socket.close();
      await first.closed;
      await eventually(async () => (await metric('kizashi_ws_connections')) === 2);
      await join('ann');
    });
  });

  describe('topics', () => {
    it('brings what is published from then on', async () => {
      await messages.publish('tasks', 'before');
      const ann = await join('ann');
      const { epoch } = await messages.position('tasks');
      expect(await ann.subscribe('tasks')).toEqual({
        type: 'subscribed',
        topic: 'tasks',
        epoch,
        offset: 1,
        complete: true,
      });
      await messages.publish('tasks', { id: 'job' });
      expect(await ann.next()).toEqual({
        type: 'message',
        topic: 'tasks',
        epoch,
        offset: 2,
        at: time.clock.now(),
        body: { id: 'job' },
      });
      expect(await metric('kizashi_ws_messages_total')).toBe(1);
      ann.send({ type: 'unsubscribe', topic: 'tasks' });
      ann.send({ type: 'ping' });
      expect(await ann.next()).toEqual({ type: 'pong' });
      await messages.publish('tasks', 'unheard');
      ann.send({ type: 'ping' });
      expect(await ann.next()).toEqual({ type: 'pong' });
    });

    it('replays what a reader missed, and says when it cannot', async () => {
      const { epoch } = await messages.position('tasks');
      for (const n of [1, 2, 3]) await messages.publish('tasks', n);
      const ann = await join('ann');
      expect(await ann.subscribe('tasks', { epoch, offset: 1 })).toMatchObject({
        offset: 1,
        complete: true,
      });
      await messages.publish('tasks', 4);
      const bodies = [await ann.next(), await ann.next(), await ann.next()];
      expect(bodies).toMatchObject([{ body: 2 }, { body: 3 }, { body: 4 }]);

      const ben = await join('ben');
      expect(await ben.subscribe('tasks', { epoch: 'older', offset: 1 })).toMatchObject({
        epoch,
        offset: 4,
        complete: false,
      });
      await messages.publish('tasks', 5);
      expect(await ben.next()).toMatchObject({ body: 5, offset: 5 });
    });

    it('loses and repeats nothing that is published while it looks up the beginning', async () => {
      const { epoch } = await messages.position('tasks');
      for (const n of [1, 2]) await messages.publish('tasks', n);
      const replay = messages.replay.bind(messages);
      const asked = Promise.withResolvers<void>();
      const answer = Promise.withResolvers<void>();
      messages.replay = async (...from) => {
        asked.resolve();
        await answer.promise;
        return replay(...from);
      };
      const ann = await join('ann');
      const subscribed = ann.subscribe('tasks', { epoch, offset: 0 });
      await asked.promise;
      await messages.publish('tasks', 3);
      answer.resolve();
      await subscribed;
      await messages.publish('tasks', 4);
      const offsets: unknown[] = [];
      for (let n = 0; n < 4; n++) offsets.push(await ann.next());
      expect(offsets).toMatchObject([{ offset: 1 }, { offset: 2 }, { offset: 3 }, { offset: 4 }]);
    });

    it('refuses topics that are unknown or not allowed, in the words of the user', async () => {
      const [ann, ben] = [await join('ann'), await join('ben')];
      expect(await ann.subscribe('nothing')).toMatchObject({
        type: 'error',
        code: 'WS_TOPIC_UNKNOWN',
        topic: 'nothing',
      });
      expect(await ben.subscribe('alerts')).toMatchObject({
        code: 'WS_TOPIC_FORBIDDEN',
        detail: expect.stringContaining('権限 alerts.read'),
      });
    });

    it('refuses what it does not understand, and more topics than one connection may have', async () => {
      await hub.stop();
      server.close();
      await open({ subscriptions: 1 });
      people.set('ann', principal('ann', { permissions: new Set(['tasks.read', 'alerts.read']) }));
      const ann = await join('ann');
      for (const wrong of ['{', '{"type":"shout"}', '[]', { type: 'subscribe', topic: 7 }]) {
        ann.send(wrong);
        expect(await ann.next()).toMatchObject({ code: 'WS_MESSAGE_INVALID' });
      }
      expect(await ann.subscribe('tasks')).toMatchObject({ type: 'subscribed' });
      expect(await ann.subscribe('tasks')).toMatchObject({ type: 'subscribed' });
      expect(await ann.subscribe('alerts')).toMatchObject({ code: 'WS_SUBSCRIPTIONS_FULL' });
    });

    it('asks the reader to come back later when the carrier is away', async () => {
      messages.position = async () => Promise.reject(new Error('away'));
      const ann = await join('ann');
      ann.send({ type: 'subscribe', topic: 'tasks' });
      expect(await ann.closed).toBe(1013);
    });
  });

  describe('bounds', () => {
    it('closes a connection that sends too much or too often', async () => {
      const [large, often] = [await join('ann'), await join('ann')];
      large.send('x'.repeat(5_000));
      expect(await large.closed).toBe(1009);
      for (let n = 0; n <= 300; n++) often.send({ type: 'ping' });
      expect(await often.closed).toBe(1008);
    });

    it('tells a reader that was too slow to load afresh, and keeps the others going', async () => {
      await hub.stop();
      server.close();
      await open({ slowBytes: 100_000, stuckBytes: 1e9 });
      const [ann, ben] = [await join('ann'), await join('ben')];
      await ann.subscribe('tasks');
      await ben.subscribe('tasks');
      ann.socket.pause();
      const body = 'x'.repeat(100_000);
      let published = 0;
      while (((await metric('kizashi_ws_dropped_total')) ?? 0) < 3) {
        await messages.publish('tasks', body);
        published += 1;
        expect(await ben.next()).toMatchObject({ offset: published });
      }
      ann.socket.resume();
      let last = 0;
      for (;;) {
        const message = await ann.next();
        if (message.type === 'message') expect(message.offset).toBe(++last);
        else {
          expect(message).toMatchObject({ type: 'subscribed', complete: false, offset: published });
          break;
        }
      }
      expect(last).toBeLessThan(published);
      await messages.publish('tasks', 'small');
      expect(await ann.next()).toMatchObject({ body: 'small', offset: published + 1 });
    });

    it('closes a reader that takes nothing at all', async () => {
      await hub.stop();
      server.close();
      await open({ slowBytes: 1e9, stuckBytes: 2_000_000 });
      const ann = await join('ann');
      await ann.subscribe('tasks');
      ann.socket.pause();
      let open_ = true;
      void ann.closed.then(() => (open_ = false));
      const body = 'x'.repeat(1_000_000);
      for (let n = 0; n < 40; n++) await messages.publish('tasks', body);
      ann.socket.resume();
      await eventually(() => !open_);
      expect(await ann.closed).toBe(1013);
    });
  });

  describe('time', () => {
    it('drops a connection whose other side does not answer', async () => {
      const [ann, ben] = [await join('ann'), await join('ben')];
      ben.socket.on('ping', () => {
        ben.pongs += 1;
      });
      ann.socket.pause();
      time.advance(30_000);
      await eventually(() => ben.pongs === 1);
      ben.send({ type: 'ping' });
      await ben.next();
      await eventually(() => lookups === 4);
      time.advance(30_000);
      await eventually(async () => (await metric('kizashi_ws_connections')) === 1);
      ann.socket.resume();
      expect(await ann.closed).toBe(1006);
      expect(ben.socket.readyState).toBe(WebSocket.OPEN);
    });

    it('closes connections whose session ended, and topics that are no longer allowed', async () => {
      const [ann, ben] = [await join('ann'), await join('ben')];
      await ben.subscribe('tasks');
      people.delete('ann');
      people.set('ben', principal('ben', { permissions: new Set() }));
      time.advance(30_000);
      expect(await ann.closed).toBe(1008);
      expect(await ben.next()).toMatchObject({ type: 'error', code: 'WS_TOPIC_FORBIDDEN' });
      await messages.publish('tasks', 'secret');
      ben.send({ type: 'ping' });
      expect(await ben.next()).toEqual({ type: 'pong' });
    });

    it('looks a session up once for all its connections', async () => {
      await join('ann');
      await join('ann');
      await join('ann');
      expect(lookups).toBe(3);
      time.advance(30_000);
      await eventually(() => lookups > 3);
      expect(lookups).toBe(4);
    });

    it('says goodbye when it stops, and lets nobody in any more', async () => {
      const ann = await join('ann');
      const stopped = hub.stop();
      expect(await refusal(connect('ann'))).toMatchObject({ status: 503 });
      await stopped;
      expect(await ann.closed).toBe(1001);
    });
  });
});
