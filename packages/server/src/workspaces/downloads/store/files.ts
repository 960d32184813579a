import { sql } from 'kysely';
import type { FileState, Verdict } from '../contract.ts';
import type { DownloadsQuery, FileRow, LinkRow } from './tables.ts';

export async function findFile(query: DownloadsQuery, id: string): Promise<FileRow | undefined> {
  return query.selectFrom('downloads_files').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Newest first; `cursor` is the last id of the page before. */
export async function listFiles(
  query: DownloadsQuery,
  page: {
    search?: string;
    state?: FileState | undefined;
    verdict?: Verdict | undefined;
    type?: string | undefined;
    hash?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<FileRow[]> {
  let rows = query
    .selectFrom('downloads_files')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (page.cursor !== undefined) rows = rows.where('id', '<', page.cursor);
  if (page.state !== undefined) rows = rows.where('state', '=', page.state);
  if (page.verdict !== undefined) rows = rows.where('verdict', '=', page.verdict);
  if (page.type !== undefined) rows = rows.where('type', '=', page.type);
  if (page.search !== undefined && page.search !== '') {
    const literal = page.search.toLowerCase().replaceAll(/[!%_]/g, '!$&');
    rows = rows.where(sql<boolean>`search_text like ${`%${literal}%`} escape '!'`);
  }
  if (page.hash !== undefined && page.hash !== '') {
    const hash = page.hash.toLowerCase().replaceAll(/[^0-9a-f]/g, 'x');
    rows = rows.where(({ eb, or, and }) =>
      or([
        and([eb('sha256', '>=', hash), eb('sha256', '<', `${hash}g`)]),
        eb('blake3', '=', hash),
        eb('crc32', '=', hash),
        eb('auto_v1', '=', hash),
        eb('auto_v3', '=', hash),
      ]),
    );
  }
  return rows.execute();
}

export async function linksOf(
  query: DownloadsQuery,
  fileIds: readonly string[],
): Promise<ReadonlyMap<string, readonly LinkRow[]>> {
  if (fileIds.length === 0) return new Map();
  const rows = await query
    .selectFrom('downloads_links')
    .selectAll()
    .where('file_id', 'in', fileIds)
    .orderBy('id')
    .execute();
  return Map.groupBy(rows, (row) => row.file_id);
}

/** Entries with this content, those under a name first. */
export async function filesOfContent(query: DownloadsQuery, sha256: string): Promise<FileRow[]> {
  const rows = await query
    .selectFrom('downloads_files')
    .selectAll()
    .where('sha256', '=', sha256.toLowerCase())
    .execute();
  const order: readonly FileState[] = ['stored', 'quarantined', 'missing'];
  return rows.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

/** Whether a name of the library is taken, by a file or a link. */
export async function isNameTaken(query: DownloadsQuery, pathKey: string): Promise<boolean> {
  for (const table of ['downloads_files', 'downloads_links'] as const) {
    const row = await query
      .selectFrom(table)
      .select('id')
      .where('path_key', '=', pathKey)
      .executeTakeFirst();
    if (row !== undefined) return true;
  }
  return false;
}

export interface LibraryTotals {
  readonly files: number;
  readonly bytes: number;
  readonly quarantined: number;
  readonly savedBytes: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly types: readonly string[];
}

export async function libraryTotals(query: DownloadsQuery): Promise<LibraryTotals> {
  const rows = await query
    .selectFrom('downloads_files')
    .select(({ fn }) => [
      'verdict',
      'type',
      'state',
      fn.countAll().as('files'),
      fn.sum('size_bytes').as('bytes'),
      fn.sum('saved_bytes').as('saved'),
    ])
    .groupBy(['verdict', 'type', 'state'])
    .execute();
  const verdicts = { clean: 0, suspicious: 0, dangerous: 0, malformed: 0, unscannable: 0 };
  const totals = { files: 0, bytes: 0, quarantined: 0, savedBytes: 0 };
  const types = new Set<string>();
  for (const row of rows) {
    const files = Number(row.files);
    totals.files += files;
    totals.savedBytes += Number(row.saved ?? 0);
    if (row.state !== 'missing') totals.bytes += Number(row.bytes ?? 0);
    if (row.state === 'quarantined') totals.quarantined += files;
    verdicts[row.verdict] += files;
    if (row.type !== null) types.add(row.type);
  }
  return { ...totals, verdicts, types: [...types].sort() };
}
