import { fromJson, toJson } from '../../../core/db/columns.ts';
import { upsert } from '../../../core/db/write.ts';
import { type DownloadSettings, downloadSettingsSchema } from '../contract.ts';
import type { DownloadsQuery } from './tables.ts';

export const DEFAULT_SETTINGS: DownloadSettings = {
  mode: 'adaptive',
  maxFiles: 16,
  maxConnections: 32,
  maxConnectionsPerHost: 16,
  hosts: {},
  schedule: { windows: [], otherwise: { bytesPerSecond: null } },
  keepFreeBytes: 1_000_000_000,
  pathTemplate: '{source}/{type}/{creator}/{model}/{version}/{file}',
  savePreview: true,
  saveMetadata: true,
  channelIds: [],
  notifyOn: ['job-completed', 'job-failed', 'file-quarantined'],
  maxAttempts: 8,
  quarantineSuspicious: false,
};

/** As stored; what a newer version has added has its default. */
export async function readSettings(query: DownloadsQuery): Promise<DownloadSettings> {
  const row = await query
    .selectFrom('downloads_settings')
    .select('body')
    .where('id', '=', 1)
    .executeTakeFirst();
  if (row === undefined) return DEFAULT_SETTINGS;
  return downloadSettingsSchema.parse({ ...DEFAULT_SETTINGS, ...fromJson(row.body) });
}

export async function writeSettings(
  query: DownloadsQuery,
  settings: DownloadSettings,
): Promise<void> {
  await upsert(query, {
    table: 'downloads_settings',
    rows: [{ id: 1, body: toJson(settings) }],
    key: ['id'],
    update: ['body'],
  });
}
