import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openTestHttp } from '../../testing/http.ts';
import { pathOf } from './request-log.ts';

it('logs each request once, without query, headers or body, and no probes', async () => {
  const stream = new PassThrough();
  const http = await openTestHttp({
    log: pino({ level: 'info', base: null }, stream),
    routes: [
      async (server: FastifyInstance) => {
        server.post('/api/things', { config: { permission: 'signed-in' } }, async () => ({}));
      },
    ],
  });
  const reply = await http
    .as('viewer')
    .post('/api/things?token=in-query', { password: 'in-body' }, { 'x-key': 'in-header' });
  await http.as('outsider').get('/health/live');
  await http.close();
  const lines = String(stream.read()).trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    msg: 'http.request',
    requestId: reply.headers['x-request-id'],
    method: 'POST',
    path: '/api/things',
    status: 200,
    userId: 'user-viewer',
    address: '127.0.0.1',
  });
  expect(lines[0]).not.toMatch(/in-query|in-body|in-header|cast=/);
});

it('cuts addresses to what a log can bear', () => {
  expect(pathOf('/a/b?c=d')).toBe('/a/b');
  expect(pathOf('/a#secret')).toBe('/a');
  expect(pathOf(`/${'x'.repeat(1000)}`)).toHaveLength(300);
});
