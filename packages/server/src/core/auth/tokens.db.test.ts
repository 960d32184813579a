import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { freshAuthDatabase, openTestAuth } from '../../testing/auth.ts';
import { describeDatabases } from '../../testing/databases.ts';

const permissions = { 'things.read': ['viewer', 'analyst'], 'things.write': ['analyst'] } as const;
const things: FastifyPluginAsyncZod = async (server) => {
  for (const permission of Object.keys(permissions)) {
    server.get(`/api/${permission}`, { config: { permission } }, async ({ principal }) => ({
      actor: principal.actor,
    }));
  }
};

describeDatabases('API tokens', ({ open }) => {
  const fresh = freshAuthDatabase(open);
  const openWorld = async () => openTestAuth(await fresh(), { permissions, routes: [things] });
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}`, 'sec-fetch-site': '' });
  const whole = { name: 'nightly', scopes: ['things.read', 'things.write'], expiresAt: null };

  it('do what their scopes say, and no more than their owner', async () => {
    const world = await openWorld();
    const admin = await world.signUp('administrator');
    const analyst = await world.signUp('analyst');
    const { secret, prefix } = (await analyst.post('/api/tokens', whole)).body;
    const narrow = await analyst.post('/api/tokens', { ...whole, scopes: ['things.read'] });
    const program = world.browser(bearer(secret));

    expect(secret).toMatch(/^kzs_[\w-]{43}$/);
    expect(secret.startsWith(prefix)).toBe(true);
    expect((await program.get('/api/things.write')).body).toEqual({ actor: 'token:nightly' });
    const limited = world.browser(bearer(narrow.body.secret));
    expect((await limited.get('/api/things.read')).status).toBe(200);
    expect((await limited.get('/api/things.write')).body.code).toBe('AUTH_FORBIDDEN');

    const excess = await analyst.post('/api/tokens', { ...whole, scopes: ['users.manage'] });
    expect(excess.body).toMatchObject({
      code: 'AUTH_SCOPES_EXCEED',
      params: { scopes: 'users.manage' },
    });
    await admin.patch(`/api/users/${analyst.userId}`, { role: 'viewer' });
    expect((await program.get('/api/things.write')).status).toBe(403);
    expect((await program.get('/api/things.read')).status).toBe(200);
    await admin.patch(`/api/users/${analyst.userId}`, { disabled: true });
    expect((await program.get('/api/things.read')).status).toBe(401);
  });

  it('end when they expire, are revoked, or their owner is removed', async () => {
    const world = await openWorld();
    const admin = await world.signUp('administrator');
    const analyst = await world.signUp('analyst');
    const now = world.time.clock.now();
    expect((await analyst.post('/api/tokens', { ...whole, expiresAt: now })).body.code).toBe(
      'AUTH_EXPIRY_PAST',
    );
    const create = async (expiresAt: number | null) =>
      (await analyst.post('/api/tokens', { ...whole, expiresAt })).body;
    const [brief, revoked, kept] = [
      await create(now + 3_000),
      await create(null),
      await create(null),
    ];
    const status = async ({ secret }: { secret: string }) =>
      (await world.browser(bearer(secret)).get('/api/things.read')).status;

    expect(await status(brief)).toBe(200);
    world.time.advance(3_000);
    expect(await status(brief)).toBe(401);
    expect(await status(revoked)).toBe(200);
    expect((await admin.delete(`/api/tokens/${revoked.id}`)).status).toBe(404);
    expect((await analyst.delete(`/api/tokens/${revoked.id}`)).status).toBe(200);
    expect(await status(revoked)).toBe(401);
    expect(await status(kept)).toBe(200);
    await admin.delete(`/api/users/${analyst.userId}`);
    expect(await status(kept)).toBe(401);
  });

  it('are stored as hashes, and listed without secrets but with their last use', async () => {
    const db = await fresh();
    const world = await openTestAuth(db, { permissions, routes: [things] });
    const analyst = await world.signUp('analyst');
    const { secret } = (await analyst.post('/api/tokens', whole)).body;
    world.time.advance(1_000);
    await world.browser(bearer(secret)).get('/api/things.read');
    const { rows } = await sql<{ secret_hash: string }>`select * from core_tokens`.execute(
      db.query,
    );
    expect(JSON.stringify(rows)).not.toContain(secret.slice(12));
    const list = await analyst.get('/api/tokens');
    expect(list.body.items).toMatchObject([
      { name: 'nightly', lastUsedAt: world.time.clock.now() },
    ]);
    expect(JSON.stringify(list.body)).not.toContain(secret.slice(12));
    for (const stolen of [rows[0]?.secret_hash ?? '', `kzs_${rows[0]?.secret_hash}`, 'kzs_']) {
      expect((await world.browser(bearer(stolen)).get('/api/things.read')).status).toBe(401);
    }
  });

  it('cannot be used to reach a person’s own account', async () => {
    const world = await openWorld();
    const analyst = await world.signUp('analyst');
    const program = world.browser(bearer((await analyst.post('/api/tokens', whole)).body.secret));
    const replies = [
      await program.post('/api/tokens', whole),
      await program.get('/api/tokens'),
      await program.get('/api/auth/sessions'),
      await program.patch('/api/auth/me', { name: 'x' }),
      await program.post('/api/auth/totp'),
      await program.post('/api/auth/password', { current: 'x', next: 'a long new password' }),
    ];
    for (const reply of replies) expect(reply.body.code).toBe('AUTH_SESSION_NEEDED');
    expect((await program.get('/api/auth/me')).body.permissions).toEqual(whole.scopes);
  });

  it('can be made, listed and revoked for somebody by who manages users', async () => {
    const world = await openWorld();
    const admin = await world.signUp('administrator');
    const analyst = await world.signUp('analyst');
    const path = `/api/users/${analyst.userId}/tokens`;
    const made = (await admin.post(path, whole)).body;
    const program = world.browser(bearer(made.secret));
    expect((await program.get('/api/things.write')).status).toBe(200);
    expect((await program.get('/api/auth/me')).body.user.email).toBe('analyst@example.org');
    const excess = await admin.post(path, { ...whole, scopes: ['users.manage'] });
    expect(excess.body.code).toBe('AUTH_SCOPES_EXCEED');
    for (const list of [await admin.get(path), await analyst.get('/api/tokens')]) {
      expect(list.body.items).toMatchObject([{ id: made.id, name: 'nightly' }]);
      expect(list.body.items[0]).not.toHaveProperty('secret');
    }
    const entry = (await admin.get('/api/audit?action=token.created')).body.items[0];
    expect(entry).toMatchObject({
      actor: 'administrator@example.org',
      details: { owner: 'analyst@example.org' },
    });
    expect((await admin.delete(`/api/users/${admin.userId}/tokens/${made.id}`)).status).toBe(404);
    expect((await admin.delete(`${path}/${made.id}`)).status).toBe(200);
    expect((await program.get('/api/things.read')).status).toBe(401);
    for (const reply of [
      await admin.post('/api/users/nobody/tokens', whole),
      await admin.get('/api/users/nobody/tokens'),
    ]) {
      expect(reply.body.code).toBe('NOT_FOUND');
    }
    expect((await analyst.post(`/api/users/${admin.userId}/tokens`, whole)).status).toBe(403);
  });

  it('that may manage users give no more than they hold themselves', async () => {
    const world = await openWorld();
    const admin = await world.signUp('administrator');
    const narrow = { ...whole, scopes: ['users.manage'] };
    const program = world.browser(bearer((await admin.post('/api/tokens', narrow)).body.secret));
    const path = `/api/users/${admin.userId}/tokens`;
    expect((await program.post(path, whole)).body.code).toBe('AUTH_SCOPES_EXCEED');
    expect((await program.post(path, narrow)).status).toBe(200);
  });
});
