import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAlertStore } from '../../packages/server/src/core/alerts/alert-store.ts';
import { createDeliveryStore } from '../../packages/server/src/core/notify/delivery-store.ts';
import { describeDatabases } from '../../packages/server/src/testing/databases.ts';
import { createRandom } from '../../packages/server/src/testing/random.ts';

const child = fileURLToPath(
  new URL('../../packages/server/src/testing/alert-kill-worker.ts', import.meta.url),
);
const KILLS = 12;
/** So many deliveries are on their way at once. */
const IN_FLIGHT = 4;
/** Between two lives of the process: longer than a claim, a sweep and the time between two evaluations. */
const AWAY_MS = 11 * 60_000;

/** When to kill: at the n-th line the child says, or at the n-th delivery, before or after its answer. */
interface Moment {
  readonly at: 'line' | 'before-answer' | 'after-answer';
  readonly n: number;
}

describeDatabases('alerts', ({ create, connect }) => {
  const received = new Map<string, number>();
  let onDelivery = (_phase: Moment['at']) => {};
  let server: Server;
  let address = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume().on('end', () => {
        const id = String(request.headers['kizashi-delivery']);
        received.set(id, (received.get(id) ?? 0) + 1);
        onDelivery('before-answer');
        response.writeHead(204).end(() => onDelivery('after-answer'));
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Runs the child until the moment comes, then kills it; without one until it ends by itself. */
  async function run(args: readonly string[], fired: (n: number) => void, moment?: Moment) {
    const process_ = spawn(process.execPath, [child, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = new Promise<number | null>((resolve) => process_.once('exit', resolve));
    let seen = 0;
    const count = (what: Moment['at']) => {
      if (what !== moment?.at) return;
      seen += 1;
      if (seen === moment.n) process_.kill('SIGKILL');
    };
    onDelivery = count;
    for await (const line of createInterface({ input: process_.stdout })) {
      fired(Number(line.split(' ')[1]));
      count('line');
    }
    return exited;
  }

  it(`are each delivered, and at most those in flight again, when the process is killed ${KILLS} times`, async () => {
    received.clear();
    const url = await create();
    const random = createRandom(5);
    const fired = new Set<number>();
    const onFired = (n: number) => void fired.add(n);
    for (let kill = 0; kill < KILLS; kill++) {
      const first = Math.max(-1, ...fired) + 1;
      const at = (['line', 'before-answer', 'after-answer'] as const)[kill % 3]!;
      const moment = { at, n: 1 + Math.floor(random() * 12) };
      const args = [url, address, String(first), String(kill * AWAY_MS)];
      // null: it ended by the signal and not by itself.
      expect(await run(args, onFired, moment)).toBeNull();
    }
    const drain = [url, address, '99999', String(KILLS * AWAY_MS), 'drain'];
    expect(await run(drain, onFired)).toBe(0);

    const db = await connect(url);
    const alerts = (await createAlertStore(db).page({ limit: 100_000 })).items;
    const deliveries = (await createDeliveryStore(db).page({ limit: 100_000 })).items;
    expect(alerts.length).toBeGreaterThanOrEqual(fired.size);
    expect(new Set(alerts.map(({ t }) => t)).size).toBe(alerts.length);
    expect(deliveries).toHaveLength(alerts.length);
    expect(deliveries.every(({ state }) => state === 'sent')).toBe(true);
    expect([...received.keys()].sort()).toEqual(deliveries.map(({ id }) => id).sort());
    const again = [...received.values()].reduce((sum, times) => sum + times - 1, 0);
    expect(again).toBeLessThanOrEqual(KILLS * IN_FLIGHT);
    expect(Math.max(...received.values())).toBeLessThanOrEqual(1 + KILLS);
    console.log(`${alerts.length} alerts, ${again} deliveries repeated after ${KILLS} kills`);
  }, 300_000);
});
