import { expect, it, vi } from 'vitest';
import { freshAuthDatabase, openTestAuth } from '../../testing/auth.ts';
import { describeDatabases } from '../../testing/databases.ts';
import { createOrganisationSettings } from './organisation.ts';

describeDatabases('organisation settings', ({ open }) => {
  const fresh = freshAuthDatabase(open);
  const config = { registration: 'closed' } as const;

  it('start from the configuration and keep what was chosen', async () => {
    const db = await fresh();
    const messages = { publish: async () => {}, subscribe: () => () => {} };
    const settings = createOrganisationSettings({ db, config, messages });
    expect(await settings.get()).toMatchObject({ registration: 'closed', weekStartsOn: 1 });
    const changed = await settings.set({
      timeZone: 'Asia/Tokyo',
      currency: 'JPY',
      weekStartsOn: 7,
    });
    expect(changed).toMatchObject({ timeZone: 'Asia/Tokyo', currency: 'JPY', weekStartsOn: 7 });
    await settings.set({ name: '兆商店' });
    const anew = createOrganisationSettings({ db, config: { registration: 'open' }, messages });
    expect(await anew.get()).toEqual({ ...changed, name: '兆商店', registration: 'open' });
  });

  it('tell every process of a change, once', async () => {
    const db = await fresh();
    const handlers = new Set<() => void>();
    const messages = {
      publish: async () => handlers.forEach((handler) => void handler()),
      subscribe: (_topic: string, handler: (message: never) => void) => {
        handlers.add(handler as () => void);
        return () => handlers.delete(handler as () => void);
      },
    };
    const [here, there] = [0, 1].map(() => createOrganisationSettings({ db, config, messages }));
    if (!here || !there) throw new Error('two were made');
    await Promise.all([here.start(), there.start()]);
    const heardHere = vi.fn();
    here.onChange(heardHere);
    const heardThere = new Promise<string>((resolve) => {
      there.onChange((values) => resolve(values.name));
    });
    await here.set({ name: 'Anew' });
    expect(await heardThere).toBe('Anew');
    expect((await there.get()).name).toBe('Anew');
    await here.set({ name: 'Anew' });
    expect(heardHere).toHaveBeenCalledTimes(1);
    await Promise.all([here.stop(), there.stop()]);
    expect(handlers.size).toBe(0);
  });

  it('are changed by administrators, checked, and audited', async () => {
    const world = await openTestAuth(await fresh());
    const admin = await world.signUp('administrator');
    const refused = await admin.patch('/api/settings', { timeZone: 'Mars/Olympus' });
    expect(refused.body.code).toBe('SETTINGS_TIME_ZONE_UNKNOWN');
    expect((await admin.patch('/api/settings', { currency: 'QQQ' })).body.code).toBe(
      'SETTINGS_CURRENCY_UNKNOWN',
    );
    expect(
      (await admin.patch('/api/settings', { fiscalYearStartMonth: 13 })).body.fields,
    ).toHaveLength(1);
    const changed = await admin.patch('/api/settings', { fiscalYearStartMonth: 4 });
    expect(changed.body.fiscalYearStartMonth).toBe(4);
    const { items } = await world.audit.list({ action: 'settings.changed', limit: 5 });
    expect(items.map(({ details }) => details)).toEqual([{ fiscalYearStartMonth: 4 }]);
    const viewer = await world.signUp('viewer');
    expect((await viewer.get('/api/settings')).body).toEqual(changed.body);
    expect((await viewer.get('/api/about')).body.queue).toBe('embedded');
  });
});
