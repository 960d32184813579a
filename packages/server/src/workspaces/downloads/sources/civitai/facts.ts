import type { Hashes, OfferedFile, OfferedModel } from '../../contract.ts';
import { toPlainText } from '../plain-text.ts';
import type { ModelFacts, SourceFile } from '../source.ts';
import { fileRef } from './refs.ts';
import type { FileReply, ModelReply, VersionReply } from './replies.ts';

/** Where a version stands with those who would have it. */
export type Barrier = NonNullable<OfferedModel['versions'][number]['barrier']>;

/** The hash of nothing: what a header claims of itself when its maker's tool failed. */
const AUTO_V3_OF_NOTHING = 'e3b0c44298fc';

const HASHES: readonly [keyof Hashes, string, number][] = [
  ['sha256', 'SHA256', 64],
  ['blake3', 'BLAKE3', 64],
  ['crc32', 'CRC32', 8],
  ['autoV1', 'AutoV1', 8],
  ['autoV2', 'AutoV2', 10],
  ['autoV3', 'AutoV3', 12],
];

/** Lower case; what is missing or is no hash is left out. */
export function toHashes(recorded: FileReply['hashes']): Hashes {
  const hashes: Hashes = {};
  for (const [key, name, chars] of HASHES) {
    const value = recorded?.[name];
    if (typeof value !== 'string' || value.length < chars || !/^[0-9a-f]+$/i.test(value)) continue;
    const hash = value.slice(0, chars).toLowerCase();
    if (key !== 'autoV3' || hash !== AUTO_V3_OF_NOTHING) hashes[key] = hash;
  }
  return hashes;
}

/** Exact, or null: a `sizeKB` that somebody has rounded is no promise. */
export function toSizeBytes(sizeKB: number | null | undefined): number | null {
  const bytes = (sizeKB ?? 0) * 1024;
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : null;
}

/** R, X and XXX; what is also listed without `nsfw=true` is none. Numbers are bits, words are those of `/images`. */
export function isMature(level: number | string | null | undefined): boolean {
  if (typeof level === 'string') return !['None', 'Soft', 'PG', 'PG13'].includes(level);
  return typeof level === 'number' && level > 0 && (level & 3) === 0;
}

export function barrierOf(
  mode: string | null | undefined,
  version: VersionReply,
  now: number,
): Barrier | null {
  if (mode === 'Archived') return 'archived';
  if (mode === 'TakenDown') return 'taken-down';
  if (version.usageControl && version.usageControl !== 'Download') return 'disabled';
  const { paidAccess, earlyAccessEndsAt } = version;
  const ends = paidAccess?.endsAt ?? earlyAccessEndsAt;
  if (ends) return Date.parse(ends) > now ? 'early-access' : null;
  return paidAccess || version.availability === 'EarlyAccess' ? 'early-access' : null;
}

/** What no token changes, so an item need not ask. Early access and logins may be bought or set later. */
export function isFinal(barrier: Barrier | null): boolean {
  return barrier === 'archived' || barrier === 'taken-down' || barrier === 'disabled';
}

export function toSourceFiles(
  model: ModelReply,
  version: VersionReply,
  site: { origin: string; now: number },
): SourceFile[] {
  const barrier = barrierOf(model.mode, version, site.now);
  const facts = toModelFacts(model, version, site.origin);
  const files = version.files ?? [];
  const primary = primaryOf(files);
  return files.map((file) => ({
    ref: fileRef(version.id, file.id),
    name: nameOf(version.id, file),
    sizeBytes: toSizeBytes(file.sizeKB),
    hashes: toHashes(file.hashes),
    primary: file === primary,
    model: facts,
    barrier: isFinal(barrier) ? barrier : null,
  }));
}

export function toOfferedModel(
  model: ModelReply,
  site: { origin: string; now: number; previewPath: (url: string) => string },
  nsfw: boolean,
): OfferedModel {
  const picture = pictureOf(
    model.modelVersions.flatMap((version) => version.images ?? []),
    nsfw,
  );
  return {
    source: 'civitai',
    id: String(model.id),
    name: model.name,
    type: model.type,
    creator: model.creator?.username ?? null,
    description: toPlainText(model.description ?? ''),
    tags: model.tags ?? [],
    nsfw: model.nsfw === true || isMature(model.nsfwLevel),
    downloads: model.stats?.downloadCount ?? null,
    license: licenseOf(model),
    page: pageOf(site.origin, model.id),
    preview: picture === null ? null : site.previewPath(picture),
    versions: model.modelVersions.map((version) => {
      const files = version.files ?? [];
      const primary = primaryOf(files);
      const published = Date.parse(version.publishedAt ?? '');
      return {
        id: String(version.id),
        name: version.name,
        baseModel: version.baseModel ?? null,
        publishedAt: Number.isNaN(published) ? null : published,
        barrier: barrierOf(model.mode, version, site.now),
        files: files.map((file) => toOfferedFile(version.id, file, file === primary)),
        triggerWords: version.trainedWords ?? [],
      };
    }),
  };
}

function toOfferedFile(versionId: number, file: FileReply, primary: boolean): OfferedFile {
  const scans = [file.pickleScanResult, file.virusScanResult].filter((scan) => scan != null);
  return {
    ref: fileRef(versionId, file.id),
    name: nameOf(versionId, file),
    sizeBytes: toSizeBytes(file.sizeKB),
    hashes: toHashes(file.hashes),
    format: file.metadata?.format ?? null,
    primary,
    // The worse of the two counts.
    sourceScan: scans.find((scan) => scan !== 'Success') ?? scans[0] ?? null,
  };
}

function toModelFacts(model: ModelReply, version: VersionReply, origin: string): ModelFacts {
  return {
    id: String(model.id),
    name: model.name,
    type: model.type,
    creator: model.creator?.username ?? null,
    versionId: String(version.id),
    versionName: version.name,
    baseModel: version.baseModel ?? null,
    nsfw: model.nsfw === true || isMature(model.nsfwLevel),
    tags: model.tags ?? [],
    triggerWords: version.trainedWords ?? [],
    description: toPlainText(model.description ?? ''),
    license: licenseOf(model),
    page: `${pageOf(origin, model.id)}?modelVersionId=${version.id}`,
    previewUrl: pictureOf(version.images ?? [], true),
  };
}

const pageOf = (origin: string, modelId: number): string => `${origin}/models/${modelId}`;

const nameOf = (versionId: number, file: FileReply): string =>
  file.name.trim() === '' ? `${versionId}_${file.id}` : file.name;

function primaryOf(files: readonly FileReply[]): FileReply | undefined {
  return (
    files.find((file) => file.primary === true) ??
    files.find((file) => file.type === 'Model') ??
    files[0]
  );
}

/** The tamest picture; videos are none. In a smaller size where the address says that it is the original's. */
function pictureOf(images: NonNullable<VersionReply['images']>, mature: boolean): string | null {
  const pictures = images.filter(
    ({ url, type }) => url && (type ?? 'image') === 'image' && !/\.(mp4|webm)$/i.test(url),
  );
  const tame = pictures.find(({ nsfwLevel }) => nsfwLevel === 1 || nsfwLevel === 'None');
  const chosen =
    tame ?? pictures.find(({ nsfwLevel }) => mature || !isMature(nsfwLevel)) ?? undefined;
  return chosen?.url?.replace('/original=true/', '/width=450/') ?? null;
}

/** The site's own words for what is allowed. */
function licenseOf(model: ModelReply): string | null {
  const { allowCommercialUse: uses } = model;
  const commercial = typeof uses === 'string' ? uses.replace(/[{}]/g, '') : uses?.join(',');
  const allowed = [
    commercial ? `allowCommercialUse=${commercial}` : '',
    ...(['allowNoCredit', 'allowDerivatives', 'allowDifferentLicense'] as const).filter(
      (name) => model[name] === true,
    ),
  ].filter((word) => word !== '');
  return allowed.length === 0 ? null : allowed.join(' ');
}
