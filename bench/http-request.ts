/**
 * What signing in costs a request: processor time of the server for one authenticated request beside a bare Fastify
 * route that answers the same bytes. Both servers run in this process, one after the other; the client is another
 * process on kept-open connections.
 *
 *   node bench/http-request.ts [requests, default 4000] [rounds, default 7]
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createApp, loadProductConfig } from '@kizashi/server';
import fastify from 'fastify';
import { median } from './support/sales-shop.ts';

const requests = Number(process.argv[2] ?? 4_000);
const rounds = Number(process.argv[3] ?? 7);
const PATH = '/api/about';
const folder = mkdtempSync(join(tmpdir(), 'kizashi-bench-'));

/** Sends them all, eight at a time, from a thread whose processor time is not counted. */
const CLIENT = `
  const { request, Agent } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const ask = ({ url, headers }) => new Promise((done, failed) => {
    request(url, { agent, headers }, (response) => {
      if (response.statusCode !== 200) failed(new Error('status ' + response.statusCode));
      response.resume().on('end', done);
    }).on('error', failed).end();
  });
  parentPort.on('message', async ({ count, ...target }) => {
    const before = process.threadCpuUsage();
    let left = count;
    await Promise.all(Array.from({ length: 8 }, async () => { while (left-- > 0) await ask(target); }));
    parentPort.postMessage(process.threadCpuUsage(before));
  });
`;

interface Target {
  readonly url: string;
  readonly headers: Record<string, string>;
}

const client = new Worker(CLIENT, { eval: true });

/** Microseconds of this process's own processor time for one request. */
async function cost(target: Target, count: number): Promise<number> {
  const before = process.cpuUsage();
  client.postMessage({ ...target, count });
  const [used] = (await once(client, 'message')) as [NodeJS.CpuUsage];
  const all = process.cpuUsage(before);
  return (all.user + all.system - used.user - used.system) / count;
}

try {
  const config = loadProductConfig({
    ...{ KIZASHI_DATA: folder, KIZASHI_PORT: '0', KIZASHI_DEMO: 'off', KIZASHI_LOG_LEVEL: 'warn' },
    ...{ KIZASHI_RATE_LIMIT_PER_MINUTE: '1000000000', KIZASHI_BCRYPT_COST: '4' },
  });
  const app = await createApp({ config });
  const { listening, setupLink } = await app.start();
  const post = (path: string, body: object, headers = {}) =>
    fetch(listening + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: listening, ...headers },
      body: JSON.stringify(body),
    });
  const person = { email: 'a@example.com', name: 'A', password: 'correct horse', locale: 'en' };
  const secret = setupLink!.split('#')[1]!;
  const signedIn = await post('/api/auth/setup', { ...person, secret });
  if (!signedIn.ok) throw new Error(await signedIn.text());
  const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
  const made = await post(
    '/api/tokens',
    { name: 'bench', scopes: ['sales.read'], expiresAt: null },
    { cookie },
  );
  const token = ((await made.json()) as { secret: string }).secret;
  const body = await (await fetch(listening + PATH, { headers: { cookie } })).json();

  const bare = fastify();
  bare.get(PATH, async () => body);
  const targets: Record<string, Target> = {
    'bare Fastify route': { url: (await bare.listen({ port: 0 })) + PATH, headers: {} },
    'signed in by session': { url: listening + PATH, headers: { cookie } },
    'signed in by token': { url: listening + PATH, headers: { authorization: `Bearer ${token}` } },
  };

  const costs = new Map<string, number[]>(Object.keys(targets).map((name) => [name, []]));
  for (const target of Object.values(targets)) await cost(target, requests);
  for (let round = 0; round < rounds; round++) {
    for (const [name, target] of Object.entries(targets)) {
      costs.get(name)!.push(await cost(target, requests));
    }
  }
  const base = median(costs.get('bare Fastify route')!);
  for (const [name, all] of costs) {
    const one = median(all);
    console.log(
      `${name.padEnd(21)} ${one.toFixed(0).padStart(4)} µs of processor a request, ${(one / base).toFixed(2)} × the bare route`,
    );
  }
  await bare.close();
  await app.stop();
} finally {
  await client.terminate();
  rmSync(folder, { recursive: true, force: true });
}
