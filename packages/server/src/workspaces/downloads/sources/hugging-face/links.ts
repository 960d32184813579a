import type { SourceInput } from '../source.ts';
import { type RepoKind, writeRepoId, writeRepoRef } from './repo.ts';

/** First words of paths that are pages of the hub itself. */
const PAGES = new Set(
  (
    'api blog brand chat docs enterprise huggingface join join-us learn login logout models new notifications organizations ' +
    'papers posts pricing privacy search settings storage support tasks terms-of-service welcome'
  ).split(' '),
);
const NAME = /^[A-Za-z0-9][\w.-]{0,95}$/;

/** What an address of the hub means: a repository, a folder or a file of it, an author or a collection. */
export function readHuggingFaceLink(
  link: string,
  hosts: ReadonlySet<string>,
): SourceInput | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (!/^https?:$/.test(url.protocol) || !hosts.has(url.host.replace(/^www\./, '')))
    return undefined;
  const parts = decodedParts(url.pathname);
  if (parts === null || parts.length === 0) return undefined;
  if (parts[0] === 'collections')
    return parts.length === 3
      ? { kind: 'collection', source: 'hugging-face', id: `${parts[1]}/${parts[2]}` }
      : undefined;
  const kind: RepoKind = parts[0] === 'datasets' || parts[0] === 'spaces' ? parts[0] : 'models';
  const rest = kind === 'models' ? parts : parts.slice(1);
  if (kind === 'models' && PAGES.has(parts[0]!)) return undefined;
  if (!rest.slice(0, 2).every((part) => NAME.test(part))) return undefined;
  if (rest.length === 1)
    return kind === 'models'
      ? { kind: 'creator', source: 'hugging-face', id: rest[0]! }
      : undefined;
  const verb = VERBS.has(rest[2] ?? '') ? 2 : VERBS.has(rest[1] ?? '') ? 1 : null;
  const repo = rest.slice(0, verb ?? 2).join('/');
  if (verb === null) return repoInput(kind, repo, null, null);
  const revision = rest[verb + 1] ?? null;
  // `refs/pr/1` is one revision, written with its slashes in some links.
  const length = revision === 'refs' ? 3 : 1;
  const name = rest.slice(verb + 1, verb + 1 + length).join('/');
  const path = rest.slice(verb + 1 + length).join('/');
  if (name === '') return repoInput(kind, repo, null, null);
  if (rest[verb] === 'tree' || path === '')
    return repoInput(kind, repo, name, path === '' ? null : `${path}/**`);
  return { kind: 'file', ref: writeRepoRef({ kind, repo, revision: name, path }) };
}

/** `raw` gives the pointer of a large file and not the file, which is what is meant. */
const VERBS = new Set(['tree', 'resolve', 'blob', 'raw']);

function repoInput(
  kind: RepoKind,
  repo: string,
  revision: string | null,
  pattern: string | null,
): SourceInput {
  return {
    kind: 'model',
    source: 'hugging-face',
    id: writeRepoId({ kind, repo, revision, pattern }),
  };
}

function decodedParts(pathname: string): string[] | null {
  try {
    return pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    return null;
  }
}
