import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import { expect, it } from 'vitest';
import {
  freshAuthDatabase,
  openTestAuth,
  type TestAuth,
  testPassword,
} from '../../testing/auth.ts';
import { describeDatabases } from '../../testing/databases.ts';

const STEP = 30_000;

describeDatabases('two-step sign-in', ({ open }) => {
  const fresh = freshAuthDatabase(open);
  async function openWithTotp() {
    const db = await fresh();
    const world = await openTestAuth(db);
    const viewer = await world.signUp('viewer');
    const { secret, uri } = (await viewer.post('/api/auth/totp')).body;
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = (ahead = 0) => totp.generate({ timestamp: world.time.clock.now() + ahead });
    return { db, world, viewer, secret, uri, code };
  }
  const login = (world: TestAuth, totp?: string) =>
    world.browser().post('/api/auth/login', {
      email: 'viewer@example.org',
      password: testPassword,
      ...(totp !== undefined && { totp }),
    });

  it('is on only after its first code, and then asked for', async () => {
    const { world, viewer, uri, code, secret } = await openWithTotp();
    expect(uri).toMatch(/^otpauth:\/\/totp\/Kizashi:viewer%40example\.org\?issuer=Kizashi&secret=/);
    expect((await login(world)).status).toBe(200);
    const wrong = await viewer.post('/api/auth/totp/confirm', { code: '000000' });
    expect(wrong.body.code).toBe('AUTH_TOTP_WRONG');
    const confirmed = await viewer.post('/api/auth/totp/confirm', { code: code() });
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    expect((await viewer.get('/api/auth/me')).body.user.totpEnabled).toBe(true);
    expect(JSON.stringify((await viewer.get('/api/auth/me')).body)).not.toContain(secret);

    expect((await login(world)).body.code).toBe('AUTH_TOTP_REQUIRED');
    expect((await login(world, '000000')).body.code).toBe('AUTH_TOTP_WRONG');
    world.time.advance(STEP);
    expect((await login(world, code())).status).toBe(200);
    expect((await viewer.post('/api/auth/totp')).body.code).toBe('AUTH_TOTP_ALREADY');
  });

  it('accepts each code once, even from two at the same moment', async () => {
    const { world, viewer, code } = await openWithTotp();
    const first = code();
    await viewer.post('/api/auth/totp/confirm', { code: first });
    expect((await login(world, first)).body.code).toBe('AUTH_TOTP_WRONG');
    world.time.advance(STEP);
    const both = await Promise.all([login(world, code()), login(world, code())]);
    expect(both.map((reply) => reply.status).sort()).toEqual([200, 403]);
    expect((await login(world, code())).body.code).toBe('AUTH_TOTP_WRONG');
  });

  it('forgives half a minute of clock difference, not more', async () => {
    const { world, viewer, code } = await openWithTotp();
    await viewer.post('/api/auth/totp/confirm', { code: code(-STEP) });
    world.time.advance(5 * STEP);
    expect((await login(world, code(2 * STEP))).body.code).toBe('AUTH_TOTP_WRONG');
    expect((await login(world, code(STEP))).status).toBe(200);
    // The step before the accepted one is used up with it.
    expect(await login(world, code())).toMatchObject({ status: 403 });
  });

  it('accepts each recovery code once, as typed', async () => {
    const { db, world, viewer, code } = await openWithTotp();
    const confirmed = await viewer.post('/api/auth/totp/confirm', { code: code() });
    const [first, second] = confirmed.body.recoveryCodes;
    expect(first).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
    expect((await login(world, first)).status).toBe(200);
    expect((await login(world, first)).body.code).toBe('AUTH_TOTP_WRONG');
    expect((await login(world, second.toUpperCase().replaceAll('-', ' '))).status).toBe(200);
    const { rows } = await sql`select * from core_recovery_codes`.execute(db.query);
    expect(rows).toHaveLength(8);
    const { items } = await world.audit.list({ action: 'auth.recovery-code-used', limit: 10 });
    expect(items).toHaveLength(2);
  });

  it('keeps its seed encrypted', async () => {
    const { db, viewer, secret, code } = await openWithTotp();
    await viewer.post('/api/auth/totp/confirm', { code: code() });
    const { rows } = await sql<{ totp_seed: string }>`select * from core_users`.execute(db.query);
    expect(rows[0]?.totp_seed).toMatch(/^v1\./);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('is switched off with the password', async () => {
    const { world, viewer, code } = await openWithTotp();
    await viewer.post('/api/auth/totp/confirm', { code: code() });
    const off = (password: string) => viewer.delete('/api/auth/totp', { password });
    expect((await off('not my password')).body.code).toBe('AUTH_PASSWORD_WRONG');
    expect((await off(testPassword)).status).toBe(200);
    expect((await login(world)).status).toBe(200);
    const unasked = await viewer.post('/api/auth/totp/confirm', { code: code() });
    expect(unasked.body.code).toBe('AUTH_TOTP_NOT_BEGUN');
  });

  it('is switched off by an administrator for who lost phone and recovery codes', async () => {
    const { world, viewer, code } = await openWithTotp();
    await viewer.post('/api/auth/totp/confirm', { code: code() });
    const admin = await world.signUp('administrator');
    const off = await admin.delete(`/api/users/${viewer.userId}/totp`);
    expect(off.body).toMatchObject({ email: 'viewer@example.org', totpEnabled: false });
    expect((await login(world)).status).toBe(200);
    const { items } = (await admin.get('/api/audit?action=auth.totp-off')).body;
    expect(items).toMatchObject([
      { actor: 'administrator@example.org', target: 'viewer@example.org' },
    ]);
    expect((await admin.delete('/api/users/nobody/totp')).body.code).toBe('NOT_FOUND');
  });
});
