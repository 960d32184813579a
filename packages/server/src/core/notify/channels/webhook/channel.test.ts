import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { RenderedMessage } from '../../channel.ts';
import { createWebhookChannel } from './channel.ts';

const message: RenderedMessage = {
  id: '01hzy',
  severity: 'critical',
  locale: 'ja',
  subject: '売上高が下限を下回りました',
  text: 'text',
  html: '<p>text</p>',
  link: 'http://localhost/alerts/1',
  data: { type: 'alert' },
};
const signal = new AbortController().signal;

describe('the webhook channel', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function listen(status: number) {
    const received: { request: IncomingMessage; body: string }[] = [];
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        received.push({ request, body });
        response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end();
      });
    });
    await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    return { received, address: `http://127.0.0.1:${port}/hook?key=k` };
  }

  const channel = createWebhookChannel({
    allowPrivate: true,
    clock: { now: () => 1_700_000_000_500 },
  });

  it('posts the message as JSON, signed over time and body', async () => {
    const { received, address } = await listen(204);
    await channel.send({ address, signingSecret: 's3cret' }, message, signal);
    const { request, body } = received[0]!;
    expect(JSON.parse(body)).toMatchObject({
      id: '01hzy',
      subject: message.subject,
      type: 'alert',
    });
    const mac = createHmac('sha256', 's3cret').update(`1700000000.${body}`).digest('hex');
    expect(request.headers['kizashi-signature']).toBe(`t=1700000000,v1=${mac}`);
    expect(request.headers['kizashi-delivery']).toBe('01hzy');
  });

  it.each([
    [503, true],
    [429, true],
    [404, false],
    [302, false],
  ])(
    'calls an answer of %i worth a retry: %s, and follows no redirect',
    async (status, retryable) => {
      const { received, address } = await listen(status);
      await expect(channel.send({ address }, message, signal)).rejects.toMatchObject({ retryable });
      expect(received).toHaveLength(1);
    },
  );

  it('says that nobody answers, and that this may pass', async () => {
    await expect(
      channel.send({ address: 'http://127.0.0.1:1/hook?key=k' }, message, signal),
    ).rejects.toMatchObject({
      retryable: true,
      message: '127.0.0.1:1 cannot be reached (ECONNREFUSED).',
    });
  });

  it('shows the host and neither path nor query, which may be secret', () => {
    expect(channel.target({ address: 'https://hooks.example.com/T0/secret?k=1' })).toBe(
      'hooks.example.com',
    );
  });

  it.each([
    'http://127.0.0.1:9/x',
    'http://localhost:9/x',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]:9/x',
    'http://[::ffff:10.0.0.1]:9/x',
    'http://0x7f.1:9/x',
  ])('refuses the private address %s unless that is allowed', async (address) => {
    const guarded = createWebhookChannel({ allowPrivate: false, clock: { now: () => 0 } });
    await expect(guarded.send({ address }, message, signal)).rejects.toMatchObject({
      code: 'NOTIFY_WEBHOOK_PRIVATE',
      message: expect.stringContaining('private address'),
    });
  });
});
