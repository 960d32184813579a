import type { Stats } from 'node:fs';
import { chmod } from 'node:fs/promises';
import type { Clock } from '../../../core/clock.ts';
import { fromJson, toJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { insertIgnore } from '../../../core/db/write.ts';
import { createId } from '../../../core/ids.ts';
import type { LibraryFile } from '../contract.ts';
import { LANE } from '../queue/states.ts';
import { filesOfContent, isNameTaken, linksOf } from '../store/files.ts';
import { findItem, moveItems } from '../store/items.ts';
import {
  type DownloadsQuery,
  downloadsQuery,
  type FileRow,
  type ItemRow,
} from '../store/tables.ts';
import type { TransferResult } from '../transfer/transfer.ts';
import { journalPath } from '../transfer/transfer.ts';
import {
  asLibraryError,
  copyTo,
  flushFile,
  type LibraryFolder,
  linkWithoutReplacing,
  lstatOf,
  moveWithoutReplacing,
  removeFile,
} from './folder.ts';
import { freePath } from './free-name.ts';
import { pathKey, pathOf } from './path-template.ts';
import type { Placing } from './place.ts';
import type { ScanFile } from './scan-file.ts';
import { previewPartOf, type Sidecars, writeSidecars } from './sidecars.ts';

/** An item whose file is whole, hashed and scanned. */
export interface FinishedFile {
  readonly item: ItemRow;
  readonly template: string;
  readonly result: Pick<
    TransferResult,
    'sizeBytes' | 'hashes' | 'agreed' | 'disagreed' | 'facts' | 'wastedBytes'
  >;
  readonly scan: Awaited<ReturnType<ScanFile>>;
  readonly harmful: boolean;
  readonly sidecars: Sidecars;
}

/**
 * Gives files their names, one after the other. What is about to be done is written to the item first, so that a process
 * killed between any two steps is followed by one that finishes them: the number of the file in its file system tells
 * whether it has been moved.
 */
export interface Placer {
  /** @throws DOWNLOADS_LIBRARY_UNWRITABLE, DOWNLOADS_LIBRARY_LINK, DOWNLOADS_DISK_FULL */
  place(finished: FinishedFile): Promise<ItemEnd>;
  /** An item of which the library has the content already: nothing is fetched. Undefined when it has not. */
  linkExisting(item: ItemRow, sha256: string, template: string): Promise<ItemEnd | undefined>;
  /** Goes on where a killed process stopped. Undefined when its file is gone and has to be fetched again. */
  recover(item: ItemRow): Promise<ItemEnd | undefined>;
}

export interface ItemEnd {
  readonly file: FileRow;
  readonly linked: boolean;
  /** The item's job after it, and the state before. */
  readonly change: Awaited<ReturnType<typeof moveItems>>;
}

export interface PlacerDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly folder: LibraryFolder;
  /** Called between any two steps: tests end the work there, as `kill -9` would. */
  readonly step?: (name: string) => void | Promise<void>;
}

export function createPlacer(deps: PlacerDeps): Placer {
  const { db, clock, folder } = deps;
  const query = downloadsQuery(db);
  const step = deps.step ?? (() => {});
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time: two files of the same name or content must see each other. */
  function alone<R>(work: () => Promise<R>): Promise<R> {
    const next = last.then(work).catch((error: unknown) => {
      throw asLibraryError(error, folder.root);
    });
    last = next.catch(() => {});
    return next;
  }

  async function place(finished: FinishedFile): Promise<ItemEnd> {
    const { item, result, scan, harmful } = finished;
    const part = folder.partPath(item.id);
    const sha256 = result.hashes.sha256!;
    const known = await usable(sha256);
    if (known !== undefined) {
      const end = await linkTo(item, known, finished.template, 0, result);
      await removePart(item.id);
      return end;
    }
    await flushFile(part);
    const stats = await lstatOf(part);
    if (stats === undefined) throw new Error('the part file is gone');
    const placing: Placing = {
      kind: harmful ? 'quarantine' : 'file',
      fileId: createId(clock.now()),
      path: pathOf(finished.template, {
        source: item.source,
        fileName: item.file_name ?? nameOf(item, result.facts.fileName),
        model: item.model === null ? null : fromJson(item.model),
      }),
      inode: String(stats.ino),
      sizeBytes: result.sizeBytes,
      hashes: {
        sha256,
        blake3: result.hashes.blake3 ?? null,
        crc32: result.hashes.crc32 ?? null,
        autoV1: result.hashes.autoV1 ?? null,
        autoV3: result.hashes.autoV3 ?? null,
      },
      verified: verifiedBy(item, result),
      scan: { ...scan, at: clock.now() },
      sidecars: {
        metadata: finished.sidecars.metadata,
        previewExtension: finished.sidecars.preview?.extension ?? null,
      },
    };
    await step('before-intent');
    const free = placing.kind === 'quarantine' ? placing : await onFreeName(placing);
    await intend(item.id, free);
    await step('after-intent');
    return finish(item, free, finished.sidecars, result);
  }

  /** Written down before anything moves; from here on the item cannot be paused. */
  async function intend(itemId: string, placing: Placing): Promise<void> {
    const { numUpdatedRows } = await query
      .updateTable('downloads_items')
      .set({ phase: 'placing', placing: toJson(placing) })
      .where('id', '=', itemId)
      .where('lane', '=', LANE.processing)
      .executeTakeFirst();
    // Somebody paused or cancelled it in the last moment.
    if (numUpdatedRows === 0n) throw new DOMException('the item rests', 'AbortError');
  }

  async function onFreeName(placing: Placing): Promise<Placing> {
    const path = await freePath(placing.path, async (each) => {
      if (await isNameTaken(query, pathKey(each))) return false;
      return (await lstatOf(await folder.reach(each))) === undefined;
    });
    return { ...placing, path };
  }

  /** From the intent to the entry; each step may have been done already. */
  async function finish(
    item: ItemRow,
    first: Placing,
    sidecars: Sidecars,
    fetched?: FinishedFile['result'],
  ): Promise<ItemEnd> {
    const part = folder.partPath(item.id);
    let placing = first;
    for (;;) {
      const to =
        placing.kind === 'quarantine'
          ? folder.quarantinePath(placing.fileId)
          : await folder.reach(placing.path);
      const [from, there] = [await lstatOf(part), await lstatOf(to)];
      if (there !== undefined && String(there.ino) === placing.inode && there.isFile()) {
        // Moved by an attempt that was cut off, perhaps between its two names.
        if (from !== undefined) await removeFile(part);
        break;
      }
      if (from === undefined || String(from.ino) !== placing.inode) throw new PartGone();
      if (placing.kind === 'quarantine') await chmod(part, 0o400);
      await step('before-move');
      if (await moveWithoutReplacing(part, to)) break;
      placing = await onFreeName(placing);
      await intend(item.id, placing);
    }
    await step('after-move');
    const previewAt =
      placing.kind === 'file'
        ? await writeSidecars({ folder, item, placing, query, sidecars })
        : null;
    await step('after-sidecars');
    const end = await enter(item, placing, previewAt, fetched);
    await step('after-entry');
    await removePart(item.id);
    return end;
  }

  /** The library's entry and the end of the item, together. */
  async function enter(
    item: ItemRow,
    placing: Placing,
    previewAt: string | null,
    fetched?: FinishedFile['result'],
  ): Promise<ItemEnd> {
    const now = clock.now();
    const stored = placing.kind === 'file';
    const model = item.model === null ? null : fromJson(item.model);
    const { hashes, scan } = placing;
    const row: FileRow = {
      id: placing.fileId,
      path: placing.path,
      path_key: stored ? pathKey(placing.path) : null,
      search_text: [placing.path, model?.name, model?.creator, ...(model?.tags ?? [])]
        .filter(Boolean)
        .join(' ')
        .toLowerCase(),
      state: stored ? 'stored' : 'quarantined',
      size_bytes: placing.sizeBytes,
      sha256: hashes.sha256,
      blake3: hashes.blake3,
      crc32: hashes.crc32,
      auto_v1: hashes.autoV1,
      auto_v3: hashes.autoV3,
      verified: placing.verified,
      verdict: scan.verdict,
      reasons: toJson(scan.reasons),
      imports: toJson(scan.imports),
      scanned_at: scan.at,
      source: item.source,
      type: model?.type.slice(0, 60) ?? null,
      model: item.model,
      preview_path: previewAt,
      saved_bytes: 0,
      released_by: null,
      added_at: now,
    };
    const change = await db.transaction(async (trx) => {
      const own = downloadsQuery(trx);
      // An entry of this content that somebody's removal of the file left behind gives way to this one.
      const gone = await own
        .selectFrom('downloads_files')
        .select('id')
        .where('sha256', '=', row.sha256)
        .where('state', '=', 'missing')
        .execute();
      for (const { id } of gone) {
        await own.deleteFrom('downloads_links').where('file_id', '=', id).execute();
        await own.deleteFrom('downloads_files').where('id', '=', id).execute();
      }
      await insertIgnore(trx as never, { table: 'downloads_files', rows: [{ ...row }] });
      return end(own, item, row, false, fetched);
    });
    return { file: row, linked: false, change };
  }

  /** Its item is complete: sizes are those of the file. */
  async function end(
    own: DownloadsQuery,
    item: ItemRow,
    file: FileRow,
    linked: boolean,
    fetched?: FinishedFile['result'],
  ) {
    const now = clock.now();
    const before = await findItem(own, item.id);
    if (before === undefined) return undefined;
    return moveItems(
      own,
      {
        jobId: item.job_id,
        ids: [item.id],
        from: [LANE.processing],
        to: LANE.completed,
        placing: true,
        set: {
          phase: 'waiting',
          held_by: null,
          placing: null,
          error: null,
          retry_at: null,
          verdict: file.verdict,
          file_id: file.id,
          linked: linked ? 1 : 0,
          size_bytes: file.size_bytes,
          done_bytes: file.size_bytes,
          finished_at: now,
          ...(fetched && {
            host: fetched.facts.host.slice(0, 253),
            wasted_bytes: item.wasted_bytes + fetched.wastedBytes,
          }),
        },
        job: {
          sizeBytes: file.size_bytes - (before.size_bytes ?? 0),
          doneBytes: file.size_bytes - before.done_bytes,
        },
      },
      now,
    );
  }

  /** An entry with this content whose file is there: in quarantine, or under its name with its size. */
  async function usable(sha256: string): Promise<FileRow | undefined> {
    for (const row of await filesOfContent(query, sha256)) {
      const at =
        row.state === 'quarantined'
          ? await lstatOf(folder.quarantinePath(row.id))
          : (await folder.find(row.path))?.stats;
      if (at !== undefined && at.size === row.size_bytes && row.state !== 'missing') return row;
      if (at === undefined && row.state === 'stored') {
        await query
          .updateTable('downloads_files')
          .set({ state: 'missing', path_key: null })
          .where('id', '=', row.id)
          .execute();
      }
    }
    return undefined;
  }

  async function linkTo(
    item: ItemRow,
    file: FileRow,
    template: string,
    savedBytes: number,
    fetched?: FinishedFile['result'],
  ): Promise<ItemEnd> {
    const path = pathOf(template, {
      source: item.source,
      fileName: item.file_name ?? item.name,
      model: item.model === null ? null : fromJson(item.model),
    });
    const named = file.state === 'stored' ? await addName(item, file, path) : undefined;
    await step('after-link');
    const change = await db.transaction(async (trx) => {
      const own = downloadsQuery(trx);
      if (named !== undefined) {
        await insertIgnore(trx as never, {
          table: 'downloads_links',
          rows: [
            {
              id: createId(clock.now()),
              file_id: file.id,
              path: named,
              path_key: pathKey(named),
              added_at: clock.now(),
            },
          ],
        });
      }
      if (savedBytes > 0) {
        await own
          .updateTable('downloads_files')
          .set(({ eb }) => ({ saved_bytes: eb('saved_bytes', '+', savedBytes) }))
          .where('id', '=', file.id)
          .execute();
      }
      return end(own, item, file, true, fetched);
    });
    return { file, linked: true, change };
  }

  /** One more name of a file, unless it has this one: a hard link, a copy where there are none. */
  async function addName(item: ItemRow, file: FileRow, path: string): Promise<string | undefined> {
    const links = (await linksOf(query, [file.id])).get(file.id) ?? [];
    const has = new Set([pathKey(file.path), ...links.map((link) => link.path_key)]);
    const from = await folder.find(file.path);
    if (from === undefined) return undefined;
    let copy: string | undefined;
    for (;;) {
      let mine: string | undefined;
      const next = await freePath(path, async (each) => {
        const key = pathKey(each);
        if (has.has(key)) mine = each;
        if (mine !== undefined) return true;
        if (await isNameTaken(query, key)) return false;
        const there = await lstatOf(await folder.reach(each));
        // By an attempt that was cut off before it was noted.
        return there === undefined || isSame(there, from.stats);
      });
      if (mine !== undefined) return undefined;
      const to = await folder.reach(next);
      const there = await lstatOf(to);
      if (there !== undefined && isSame(there, from.stats)) return next;
      const linked = await linkWithoutReplacing(from.at, to);
      if (linked === 'done') return next;
      if (linked === 'exists') continue;
      if (copy === undefined) {
        copy = `${folder.partPath(item.id)}.copy`;
        await removeFile(copy);
        await copyTo(from.at, copy);
        await flushFile(copy);
      }
      if (await moveWithoutReplacing(copy, to)) return next;
    }
  }

  async function removePart(itemId: string): Promise<void> {
    const part = folder.partPath(itemId);
    // The preview of what went to quarantine, or was linked. What else there may be after a crash is swept up later.
    await Promise.all([part, journalPath(part), previewPartOf(part)].map(removeFile));
  }

  return {
    place: (finished) => alone(() => place(finished)),
    linkExisting: (item, sha256, template) =>
      alone(async () => {
        const known = await usable(sha256);
        if (known === undefined) return undefined;
        const end = await linkTo(item, known, template, known.size_bytes);
        await removePart(item.id);
        return end;
      }),
    recover: (item) =>
      alone(async () => {
        if (item.placing === null) return undefined;
        const placing = fromJson(item.placing);
        try {
          return await finish(item, placing, sidecarsOf(placing, folder.partPath(item.id)));
        } catch (error) {
          if (!(error instanceof PartGone)) throw error;
          // The next part file may get the number of the one that is gone, long before it is whole.
          await query
            .updateTable('downloads_items')
            .set({ placing: null, phase: 'locating' })
            .where('id', '=', item.id)
            .execute();
          return undefined;
        }
      }),
  };
}

class PartGone extends Error {}

/** As they were when the intent was written down. */
function sidecarsOf({ sidecars }: Placing, part: string): Sidecars {
  if (sidecars === undefined) return { metadata: true, preview: null };
  const { metadata, previewExtension: extension } = sidecars;
  return { metadata, preview: extension === null ? null : { at: previewPartOf(part), extension } };
}

function isSame(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.dev === b.dev;
}

/** A plain address may say less of its name than the server did. */
function nameOf(item: ItemRow, fromServer: string | null): string {
  return item.source === 'http' && fromServer !== null && fromServer.trim() !== ''
    ? fromServer
    : item.name;
}

function verifiedBy(
  item: ItemRow,
  { agreed, disagreed }: Pick<TransferResult, 'agreed' | 'disagreed'>,
): LibraryFile['verified'] {
  if (agreed.length > 0 && disagreed.length > 0) return 'other-hash';
  if (agreed.includes('sha256')) return 'sha256';
  if (agreed.includes('blake3')) return 'blake3';
  if (agreed.includes('gitSha1')) return 'git-sha1';
  if (agreed.includes('crc32')) return 'crc32';
  if (agreed.length > 0) return 'other-hash';
  return item.size_promised ? 'size' : 'nothing';
}
