import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChannelKind, RenderedMessage } from '../../channel.ts';
import { type Behaviour, type ChannelWorld, describeChannel } from '../channel.conformance.ts';
import { createWebhookChannel } from './channel.ts';

const message: RenderedMessage = {
  id: '01hzy',
  severity: 'critical',
  locale: 'ja',
  subject: '売上高が下限を下回りました',
  text: 'text',
  html: '<p>text</p>',
  link: 'http://localhost/alerts/1',
  data: { type: 'alert', id: 'not the delivery' },
};
const signal = new AbortController().signal;
const channel = createWebhookChannel({
  allowPrivate: true,
  clock: { now: () => 1_700_000_000_500 },
});

async function listen(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const received: { request: IncomingMessage; body: string }[] = [];
  const reached = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ request, body });
      reached.resolve();
      answer(response, request);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    received,
    reached: reached.promise,
    port,
    address: `http://127.0.0.1:${port}/path-secret?key=query-secret`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const STATUS = { accepts: 204, 'refuses-for-good': 404, 'refuses-for-now': 503 } as const;

describeChannel('the webhook channel', {
  async open(behaviour: Behaviour): Promise<ChannelWorld> {
    const server = await listen((response) => {
      if (behaviour !== 'slow') response.writeHead(STATUS[behaviour]).end();
    });
    return {
      ...server,
      ...worldOf(server.address),
      received: () => (behaviour === 'accepts' ? server.received.map(({ body }) => body) : []),
    };
  },
  async unreachable() {
    const server = await listen(() => {});
    await server.close();
    return { ...server, ...worldOf(server.address), received: () => [], close: async () => {} };
  },
});

function worldOf(address: string) {
  return {
    channel: channel as ChannelKind,
    options: { address, signingSecret: 'signing-secret' },
    secrets: ['path-secret', 'query-secret', 'signing-secret'],
  };
}

describe('the webhook channel', () => {
  let server: Awaited<ReturnType<typeof listen>> | undefined;
  afterEach(() => server?.close());
  const open = async (answer: (response: ServerResponse) => void) => {
    server = await listen(answer);
    return server;
  };

  it('posts the message as JSON, signed over time and body', async () => {
    const { received, address } = await open((response) => response.writeHead(204).end());
    await channel.send({ address, signingSecret: 's3cret' }, message, signal);
    const { request, body } = received[0]!;
    expect(request.method).toBe('POST');
    expect(JSON.parse(body)).toEqual({
      id: '01hzy',
      severity: 'critical',
      subject: message.subject,
      text: 'text',
      link: message.link,
      type: 'alert',
    });
    const mac = createHmac('sha256', 's3cret').update(`1700000000.${body}`).digest('hex');
    expect(request.headers['kizashi-signature']).toBe(`t=1700000000,v1=${mac}`);
    expect(request.headers['kizashi-delivery']).toBe('01hzy');
  });

  it('is not signed without a signing secret', async () => {
    const { received, address } = await open((response) => response.writeHead(204).end());
    await channel.send({ address }, message, signal);
    expect(received[0]?.request.headers['kizashi-signature']).toBeUndefined();
  });

  it.each([
    [200, 'delivered'],
    [202, 'delivered'],
    [408, 'later'],
    [429, 'later'],
    [500, 'later'],
    [599, 'later'],
    [301, 'never'],
    [302, 'never'],
    [400, 'never'],
    [401, 'never'],
    [410, 'never'],
  ])('takes an answer of %i for: %s, and follows no redirect', async (status, outcome) => {
    const { received, address } = await open((response) =>
      response.writeHead(status, { location: `http://127.0.0.1:${server?.port}/elsewhere` }).end(),
    );
    const sending = channel.send({ address }, message, signal);
    if (outcome === 'delivered') await sending;
    else await expect(sending).rejects.toMatchObject({ retryable: outcome === 'later' });
    expect(received).toHaveLength(1);
  });

  it('names host and cause when nobody answers', async () => {
    const { address, port } = await open(() => {});
    await server?.close();
    await expect(channel.send({ address }, message, signal)).rejects.toMatchObject({
      message: `127.0.0.1:${port} cannot be reached (ECONNREFUSED). Check the address of the webhook and that its server runs.`,
    });
  });

  it('waits for no body: one without end is left', async () => {
    const gone = Promise.withResolvers<void>();
    const { address } = await open((response) => {
      response.writeHead(200).write('and so on');
      response.on('close', () => gone.resolve());
    });
    await channel.send({ address }, message, signal);
    await gone.promise;
  });

  it('does not fail when the receiver breaks off after its answer', async () => {
    const { address } = await open((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('cut', () => response.destroy());
    });
    await channel.send({ address }, message, signal);
  });
});
