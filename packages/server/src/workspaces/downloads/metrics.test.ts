import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { silentLog } from '../../testing/databases.ts';
import { observeDownloads } from './metrics.ts';

it('counts files, their bytes and failures, and answers while the database is away', async () => {
  const registry = new Registry();
  let away = false;
  const counts = async () => {
    if (away) throw new Error('away');
    return { PENDING: 3, PROCESSING: 1, COMPLETED: 0, FAILED: 0, CANCELLED: 0, PAUSED: 0 };
  };
  const count = observeDownloads({ registry, counts, log: silentLog });
  const of = { source: 'civitai', code: 'clean' };
  count({ ...of, kind: 'download_completed', bytes: 1000, details: { wastedBytes: 20 } });
  count({ ...of, kind: 'download_linked', bytes: 5000 });
  count({ kind: 'download_failed', source: 'http', code: 'DOWNLOADS_NOT_FOUND' });
  count({ kind: 'job_completed', bytes: 7 });
  expect(await registry.metrics()).toContain('kizashi_downloads_items{state="PENDING"} 3');
  away = true;
  const lines = (await registry.metrics()).split('\n').filter((line) => !line.startsWith('#'));
  expect(lines.filter(Boolean)).toEqual([
    'kizashi_downloads_files_total{source="civitai",verdict="clean"} 2',
    'kizashi_downloads_bytes_total{source="civitai"} 1000',
    'kizashi_downloads_wasted_bytes_total{source="civitai"} 20',
    'kizashi_downloads_failures_total{source="http",code="DOWNLOADS_NOT_FOUND"} 1',
  ]);
});
