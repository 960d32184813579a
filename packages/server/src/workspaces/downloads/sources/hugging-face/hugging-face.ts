import { sourceErrors } from '../errors.ts';
import { type Answer, createExchange } from '../exchange.ts';
import { headError } from '../head-error.ts';
import type { SourceOptions } from '../options.ts';
import { refInvalid } from '../ref-invalid.ts';
import type { FilePage, Source, SourceFile, SourceInput } from '../source.ts';
import {
  isMature,
  type Repo,
  toHashes,
  toModelFacts,
  toOfferedModel,
  toSourceFile,
} from './facts.ts';
import { readHuggingFaceLink } from './links.ts';
import { nextCursorOf } from './paging.ts';
import { huggingFaceRefusal } from './refusal.ts';
import { collectionReply, type RepoReply, repoReply, reposReply, treeReply } from './replies.ts';
import {
  matchesPattern,
  parseRepoId,
  parseRepoRef,
  type RepoFile,
  type RepoId,
  resolvePath,
  writeRepoRef,
} from './repo.ts';

const MOST_MODELS = 50;
const MAX_OWN_REDIRECTS = 3;

export interface HuggingFaceOptions extends SourceOptions {
  /** The hub or a mirror. */
  readonly url: string;
}

/** Where a list of repositories is: which of them, and how far in its files. Kept as JSON in the cursor. */
interface Place {
  /** Of the list of repositories: its cursor, or a position in a collection. */
  readonly at: string | null;
  /** Of the files of the one there. */
  readonly tree: string | null;
}

/** The Hugging Face hub over its public API. */
export function createHuggingFace(options: HuggingFaceOptions): Source & { close(): void } {
  const hub = new URL(options.url);
  const { origin } = hub;
  const exchange = createExchange({
    ...options,
    source: 'hugging-face',
    ownOrigins: [origin],
    refusal: huggingFaceRefusal,
  });
  const linkHosts = new Set(['huggingface.co', 'hf.co', hub.host]);
  const below = (path: string): URL => new URL(`${hub.pathname.replace(/\/$/, '')}${path}`, hub);

  async function repoOf(id: RepoId, signal: AbortSignal): Promise<Repo> {
    const revision = id.revision === null ? '' : `/revision/${encodeURIComponent(id.revision)}`;
    const url = below(`/api/${id.kind}/${id.repo}${revision}`);
    const { data } = await exchange.json({ url, signal }, repoReply);
    return { kind: id.kind, revision: id.revision ?? 'main', reply: data };
  }

  /** A page of a repository's files, at the commit that its revision is now. */
  async function filesOf(
    repo: Repo,
    pattern: string | null,
    cursor: string | null,
    signal: AbortSignal,
  ): Promise<FilePage> {
    const { kind, reply } = repo;
    const commit = encodeURIComponent(reply.sha ?? repo.revision);
    const url = below(`/api/${kind}/${reply.id}/tree/${commit}`);
    url.searchParams.set('recursive', 'true');
    if (cursor !== null) url.searchParams.set('cursor', cursor);
    const { data, answer } = await exchange.json({ url, signal }, treeReply);
    const files = data
      .filter(({ type, path }) => type === 'file' && matchesPattern(path, pattern))
      .map((entry) => toSourceFile(entry, repo, origin));
    return { files, nextCursor: nextCursorOf(answer.headers.link, cursor) };
  }

  /** The commit is kept in the cursor: what is on the second page must be of the same one as the first. */
  async function listRepo(id: RepoId, cursor: string | null, signal: AbortSignal) {
    const [commit, tree] = cursor === null ? [null, null] : splitOnce(cursor, ' ');
    const repo = await repoOf(commit === null ? id : { ...id, revision: commit }, signal);
    const named = { ...repo, revision: id.revision ?? 'main' };
    const page = await filesOf(named, id.pattern, tree, signal);
    const at = repo.reply.sha ?? named.revision;
    if (page.files.length === 0 && page.nextCursor === null && cursor === null)
      throw sourceErrors.DOWNLOADS_SOURCE_NOT_FOUND({
        host: hub.host,
        what: `files of ${id.repo}${id.pattern === null ? '' : `: ${id.pattern}`}`,
      });
    return {
      files: page.files,
      nextCursor: page.nextCursor === null ? null : `${at} ${page.nextCursor}`,
    };
  }

  /**
   * The files of many repositories, one repository a call.
   *
   * @param nth gives the repository at a place of the list, and the next place; undefined after the last
   */
  async function listMany(
    cursor: string | null,
    signal: AbortSignal,
    nth: (
      at: string | null,
    ) => Promise<{ repo: Repo | undefined; next: string | null } | undefined>,
  ): Promise<FilePage> {
    const place: Place = cursor === null ? { at: null, tree: null } : readPlace(cursor);
    const found = await nth(place.at);
    if (found === undefined) return { files: [], nextCursor: null };
    const page =
      found.repo === undefined
        ? { files: [], nextCursor: null }
        : await filesOf(found.repo, null, place.tree, signal);
    const next: Place | null =
      page.nextCursor !== null
        ? { at: place.at, tree: page.nextCursor }
        : found.next !== null
          ? { at: found.next, tree: null }
          : null;
    return { files: page.files, nextCursor: next === null ? null : JSON.stringify(next) };
  }

  async function models(words: Record<string, string>, signal: AbortSignal) {
    const url = below('/api/models');
    url.search = String(new URLSearchParams({ full: 'true', ...words }));
    const { data, answer } = await exchange.json({ url, signal }, reposReply);
    return { items: data, nextCursor: nextCursorOf(answer.headers.link, words.cursor ?? null) };
  }

  const listQuery = (
    words: Record<string, string>,
    cursor: string | null,
    signal: AbortSignal,
    takes: (reply: RepoReply) => boolean = () => true,
  ) =>
    listMany(cursor, signal, async (at) => {
      const page = await models(
        { ...words, limit: '1', ...(at !== null && { cursor: at }) },
        signal,
      );
      const reply = page.items[0];
      if (reply === undefined) return undefined;
      const repo = takes(reply)
        ? ({ kind: 'models', revision: 'main', reply } as const)
        : undefined;
      return { repo, next: page.nextCursor };
    });

  const listCollection = (id: string, cursor: string | null, signal: AbortSignal) =>
    listMany(cursor, signal, async (at) => {
      const slug = id.split('/').map(encodeURIComponent).join('/');
      const url = below(`/api/collections/${slug}`);
      const { data } = await exchange.json({ url, signal }, collectionReply);
      const position = Number(at ?? 0);
      const item = data.items[position];
      if (item === undefined) return undefined;
      const next = position + 1 < data.items.length ? String(position + 1) : null;
      // Papers and collections are items too, and hold no files.
      const kind = `${item.type}s`;
      if (!['models', 'datasets', 'spaces'].includes(kind)) return { repo: undefined, next };
      return { repo: await repoOf(parseRepoId(`${kind}/${item.id}`), signal), next };
    });

  /** What the hub says of one file, without following it to where its bytes are. */
  async function askFile(file: RepoFile, method: 'HEAD' | 'GET', signal: AbortSignal) {
    let url = below(resolvePath(file));
    for (let hop = 0; ; hop++) {
      const answer: Answer = await exchange.ask({
        url,
        signal,
        method,
        headers: {
          'accept-encoding': 'identity',
          ...(method === 'GET' && { range: 'bytes=0-0' }),
        },
        redirect: 'manual',
      });
      answer.body.destroy();
      const { location } = answer.headers;
      const next = location && URL.canParse(location, url.href) ? new URL(location, url) : null;
      if (next === null || next.origin !== url.origin || answer.headers['x-linked-etag'])
        return { answer, url, next };
      // A repository with a new name.
      if (hop === MAX_OWN_REDIRECTS)
        throw sourceErrors.DOWNLOADS_SOURCE_ANSWER({ host: hub.host, reason: 'redirect' });
      url = next;
    }
  }

  async function listFile(ref: string, signal: AbortSignal): Promise<SourceFile> {
    const file = parseRepoRef(ref);
    const { answer } = await askFile(file, 'HEAD', signal);
    const { headers } = answer;
    const commit = single(headers['x-repo-commit']) ?? file.revision;
    const linked = etagOf(headers['x-linked-etag']);
    const size = Number(
      single(headers['x-linked-size']) ?? headers['content-length'] ?? Number.NaN,
    );
    const id = { kind: file.kind, repo: file.repo, revision: commit, pattern: null };
    const repo = await repoOf(id, signal);
    return {
      ref: writeRepoRef({ ...file, revision: commit }),
      name: file.path,
      sizeBytes: Number.isSafeInteger(size) && size >= 0 ? size : null,
      hashes: toHashes(linked === null ? etagOf(headers.etag) : null, linked),
      primary: true,
      model: toModelFacts({ ...repo, revision: file.revision }, origin),
      barrier: null,
    };
  }

  async function list(input: SourceInput, cursor: string | null, signal: AbortSignal) {
    switch (input.kind) {
      case 'file':
        return { files: [await listFile(input.ref, signal)], nextCursor: null };
      case 'model':
      case 'version':
        return listRepo(parseRepoId(input.id), cursor, signal);
      case 'creator':
        return listQuery({ author: input.id }, cursor, signal);
      case 'collection':
        return listCollection(input.id, cursor, signal);
      case 'search':
        return listQuery(
          searchWords(input.search),
          cursor,
          signal,
          (reply) => input.search.nsfw === 'true' || !isMature(reply),
        );
    }
  }

  return {
    name: 'hugging-face',
    recognise: (link) => readHuggingFaceLink(link, linkHosts),
    list,
    async locate(ref, _reason, signal) {
      const { answer, url, next } = await askFile(parseRepoRef(ref), 'GET', signal);
      const headers = { 'user-agent': options.agent, 'accept-encoding': 'identity' };
      if (next !== null) return { url: next.href, headers };
      const token = answer.withToken ? await options.token() : undefined;
      return {
        url: url.href,
        headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      };
    },
    inspectHead(head, facts) {
      const error = headError(head, facts, hub.host);
      if (error) throw error;
    },
    async search(query, signal) {
      const { items, nextCursor } = await models(
        {
          ...searchWords(query),
          limit: String(Math.min(query.limit, MOST_MODELS)),
          ...(query.cursor !== undefined && { cursor: query.cursor }),
        },
        signal,
      );
      const offered = items.map((reply) => toOfferedModel(reply, origin));
      return {
        items: query.nsfw === 'true' ? offered : offered.filter(({ nsfw }) => !nsfw),
        nextCursor,
      };
    },
    close: exchange.close,
  };
}

function searchWords(
  search: Extract<SourceInput, { kind: 'search' }>['search'],
): Record<string, string> {
  const filters = [search.tag, search.baseModel && `base_model:${search.baseModel}`].filter(
    Boolean,
  );
  const words = {
    search: search.query.trim(),
    author: search.creator,
    pipeline_tag: search.type,
    filter: filters.join(','),
    sort: search.sort ?? 'downloads',
    direction: '-1',
  };
  return Object.fromEntries(
    Object.entries(words).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

function readPlace(cursor: string): Place {
  try {
    const { at, tree } = JSON.parse(cursor) as Record<string, unknown>;
    return {
      at: typeof at === 'string' ? at : null,
      tree: typeof tree === 'string' ? tree : null,
    };
  } catch {
    throw refInvalid(cursor);
  }
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Without `W/` and quotes. */
function etagOf(header: string | string[] | undefined): string | null {
  const value = single(header)?.replace(/^W\//, '').replace(/^"|"$/g, '');
  return value === undefined || value === '' ? null : value;
}

const single = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;
