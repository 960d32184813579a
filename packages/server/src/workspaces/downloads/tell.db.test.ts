import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toJson } from '../../core/db/columns.ts';
import type { Notification, Notifier } from '../../core/notify/notifier.ts';
import { describeDatabases } from '../../testing/databases.ts';
import type { FileRow } from './store/tables.ts';
import { tellEnd, tellQuarantine } from './tell.ts';
import { type DownloadsWorld, openDownloadsWorld } from './testing/downloads-world.ts';

describeDatabases('what is told of downloads', (databases) => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-tell-'));
  let world: DownloadsWorld;
  beforeAll(async () => {
    world = await openDownloadsWorld(databases, { folder });
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function told() {
    const all: { key: string; en: string; ja: string; link: string }[] = [];
    const notify: Notifier['notify'] = async <D>({ key, template, data }: Notification<D>) => {
      const [en, ja] = [template(data, 'en'), template(data, 'ja')];
      all.push({
        key,
        en: `${en.subject}\n${en.text}`,
        ja: `${ja.subject}\n${ja.text}`,
        link: en.link,
      });
    };
    const deps = { query: world.query, notifier: { notify }, publicUrl: () => 'https://k.example' };
    return { all, deps };
  }

  it('has a key of its own for each end of a job, words in both languages and a link', async () => {
    const { all, deps } = told();
    const job = await world.add(['https://host.example/a.bin'], { name: '夜間' });
    await world.change({ channelIds: ['c1'] });
    const ended = {
      ...job,
      state: 'COMPLETED',
      n_completed: 2,
      done_bytes: 3e9,
      finished_at: 5,
    } as const;
    await tellEnd(deps, ended);
    await tellEnd(deps, ended);
    await tellEnd(deps, { ...ended, state: 'FAILED', n_failed: 1, finished_at: 6 });
    expect(all.map(({ key }) => key)).toEqual([
      `downloads:${job.id}:COMPLETED:5`,
      `downloads:${job.id}:COMPLETED:5`,
      `downloads:${job.id}:FAILED:6`,
    ]);
    expect(all[0]).toMatchObject({
      en: expect.stringContaining('Downloads completed: 夜間'),
      ja: expect.stringContaining('ダウンロードが完了しました: 夜間'),
      link: `https://k.example/downloads/queue/${job.id}`,
    });
    expect(all[0]?.en).toContain('2 files');
    expect(all[0]?.en).toContain('3 GB');
    expect(all[2]?.ja).toContain('1 件');
  });

  it('is nothing where the settings do not ask for it', async () => {
    const { all, deps } = told();
    const job = await world.add(['https://host.example/b.bin']);
    await world.change({ channelIds: ['c1'], notifyOn: ['file-quarantined'] });
    await tellEnd(deps, { ...job, state: 'COMPLETED', finished_at: 5 });
    await tellQuarantine(deps, {
      id: 'f1',
      path: 'http/x.pt',
      verdict: 'dangerous',
      reasons: toJson(['pickle.dangerous-global']),
      sha256: 'ab',
    } as unknown as FileRow);
    expect(all).toHaveLength(1);
    expect(all[0]?.ja).toContain('http/x.pt');
    expect(all[0]?.en).toContain('an import that is known to run code');
    await world.change({ channelIds: [] });
    await tellQuarantine(deps, { id: 'f1' } as FileRow);
    expect(all).toHaveLength(1);
  });
});
