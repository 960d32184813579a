import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { freshAuthDatabase, openTestAuth } from '../../testing/auth.ts';
import { describeDatabases } from '../../testing/databases.ts';
import { coreErrors } from '../core-errors.ts';

describeDatabases('Idempotency-Key', ({ open }) => {
  const fresh = freshAuthDatabase(open);
  async function openWorld() {
    const db = await fresh();
    let count = 0;
    let gate: Promise<void> | undefined;
    let entered = () => {};
    const orders: FastifyPluginAsyncZod = async (server) => {
      server.post(
        '/api/orders',
        {
          config: { permission: 'signed-in' },
          schema: {
            body: z.object({ item: z.string() }),
            querystring: z.object({ fail: z.string().optional() }),
          },
        },
        async (request, reply) => {
          entered();
          await gate;
          if (request.body.item === 'unknown') throw coreErrors.NOT_FOUND();
          return reply.code(201).send({ number: ++count, secret: 'shown once' });
        },
      );
    };
    const world = await openTestAuth(db, { routes: [orders] });
    return {
      db,
      world,
      count: () => count,
      /** Holds orders until the returned function is called; `begun` resolves when one is inside. */
      hold() {
        let release = () => {};
        gate = new Promise((resolve) => (release = resolve));
        const begun = new Promise<void>((resolve) => (entered = resolve));
        return { begun, release };
      },
    };
  }
  const key = (value: string) => ({ 'idempotency-key': value });

  it('gives the first reply again and does the work once', async () => {
    const { world, count, db } = await openWorld();
    const viewer = await world.signUp('viewer');
    const order = (name: string) => viewer.post('/api/orders', { item: 'tea' }, key(name));
    const first = await order('k1');
    const again = await order('k1');
    expect(first).toMatchObject({ status: 201, body: { number: 1 } });
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
    expect((await order('k2')).body.number).toBe(2);
    expect((await viewer.post('/api/orders', { item: 'tea' })).body.number).toBe(3);
    expect(count()).toBe(3);
    const { rows } = await sql`select * from core_kept_replies`.execute(db.query);
    expect(JSON.stringify(rows)).not.toContain('shown once');
  });

  it('refuses the same key with other content, and keys that are none', async () => {
    const { world } = await openWorld();
    const viewer = await world.signUp('viewer');
    await viewer.post('/api/orders', { item: 'tea' }, key('k'));
    const other = await viewer.post('/api/orders', { item: 'coffee' }, key('k'));
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    for (const wrong of ['', 'a b', 'x'.repeat(201), 'caf\u00e9']) {
      const reply = await viewer.post('/api/orders', { item: 'tea' }, key(wrong));
      expect(reply.body.code).toBe('IDEMPOTENCY_KEY_INVALID');
    }
  });

  it('belongs to one user', async () => {
    const { world } = await openWorld();
    const viewer = await world.signUp('viewer');
    const analyst = await world.signUp('analyst');
    expect((await viewer.post('/api/orders', { item: 'tea' }, key('k'))).body.number).toBe(1);
    expect((await analyst.post('/api/orders', { item: 'tea' }, key('k'))).body.number).toBe(2);
  });

  it('tells a repetition to wait while the first is being carried out', async () => {
    const { world, hold, count } = await openWorld();
    const viewer = await world.signUp('viewer');
    const { begun, release } = hold();
    const first = viewer.post('/api/orders', { item: 'tea' }, key('k'));
    await begun;
    const second = await viewer.post('/api/orders', { item: 'tea' }, key('k'));
    expect(second).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_IN_PROGRESS' } });
    expect(second.headers['retry-after']).toBe('1');
    release();
    expect((await first).status).toBe(201);
    expect((await viewer.post('/api/orders', { item: 'tea' }, key('k'))).status).toBe(201);
    expect(count()).toBe(1);
  });

  it('can be used again after a failure, since nothing was done', async () => {
    const { world, count } = await openWorld();
    const viewer = await world.signUp('viewer');
    const unknown = () => viewer.post('/api/orders', { item: 'unknown' }, key('k'));
    expect((await unknown()).status).toBe(404);
    expect((await unknown()).status).toBe(404);
    expect((await viewer.post('/api/orders', { item: 'tea' }, key('k'))).body.number).toBe(1);
    expect(count()).toBe(1);
  });

  it('is forgotten after a day; one left by a process that died after ten minutes', async () => {
    const { db, world, count } = await openWorld();
    const viewer = await world.signUp('viewer');
    const order = () => viewer.post('/api/orders', { item: 'tea' }, key('k'));
    await order();
    world.time.advance(11 * 3_600_000);
    await order();
    expect(count()).toBe(1);
    await sql`update core_kept_replies set status = null, claimed_at = ${world.time.clock.now()}`.execute(
      db.query,
    );
    expect((await order()).status).toBe(409);
    world.time.advance(600_001);
    expect((await order()).status).toBe(201);
    expect(count()).toBe(2);
    await viewer.get('/api/auth/me');
    world.time.advance(10 * 3_600_000);
    await viewer.get('/api/auth/me');
    world.time.advance(10 * 3_600_000);
    await viewer.get('/api/auth/me');
    world.time.advance(4 * 3_600_000 + 1);
    await order();
    expect(count()).toBe(3);
  });
});
