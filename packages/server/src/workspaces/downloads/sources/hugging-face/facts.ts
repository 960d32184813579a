import type { Hashes, OfferedModel } from '../../contract.ts';
import type { ModelFacts, SourceFile } from '../source.ts';
import type { RepoReply, TreeEntry } from './replies.ts';
import { type RepoFile, type RepoKind, writeRepoId, writeRepoRef } from './repo.ts';

/** Files shown of one repository in a search; a download lists them all. */
const OFFERED_FILES = 200;
const MATURE = 'not-for-all-audiences';
const FORMATS: readonly [RegExp, string][] = [
  [/\.safetensors$/i, 'SafeTensor'],
  [/\.gguf$/i, 'GGUF'],
  [/\.onnx$/i, 'ONNX'],
  [/\.(bin|pt|pth|ckpt|pkl|pickle|joblib)$/i, 'PickleTensor'],
];

export interface Repo {
  readonly kind: RepoKind;
  /** As it was asked for: `main`, a tag. */
  readonly revision: string;
  readonly reply: RepoReply;
}

export const isMature = (reply: RepoReply): boolean => reply.tags?.includes(MATURE) === true;

/** A large file has a SHA-256, a small one what Git calls it. */
export function toHashes(sha1: string | null | undefined, sha256: string | null): Hashes {
  if (sha256 !== null && /^[0-9a-f]{64}$/i.test(sha256)) return { sha256: sha256.toLowerCase() };
  if (sha1 && /^[0-9a-f]{40}$/i.test(sha1)) return { gitSha1: sha1.toLowerCase() };
  return {};
}

export function toSourceFile(entry: TreeEntry, repo: Repo, origin: string): SourceFile {
  return {
    ref: writeRepoRef({ ...fileAt(repo, entry.path) }),
    name: entry.path,
    sizeBytes: entry.lfs ? (entry.lfs.size ?? null) : (entry.size ?? null),
    hashes: toHashes(entry.lfs ? null : entry.oid, entry.lfs?.oid ?? null),
    // The files of a repository belong together.
    primary: true,
    model: toModelFacts(repo, origin),
    barrier: null,
  };
}

export function toModelFacts({ kind, revision, reply }: Repo, origin: string): ModelFacts {
  const { id, cardData } = reply;
  const tags = reply.tags ?? [];
  const prompt = cardData?.instance_prompt;
  return {
    id: writeRepoId({ kind, repo: id, revision: null, pattern: null }),
    name: id.split('/').at(-1)!,
    type: typeOf(kind, reply),
    creator: ownerOf(id),
    versionId: reply.sha ?? revision,
    versionName: revision,
    baseModel: baseModelOf(reply),
    nsfw: isMature(reply),
    tags,
    triggerWords: typeof prompt === 'string' && prompt !== '' ? [prompt] : [],
    description: '',
    license: licenseOf(reply),
    page: pageOf(kind, id, origin),
    previewUrl: null,
  };
}

export function toOfferedModel(reply: RepoReply, origin: string): OfferedModel {
  const repo: Repo = { kind: 'models', revision: 'main', reply };
  const facts = toModelFacts(repo, origin);
  const published = Date.parse(reply.lastModified ?? '');
  const names = (reply.siblings ?? []).map(({ rfilename }) => rfilename);
  // What makes up the model comes first.
  const sorted = [...names].sort(
    (a, b) => Number(formatOf(b) !== null) - Number(formatOf(a) !== null),
  );
  return {
    source: 'hugging-face',
    id: reply.id,
    name: facts.name,
    type: facts.type,
    creator: facts.creator,
    description: '',
    tags: [...facts.tags],
    nsfw: facts.nsfw,
    downloads: reply.downloads ?? null,
    license: facts.license,
    page: facts.page,
    preview: null,
    versions: [
      {
        id: `${reply.id}@${facts.versionId}`,
        name: facts.versionName,
        baseModel: facts.baseModel,
        publishedAt: Number.isNaN(published) ? null : published,
        barrier: reply.gated ? 'gated' : null,
        files: sorted.slice(0, OFFERED_FILES).map((path) => ({
          ref: writeRepoRef(fileAt(repo, path)),
          name: path,
          sizeBytes: null,
          hashes: {},
          format: formatOf(path),
          primary: true,
          sourceScan: null,
        })),
        triggerWords: [...facts.triggerWords],
      },
    ],
  };
}

/** At its commit, so that a branch that moves does not change a file half-way. */
const fileAt = ({ kind, revision, reply }: Repo, path: string): RepoFile => ({
  kind,
  repo: reply.id,
  revision: reply.sha ?? revision,
  path,
});

const formatOf = (path: string): string | null =>
  FORMATS.find(([pattern]) => pattern.test(path))?.[1] ?? null;

const ownerOf = (id: string): string | null => (id.includes('/') ? id.split('/')[0]! : null);

function pageOf(kind: RepoKind, id: string, origin: string): string {
  return `${origin}/${kind === 'models' ? '' : `${kind}/`}${id}`;
}

function typeOf(kind: RepoKind, reply: RepoReply): string {
  if (kind !== 'models') return kind.slice(0, -1);
  return reply.pipeline_tag ?? 'model';
}

function tagValue(reply: RepoReply, prefix: string): string | null {
  return reply.tags?.find((tag) => tag.startsWith(prefix))?.slice(prefix.length) ?? null;
}

function licenseOf(reply: RepoReply): string | null {
  const license = reply.cardData?.license;
  return typeof license === 'string' ? license : tagValue(reply, 'license:');
}

function baseModelOf(reply: RepoReply): string | null {
  const base = reply.cardData?.base_model;
  const first: unknown = Array.isArray(base) ? base[0] : base;
  return typeof first === 'string' ? first : tagValue(reply, 'base_model:');
}
