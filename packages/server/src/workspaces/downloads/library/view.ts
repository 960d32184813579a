import { fromJson } from '../../../core/db/columns.ts';
import type { LibraryFile } from '../contract.ts';
import { reasonTexts } from '../scan/reason-texts.ts';
import type { FileRow, LinkRow } from '../store/tables.ts';

export function toFile(row: FileRow, links: readonly LinkRow[] = []): LibraryFile {
  const model = row.model === null ? null : fromJson(row.model);
  const reasons = fromJson(row.reasons);
  return {
    id: row.id,
    path: row.path,
    links: links.map(({ path }) => path),
    state: row.state,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    blake3: row.blake3,
    crc32: row.crc32,
    autoV1: row.auto_v1,
    autoV2: row.sha256.slice(0, 10),
    autoV3: row.auto_v3,
    verified: row.verified,
    verdict: row.verdict,
    reasons: [...reasons],
    reasonTexts: [...reasonTexts(reasons)],
    imports: [...fromJson(row.imports)],
    scannedAt: row.scanned_at,
    source: row.source,
    modelName: model?.name ?? null,
    versionName: model?.versionName ?? null,
    creator: model?.creator ?? null,
    type: row.type,
    baseModel: model?.baseModel ?? null,
    nsfw: model?.nsfw ?? false,
    triggerWords: [...(model?.triggerWords ?? [])],
    page: model?.page ?? null,
    preview: row.preview_path === null ? null : `/api/downloads/library/${row.id}/preview`,
    releasedBy: row.released_by,
    addedAt: row.added_at,
  };
}
