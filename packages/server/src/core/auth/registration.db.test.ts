import { expect, it } from 'vitest';
import { cookieOf, freshAuthDatabase, openTestAuth, testPassword } from '../../testing/auth.ts';
import { describeDatabases } from '../../testing/databases.ts';

const account = {
  email: 'Hanako@Example.org',
  name: '山田 花子',
  password: testPassword,
  locale: 'ja',
};
const secretOf = (link: string) => link.split('#')[1];

describeDatabases('registration', ({ open }) => {
  const fresh = freshAuthDatabase(open);
  const openWorld = async () => openTestAuth(await fresh());

  it('makes the first administrator with the latest link of the start-up message, once', async () => {
    const world = await openWorld();
    const browser = world.browser();
    const policy = await browser.get('/api/auth/policy');
    expect(policy.body).toEqual({ registration: 'invited', needsSetup: true });
    const earlier = await world.auth.registration.createSetupSecret();
    const secret = await world.auth.registration.createSetupSecret();

    const stale = await browser.post('/api/auth/setup', { ...account, secret: earlier });
    expect(stale.body.code).toBe('AUTH_LINK_INVALID');
    const both = await Promise.all(
      ['a', 'b'].map((name) =>
        browser.post('/api/auth/setup', { ...account, email: `${name}@example.org`, secret }),
      ),
    );
    expect(both.filter((reply) => reply.status === 200)).toHaveLength(1);
    const won = both.find((reply) => reply.status === 200);
    expect(won?.body.user).toMatchObject({
      role: 'administrator',
      name: '山田 花子',
      locale: 'ja',
    });
    const me = world.browser({ cookie: cookieOf(won?.headers['set-cookie']) });
    expect((await me.get('/api/auth/me')).body.permissions).toContain('users.manage');

    expect(await world.auth.registration.createSetupSecret()).toBeUndefined();
    const again = await browser.post('/api/auth/setup', { ...account, secret });
    expect(again.body.code).toBe('AUTH_SETUP_DONE');
    expect((await browser.get('/api/auth/policy')).body.needsSetup).toBe(false);
  });

  it('lets an invitation be used once, by the invited address, within a week', async () => {
    const world = await openWorld();
    const admin = await world.signUp('administrator');
    const register = (change: object) =>
      world.browser().post('/api/auth/register', { ...account, ...change });
    const created = await admin.post('/api/invitations', {
      email: 'hanako@example.org',
      role: 'analyst',
    });
    const invitation = secretOf(created.body.link);
    expect(created.body.link).toBe(`https://kizashi.example/register#${invitation}`);

    expect((await register({ invitation: 'guess' })).body.code).toBe('AUTH_LINK_INVALID');
    const other = await register({ invitation, email: 'taro@example.org' });
    expect(other.body.code).toBe('AUTH_EMAIL_NOT_INVITED');
    expect((await register({ invitation })).body.user.role).toBe('analyst');
    expect((await register({ invitation })).status).toBe(403);

    const list = await admin.get('/api/invitations');
    expect(list.body.items[0].usedAt).toBe(world.time.clock.now());
    expect(JSON.stringify(list.body)).not.toContain(invitation);

    const second = await admin.post('/api/invitations', { role: 'viewer' });
    const third = await admin.post('/api/invitations', { role: 'viewer' });
    await admin.delete(`/api/invitations/${second.body.id}`);
    const withdrawn = await register({ invitation: secretOf(second.body.link) });
    expect(withdrawn.body.code).toBe('AUTH_LINK_INVALID');
    world.time.advance(7 * 86_400_000);
    const late = await register({ invitation: secretOf(third.body.link), email: 'l@example.org' });
    expect(late.body.code).toBe('AUTH_LINK_INVALID');
  });

  it('follows the policy: open gives a viewer, invited asks for a link, closed refuses both', async () => {
    const world = await openWorld();
    const admin = await world.signUp('administrator');
    const register = (change: object) =>
      world.browser().post('/api/auth/register', { ...account, ...change });
    expect((await register({})).body.code).toBe('AUTH_REGISTRATION_CLOSED');

    await admin.patch('/api/settings', { registration: 'open' });
    expect((await register({})).body.user.role).toBe('viewer');
    expect((await register({ email: 'HANAKO@EXAMPLE.ORG ' })).status).toBe(400);
    const taken = await register({ email: 'HANAKO@EXAMPLE.ORG' });
    expect(taken.body.code).toBe('AUTH_EMAIL_TAKEN');

    await admin.patch('/api/settings', { registration: 'closed' });
    const link = (await admin.post('/api/invitations', { role: 'viewer' })).body.link;
    const closed = await register({ email: 'x@example.org', invitation: secretOf(link) });
    expect(closed.body.code).toBe('AUTH_REGISTRATION_CLOSED');
  });

  it('refuses a password that is too short or longer than bcrypt reads', async () => {
    const world = await openWorld();
    await world.settings.set({ registration: 'open' });
    const register = (password: string) =>
      world
        .browser()
        .post('/api/auth/register', { ...account, password }, { 'accept-language': 'ja' });
    expect((await register('short')).body.fields[0].path).toBe('body.password');
    const long = await register('兆'.repeat(25));
    expect(long.body.fields).toEqual([
      { path: 'body.password', message: '72 バイト以内にしてください' },
    ]);
  });

  it('gives back an account with a reset link: once, within a day, ending sessions and blocks', async () => {
    const world = await openWorld();
    const admin = await world.signUp('administrator');
    const viewer = await world.signUp('viewer');
    const reset = (link: string, password: string) =>
      world.browser().post('/api/auth/reset', { secret: secretOf(link), password });

    const path = `/api/users/${viewer.userId}/reset-link`;
    const first = (await admin.post(path)).body.link;
    const link = (await admin.post(path)).body.link;
    expect((await reset(first, 'a new long password')).body.code).toBe('AUTH_LINK_INVALID');
    expect((await viewer.get('/api/auth/me')).status).toBe(200);
    const guess = { email: 'viewer@example.org', password: 'a guess' };
    for (let i = 0; i < 5; i++) await world.browser().post('/api/auth/login', guess);
    const blocked = await world.browser().post('/api/auth/login', guess);
    expect(blocked.body.code).toBe('AUTH_BLOCKED');
    expect((await reset(link, 'a new long password')).status).toBe(200);
    expect((await viewer.get('/api/auth/me')).status).toBe(401);
    expect((await reset(link, 'a second password')).body.code).toBe('AUTH_LINK_INVALID');
    await world.signIn('viewer@example.org', 'a new long password');
    await expect(world.signIn('viewer@example.org')).rejects.toThrow('AUTH_WRONG_CREDENTIALS');

    const late = (await admin.post(path)).body.link;
    world.time.advance(86_400_000);
    expect((await reset(late, 'a third password')).body.code).toBe('AUTH_LINK_INVALID');
  });
});
