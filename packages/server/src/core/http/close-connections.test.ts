import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { expect, it } from 'vitest';
import { openTestHttp } from '../../testing/http.ts';

it('a server closes once the answer under way is out, though its client keeps the connection', async () => {
  const answer = new PassThrough();
  const http = await openTestHttp({
    permissions: {},
    routes: [
      async (server: FastifyInstance) => {
        server.get('/slow', { config: { permission: 'public' } }, () => answer);
      },
    ],
  });
  await http.server.listen({ port: 0 });
  const { port } = http.server.server.address() as AddressInfo;
  answer.write('first, ');
  // Node's own client keeps its connections for the next call.
  const reply = await fetch(`http://127.0.0.1:${port}/slow`);
  const closed = http.close();
  while (http.server.server.listening) await setImmediate();
  answer.end('last');
  expect(await reply.text()).toBe('first, last');
  await closed;
});
