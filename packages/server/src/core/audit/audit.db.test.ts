import { expect, it } from 'vitest';
import { freshAuthDatabase, openTestAuth } from '../../testing/auth.ts';
import { describeDatabases } from '../../testing/databases.ts';

describeDatabases('audit log', ({ open }) => {
  const fresh = freshAuthDatabase(open);
  it('tells who did what to whom from where, newest first, by page and filter', async () => {
    const world = await openTestAuth(await fresh());
    const admin = await world.signUp('administrator');
    const viewer = await world.signUp('viewer');
    for (const role of ['analyst', 'operator', 'viewer']) {
      world.time.advance(1_000);
      await admin.patch(`/api/users/${viewer.userId}`, { role });
    }
    const filter = 'action=user.changed&actor=administrator@example.org&limit=2';
    const first = (await admin.get(`/api/audit?${filter}`)).body;
    expect(first.items).toMatchObject([
      {
        actor: 'administrator@example.org',
        action: 'user.changed',
        target: 'viewer@example.org',
        address: '127.0.0.1',
        at: world.time.clock.now(),
        details: { role: 'viewer' },
      },
      { details: { role: 'operator' } },
    ]);
    const second = (await admin.get(`/api/audit?${filter}&cursor=${first.nextCursor}`)).body;
    expect(second).toMatchObject({ items: [{ details: { role: 'analyst' } }], nextCursor: null });
    const actions = (await admin.get('/api/audit')).body.items.map(
      (entry: { action: string }) => entry.action,
    );
    expect(new Set(actions)).toEqual(new Set(['user.changed', 'auth.login', 'user.created']));
  });

  it('keeps an entry only together with the change it belongs to', async () => {
    const db = await fresh();
    const world = await openTestAuth(db);
    const failure = db.transaction(async (trx) => {
      await world.audit.write({ actor: 'system', action: 'test.undone' }, trx);
      throw new Error('undo');
    });
    await expect(failure).rejects.toThrow('undo');
    expect((await world.audit.list({ limit: 10 })).items).toEqual([]);
  });
});
