import { expect, it } from 'vitest';
import { freshAuthDatabase, openTestAuth, testPassword } from '../../testing/auth.ts';
import { describeDatabases } from '../../testing/databases.ts';
import type { AuthTables } from './tables.ts';

describeDatabases('sign-in', ({ open }) => {
  const fresh = freshAuthDatabase(open);
  it('tells a wrong password, a disabled account and an unknown address in the same words', async () => {
    const world = await openTestAuth(await fresh());
    const admin = await world.signUp('administrator');
    const disabled = await world.signUp('viewer', 'disabled');
    await admin.patch(`/api/users/${disabled.userId}`, { disabled: true });
    const login = (email: string, password: string) =>
      world.browser().post('/api/auth/login', { email, password });

    const replies = [
      await login('administrator@example.org', 'wrong password'),
      await login('disabled@example.org', testPassword),
      await login('nobody@example.org', testPassword),
      await login('administrator@example.org', `${testPassword}${'x'.repeat(80)}`),
    ];
    const bodies = replies.map(({ status, body }) => ({ ...body, status, requestId: '' }));
    expect(bodies[0]).toMatchObject({ status: 401, code: 'AUTH_WRONG_CREDENTIALS' });
    for (const body of bodies) expect(body).toEqual(bodies[0]);
    for (const reply of replies) expect(reply.headers['set-cookie']).toBeUndefined();
  });

  it('blocks an account ever longer after failures, whether or not it exists', async () => {
    const world = await openTestAuth(await fresh());
    await world.signUp('viewer');
    for (const email of ['viewer@example.org', 'nobody@example.org']) {
      const login = (password: string) =>
        world.browser().post('/api/auth/login', { email, password });
      for (let i = 0; i < 5; i++) {
        expect((await login('wrong password')).body.code).toBe('AUTH_WRONG_CREDENTIALS');
      }
      const blocked = await login(testPassword);
      expect(blocked.body).toMatchObject({ code: 'AUTH_BLOCKED', params: { seconds: 30 } });
      expect(blocked.headers['retry-after']).toBe('30');
      world.time.advance(30_000);
      expect((await login('wrong password')).body.code).toBe('AUTH_WRONG_CREDENTIALS');
      expect((await login(testPassword)).body.params).toEqual({ seconds: 60 });
      world.time.advance(60_000);
    }
    await world.signIn('viewer@example.org');
    const again = await world.browser().post('/api/auth/login', {
      email: 'viewer@example.org',
      password: 'wrong password',
    });
    expect(again.body.code).toBe('AUTH_WRONG_CREDENTIALS');
  });

  it('forgets a block that the clock, set back, would make last for years', async () => {
    const world = await openTestAuth(await fresh());
    await world.signUp('viewer');
    for (let i = 0; i < 5; i++) {
      await world.browser().post('/api/auth/login', { email: 'viewer@example.org', password: '-' });
    }
    world.time.setClock(Date.UTC(2020, 0, 1));
    await world.signIn('viewer@example.org');
  });

  it('allows few attempts a minute per account and per address', async () => {
    const settings = { KIZASHI_RATE_LIMIT_SIGN_IN_PER_MINUTE: '3' };
    const world = await openTestAuth(await fresh(), { settings });
    await world.auth.registration.createUser(
      { email: 'v@example.org', name: 'v', password: testPassword, locale: 'en', role: 'viewer' },
      { actor: 'system', address: null },
    );
    const login = (email: string, remoteAddress: string) =>
      world.http.server.inject({
        method: 'POST',
        url: '/api/auth/login',
        remoteAddress,
        payload: { email, password: testPassword },
      });
    for (let i = 1; i <= 3; i++) {
      expect((await login('v@example.org', `10.0.0.${i}`)).statusCode).toBe(200);
    }
    const account = await login('V@example.org', '10.0.0.9');
    expect(account.json().code).toBe('RATE_LIMITED');
    for (const name of ['a', 'b']) await login(`${name}@example.org`, '10.0.0.9');
    const address = await login('c@example.org', '10.0.0.9');
    expect(address.statusCode).toBe(429);
    expect(address.headers).toMatchObject({
      'ratelimit-policy': '"sign-in";q=3;w=60',
      ratelimit: '"sign-in";r=0;t=60',
      'retry-after': '60',
    });
    world.time.advance(60_000);
    expect((await login('v@example.org', '10.0.0.9')).statusCode).toBe(200);
  });

  it('sets a cookie that no script reads, of a new session each time', async () => {
    const world = await openTestAuth(await fresh());
    const first = await world.signUp('viewer');
    const planted = await world.browser({ cookie: first.cookie }).post('/api/auth/login', {
      email: 'viewer@example.org',
      password: testPassword,
    });
    const header = String(planted.headers['set-cookie']);
    expect(header).toMatch(/^kizashi_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=/);
    expect(header).not.toContain(first.cookie);
    expect((await first.get('/api/auth/me')).status).toBe(401);
  });

  it('takes the __Host- cookie over HTTPS only', async () => {
    const settings = { KIZASHI_URL: 'https://kizashi.example' };
    const world = await openTestAuth(await fresh(), { settings });
    const { cookie, get } = await world.signUp('viewer');
    expect(cookie).toMatch(/^__Host-kizashi_session=/);
    const me = await get('/api/auth/me');
    expect(me.status).toBe(200);
    expect(me.headers['strict-transport-security']).toBe('max-age=31536000');
    const bare = world.browser({ cookie: cookie.replace('__Host-', '') });
    expect((await bare.get('/api/auth/me')).status).toBe(401);
  });

  it('makes the stored hash anew when the work factor was raised', async () => {
    const db = await fresh();
    const world = await openTestAuth(db);
    await world.signUp('viewer');
    const hashOf = async () => {
      const query = db.query.withTables<AuthTables>().selectFrom('core_users');
      return (await query.select('password_hash').executeTakeFirstOrThrow()).password_hash;
    };
    expect(await hashOf()).toMatch(/^\$2b\$04\$/);
    const raised = await openTestAuth(db, { settings: { KIZASHI_BCRYPT_COST: '5' } });
    await raised.signIn('viewer@example.org');
    expect(await hashOf()).toMatch(/^\$2b\$05\$/);
    await raised.signIn('viewer@example.org');
  });
});
