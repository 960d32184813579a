import { refInvalid } from '../ref-invalid.ts';

export type RepoKind = 'models' | 'datasets' | 'spaces';

/** A repository, or what is meant of it. Written `[datasets/|spaces/]owner/name[@revision][:pattern]`. */
export interface RepoId {
  readonly kind: RepoKind;
  /** `owner/name`; old ones are a name alone. */
  readonly repo: string;
  /** Branch, tag or commit; null for the main one. */
  readonly revision: string | null;
  /** Of paths: `*` within a folder, `**` across; null for all. */
  readonly pattern: string | null;
}

const NAME = '[A-Za-z0-9][\\w.-]{0,95}';
const ID = new RegExp(
  `^(?:(models|datasets|spaces)/)?(${NAME}(?:/${NAME})?)(?:@([^:\\s]{1,250}))?(?::(.{1,300}))?$`,
);

/** @throws DOWNLOADS_REF_INVALID */
export function parseRepoId(text: string): RepoId {
  const match = ID.exec(text);
  if (!match) throw refInvalid(text);
  return {
    kind: (match[1] as RepoKind | undefined) ?? 'models',
    repo: match[2]!,
    revision: match[3] ?? null,
    pattern: match[4] ?? null,
  };
}

export function writeRepoId({ kind, repo, revision, pattern }: RepoId): string {
  const prefix = kind === 'models' ? '' : `${kind}/`;
  return `${prefix}${repo}${revision === null ? '' : `@${revision}`}${pattern === null ? '' : `:${pattern}`}`;
}

/** One file of a repository at a revision. */
export interface RepoFile {
  readonly kind: RepoKind;
  readonly repo: string;
  readonly revision: string;
  readonly path: string;
}

const REF = new RegExp(
  `^hugging-face:(models|datasets|spaces)/(${NAME}(?:/${NAME})?)@([^/\\s]{1,300})/(.{1,2000})$`,
);

/** A branch may hold slashes, so it is encoded. */
export const writeRepoRef = ({ kind, repo, revision, path }: RepoFile): string =>
  `hugging-face:${kind}/${repo}@${encodeURIComponent(revision)}/${path}`;

/** @throws DOWNLOADS_REF_INVALID */
export function parseRepoRef(ref: string): RepoFile {
  const match = REF.exec(ref);
  try {
    if (match)
      return {
        kind: match[1] as RepoKind,
        repo: match[2]!,
        revision: decodeURIComponent(match[3]!),
        path: match[4]!,
      };
  } catch {
    // Not a revision as `writeRepoRef` encodes it.
  }
  throw refInvalid(ref);
}

/** Path of the file's address below the hub's. */
export function resolvePath({ kind, repo, revision, path }: RepoFile): string {
  const prefix = kind === 'models' ? '' : `/${kind}`;
  const parts = path.split('/').map(encodeURIComponent).join('/');
  return `${prefix}/${repo}/resolve/${encodeURIComponent(revision)}/${parts}`;
}

/** Whether a path is one of the pattern's; without wildcards the pattern is a path. */
export function matchesPattern(path: string, pattern: string | null): boolean {
  if (pattern === null) return true;
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) =>
      part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`).test(path);
}
