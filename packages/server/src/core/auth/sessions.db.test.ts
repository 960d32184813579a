import { sql } from 'kysely';
import { expect, it } from 'vitest';
import {
  freshAuthDatabase,
  openTestAuth,
  testAuthMigrations,
  testPassword,
} from '../../testing/auth.ts';
import { describeDatabases } from '../../testing/databases.ts';

const MINUTE = 60_000;

describeDatabases('sessions', ({ open }) => {
  const fresh = freshAuthDatabase(open);
  it('end after the idle time, counted from the last request', async () => {
    const settings = { KIZASHI_SESSION_IDLE_MINUTES: '30' };
    const world = await openTestAuth(await fresh(), { settings });
    const viewer = await world.signUp('viewer');
    for (let i = 0; i < 4; i++) {
      world.time.advance(25 * MINUTE);
      expect((await viewer.get('/api/auth/me')).status).toBe(200);
    }
    world.time.advance(30 * MINUTE);
    expect((await viewer.get('/api/auth/me')).body.code).toBe('AUTH_REQUIRED');
  });

  it('are not kept alive by a page that only stays open', async () => {
    const settings = { KIZASHI_SESSION_IDLE_MINUTES: '30' };
    const world = await openTestAuth(await fresh(), { settings });
    const { cookie } = await world.signUp('viewer');
    const openPage = { headers: { cookie }, passive: true };
    world.time.advance(29 * MINUTE);
    expect(await world.auth.principalOf(openPage)).toMatchObject({ via: 'session' });
    world.time.advance(MINUTE);
    expect(await world.auth.principalOf(openPage)).toBeUndefined();
  });

  it('end after the absolute time, whatever happens', async () => {
    const settings = { KIZASHI_SESSION_IDLE_MINUTES: '60', KIZASHI_SESSION_MAX_HOURS: '2' };
    const world = await openTestAuth(await fresh(), { settings });
    const viewer = await world.signUp('viewer');
    for (let i = 1; i < 4; i++) {
      world.time.advance(30 * MINUTE);
      expect((await viewer.get('/api/auth/me')).status).toBe(200);
    }
    world.time.advance(30 * MINUTE);
    expect((await viewer.get('/api/auth/me')).status).toBe(401);
  });

  it('survive a clock that is set back, and do not outlive one that is set forward', async () => {
    const world = await openTestAuth(await fresh());
    const viewer = await world.signUp('viewer');
    world.time.setClock(Date.UTC(2025, 0, 1));
    expect((await viewer.get('/api/auth/me')).status).toBe(200);
    world.time.setClock(Date.UTC(2030, 0, 1));
    expect((await viewer.get('/api/auth/me')).status).toBe(401);
  });

  it('are listed with where they are, and end at once when revoked', async () => {
    const world = await openTestAuth(await fresh());
    const here = await world.signUp('viewer');
    const there = await world.signIn('viewer@example.org');
    const stranger = await world.signUp('analyst');
    expect((await there.get('/api/auth/me')).status).toBe(200);

    const { items } = (await here.get('/api/auth/sessions')).body;
    expect(items).toHaveLength(2);
    const other = items.find((session: { current: boolean }) => !session.current);
    expect(other).toMatchObject({ address: '127.0.0.1', userAgent: 'lightMyRequest' });
    expect((await stranger.delete(`/api/auth/sessions/${other.id}`)).status).toBe(404);
    expect((await there.get('/api/auth/me')).status).toBe(200);
    expect((await here.delete(`/api/auth/sessions/${other.id}`)).status).toBe(200);
    expect((await there.get('/api/auth/me')).status).toBe(401);

    const third = await world.signIn('viewer@example.org');
    expect((await here.delete('/api/auth/sessions')).status).toBe(200);
    expect((await third.get('/api/auth/me')).status).toBe(401);
    expect((await here.get('/api/auth/me')).status).toBe(200);

    const out = await here.post('/api/auth/logout');
    expect(out.headers['set-cookie']).toMatch(/^kizashi_session=; .*Max-Age=0$/);
    expect((await here.get('/api/auth/me')).status).toBe(401);
    expect((await here.post('/api/auth/logout')).status).toBe(200);
  });

  it('end everywhere else when the password changes', async () => {
    const world = await openTestAuth(await fresh());
    const here = await world.signUp('viewer');
    const there = await world.signIn('viewer@example.org');
    const change = (current: string) =>
      here.post('/api/auth/password', { current, next: 'another long password' });
    expect((await change('not my password')).body.code).toBe('AUTH_PASSWORD_WRONG');
    expect((await there.get('/api/auth/me')).status).toBe(200);
    expect((await change(testPassword)).status).toBe(200);
    expect((await there.get('/api/auth/me')).status).toBe(401);
    expect((await here.get('/api/auth/me')).status).toBe(200);
    await world.signIn('viewer@example.org', 'another long password');
  });

  it('cannot be made from what the database holds', async () => {
    const db = await fresh();
    const world = await openTestAuth(db);
    const viewer = await world.signUp('viewer');
    const { rows } = await sql<{ secret_hash: string }>`select * from core_sessions`.execute(
      db.query,
    );
    expect(JSON.stringify(rows)).not.toContain(viewer.cookie.split('=')[1]);
    const stolen = world.browser({ cookie: `kizashi_session=${rows[0]?.secret_hash}` });
    expect((await stolen.get('/api/auth/me')).status).toBe(401);
  });

  it('are noticed by another process within seconds when they are revoked here', async () => {
    const db = await fresh();
    const here = await openTestAuth(db);
    const there = await openTestAuth(db);
    const viewer = await here.signUp('viewer');
    const remote = there.browser({ cookie: viewer.cookie });
    expect((await remote.get('/api/auth/me')).status).toBe(200);
    await viewer.post('/api/auth/logout');
    there.time.advance(5_000);
    expect((await remote.get('/api/auth/me')).status).toBe(401);
  });
});

describeDatabases(
  'sessions on a disk that cannot be written',
  ({ open }) => {
    it('still let people read', async () => {
      const db = await open(testAuthMigrations);
      const world = await openTestAuth(db);
      const admin = await world.signUp('administrator');
      const token = { name: 'nightly', scopes: ['users.manage'], expiresAt: null };
      const { secret } = (await admin.post('/api/tokens', token)).body;
      await sql`pragma query_only = 1`.execute(db.query);
      world.time.advance(10 * MINUTE);
      const program = world.browser({ authorization: `Bearer ${secret}` });
      for (const caller of [admin, program]) {
        expect((await caller.get('/api/users')).body.items).toHaveLength(1);
      }
      expect((await admin.patch('/api/settings', { name: 'x' })).body.code).toBe('READ_ONLY');
      await sql`pragma query_only = 0`.execute(db.query);
    });
  },
  { engines: ['sqlite'] },
);
