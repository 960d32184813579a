import { expect, it } from 'vitest';
import { freshAuthDatabase, openTestAuth, testPassword } from '../../testing/auth.ts';
import { describeDatabases } from '../../testing/databases.ts';

describeDatabases('users', ({ open }) => {
  const fresh = freshAuthDatabase(open);
  const openWorld = async () => openTestAuth(await fresh());

  it('are listed page by page in the order of their addresses', async () => {
    const world = await openWorld();
    const admin = await world.signUp('administrator', 'm');
    for (const name of ['z', 'a', 'k']) await world.signUp('viewer', name);
    const first = (await admin.get('/api/users?limit=3')).body;
    expect(first.items.map((user: { name: string }) => user.name)).toEqual(['a', 'k', 'm']);
    const second = (await admin.get(`/api/users?limit=3&cursor=${first.nextCursor}`)).body;
    expect(second).toMatchObject({ items: [{ name: 'z' }], nextCursor: null });
    expect(JSON.stringify(first)).not.toMatch(/hash|\$2b/);
    expect((await admin.get('/api/users?cursor=nonsense')).body.code).toBe('CURSOR_INVALID');
  });

  it('are managed by administrators only', async () => {
    const world = await openWorld();
    const admin = await world.signUp('administrator');
    const others = [await world.signUp('viewer'), await world.signUp('analyst')];
    const operator = await world.signUp('operator');
    const evil = { email: 'evil@example.org', name: 'Evil', role: 'administrator' };
    for (const caller of [...others, operator]) {
      const replies = [
        await caller.get('/api/users'),
        await caller.patch(`/api/users/${operator.userId}`, { role: 'administrator' }),
        await caller.delete(`/api/users/${admin.userId}`),
        await caller.post(`/api/users/${admin.userId}/reset-link`),
        await caller.delete(`/api/users/${admin.userId}/totp`),
        await caller.post('/api/users', evil),
        await caller.post('/api/invitations', { role: 'administrator' }),
        await caller.get('/api/audit'),
        await caller.patch('/api/settings', { registration: 'open' }),
      ];
      for (const reply of replies) {
        expect(reply).toMatchObject({ status: 403, body: { code: 'AUTH_FORBIDDEN' } });
      }
    }
    expect((await world.browser().get('/api/users')).status).toBe(401);
    expect((await world.auth.users.findByEmail('operator@example.org'))?.role).toBe('operator');
  });

  it('are made with a password, or choose one with a link that works once', async () => {
    const world = await openWorld();
    const admin = await world.signUp('administrator');
    const hana = { email: 'hana@example.org', name: 'Hana', role: 'analyst', locale: 'ja' };
    const made = await admin.post('/api/users', { ...hana, password: testPassword });
    expect(made.body).toMatchObject({ ...hana, link: null, linkExpiresAt: null });
    await world.signIn('hana@example.org');
    expect((await admin.post('/api/users', hana)).body.code).toBe('AUTH_EMAIL_TAKEN');

    const ken = { email: 'ken@example.org', name: 'Ken', role: 'administrator' };
    const { link, locale } = (await admin.post('/api/users', ken)).body;
    expect(locale).toBe('en');
    const [, secret] = /^https:\/\/kizashi\.example\/reset#(.{20,})$/.exec(link) ?? [];
    const reset = () =>
      world.browser().post('/api/auth/reset', { secret, password: 'another long password' });
    expect((await reset()).status).toBe(200);
    expect((await reset()).body.code).toBe('AUTH_LINK_INVALID');
    await world.signIn('ken@example.org', 'another long password');
    const { items } = (await admin.get('/api/audit?action=user.created')).body;
    expect(items).toContainEqual(
      expect.objectContaining({ target: 'ken@example.org', details: { role: ken.role } }),
    );
    expect((await admin.post('/api/users', { ...ken, email: 'x' })).status).toBe(400);
    const brief = { ...ken, email: 'mei@example.org', password: 'short' };
    expect((await admin.post('/api/users', brief)).status).toBe(400);
  });

  it('get new rights, or lose all, with their next request', async () => {
    const world = await openWorld();
    const admin = await world.signUp('administrator');
    const viewer = await world.signUp('viewer');
    expect((await viewer.get('/api/users')).status).toBe(403);
    await admin.patch(`/api/users/${viewer.userId}`, { role: 'administrator' });
    expect((await viewer.get('/api/users')).status).toBe(200);
    await admin.patch(`/api/users/${viewer.userId}`, { disabled: true });
    expect((await viewer.get('/api/auth/me')).status).toBe(401);
    await admin.patch(`/api/users/${viewer.userId}`, { disabled: false });
    expect((await viewer.get('/api/auth/me')).status).toBe(401);
    await world.signIn('viewer@example.org');
    expect((await admin.delete(`/api/users/${viewer.userId}`)).status).toBe(200);
    expect((await admin.delete(`/api/users/${viewer.userId}`)).body.code).toBe('NOT_FOUND');
  });

  it('always include an active administrator, even when two give up the role at once', async () => {
    const world = await openWorld();
    const one = await world.signUp('administrator', 'one');
    const path = `/api/users/${one.userId}`;
    const refused = [
      await one.patch(path, { role: 'viewer' }),
      await one.patch(path, { disabled: true }),
      await one.delete(path),
    ];
    for (const reply of refused) expect(reply.body.code).toBe('AUTH_LAST_ADMINISTRATOR');
    expect((await one.patch(path, { role: 'administrator', name: 'The One' })).status).toBe(200);

    const two = await world.signUp('administrator', 'two');
    const both = await Promise.all([
      one.patch(path, { role: 'viewer' }),
      two.patch(`/api/users/${two.userId}`, { disabled: true }),
    ]);
    expect(both.map((reply) => reply.status).sort()).toEqual([200, 409]);
  });

  it('keep what they wrote word for word, whatever it looks like', async () => {
    const world = await openWorld();
    const admin = await world.signUp('administrator');
    const nasty = [
      `Robert'); DROP TABLE core_users;--`,
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      '{{7*7}} #{7*7} %00 \\u0000 \\',
      '=1+1',
      '👩‍👩‍👧‍👦 𠮷野家 ‮evil',
    ];
    for (const text of nasty) {
      const renamed = await admin.patch('/api/auth/me', { name: text });
      expect(renamed.body.name).toBe(text);
      const token = { name: text, scopes: ['users.manage'], expiresAt: null };
      expect((await admin.post('/api/tokens', token)).body.name).toBe(text);
      expect((await admin.patch('/api/settings', { name: text })).body.name).toBe(text);
      const login = { email: text, password: text, totp: text.slice(0, 20) };
      expect((await admin.post('/api/auth/login', login)).status).toBe(401);
      const found = await admin.get(`/api/audit?actor=${encodeURIComponent(text.slice(0, 100))}`);
      expect(found.body.items[0]).toMatchObject({ actor: text, action: 'auth.login-failed' });
    }
    const { items } = (await admin.get('/api/tokens')).body;
    expect(items.map((token: { name: string }) => token.name).sort()).toEqual([...nasty].sort());
    expect((await admin.get('/api/users')).headers['content-type']).toMatch(/^application\/json/);
  });
});
