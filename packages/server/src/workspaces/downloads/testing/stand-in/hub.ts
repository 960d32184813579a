import type { IncomingMessage, ServerResponse } from 'node:http';
import { createFaultHandler } from '../fault-server.ts';
import { type HubData, type HubFile, type HubKind, type HubRepo, pointerOf } from './hub-data.ts';
import {
  type Interruption,
  type Reply,
  type SeenRequest,
  type Served,
  send,
  serve,
} from './serve.ts';
import type { Storage } from './storage.ts';

/** The token that the stand-in knows; it has accepted no licence. */
export const HUB_TOKEN = 'hf_stand-in-token';

export interface HubStandInOptions {
  readonly port: number;
  /** Entries of one page of a tree. */
  readonly treePage: number;
  readonly signedSeconds: number | undefined;
}

export interface HubStandIn extends Served {
  interrupt(interruption: Interruption): void;
  readonly seen: SeenRequest[];
}

/** Answers as the Hugging Face hub does. */
export async function startHub(
  data: HubData,
  storage: Storage,
  options: HubStandInOptions,
): Promise<HubStandIn> {
  const interruptions: { -readonly [K in keyof Interruption]: Interruption[K] }[] = [];
  const seen: SeenRequest[] = [];
  const small = createFaultHandler({ files: (path) => ({ ...smallFile(path)!, head: true }) });
  const served = await serve(
    options.port,
    (request, response) => {
      const path = request.url ?? '/';
      seen.push({ method: request.method ?? '', path, headers: { ...request.headers } });
      const interruption = interruptions.find((each) => each.times > 0 && each.matches.test(path));
      if (interruption) {
        interruption.times--;
        if (interruption.reply === 'reset') request.socket.resetAndDestroy();
        else if (interruption.reply !== 'hang') send(request, response, interruption.reply);
        return;
      }
      answer(request, response).catch((error: Error) => response.destroy(error));
    },
    small.connect,
  );
  return {
    ...served,
    seen,
    interrupt: (interruption) => void interruptions.push({ ...interruption }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', served.url);
    const parts = url.pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token !== undefined && token !== HUB_TOKEN)
      return send(request, response, { status: 401, body: { error: 'Invalid credentials' } });
    if (parts[0] === 'api') return send(request, response, api(parts.slice(1), url, token));
    const found = fileAt(parts, token);
    if ('status' in found) return send(request, response, found);
    const { repo, file, raw } = found;
    const headers = { 'x-repo-commit': repo.sha };
    if (file.sha256 === null) {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      return small.handle(request, response);
    }
    if (raw)
      return send(request, response, {
        status: 200,
        headers,
        body: pointerOf(file.sha256, file.content.sizeBytes),
      });
    const xet = file.sha256.split('').reverse().join('');
    const location = storage.sign(
      {
        shelf: 'cdn',
        path: `/xet/${xet.slice(0, 16)}`,
        content: file.content,
        etag: `"${xet}"`,
        fileName: file.path.split('/').at(-1)!,
      },
      'Expires=1748782800&Signature=EXAMPLE',
      options.signedSeconds ?? 3600,
    );
    send(request, response, {
      status: 302,
      headers: {
        ...headers,
        location,
        'x-linked-size': String(file.content.sizeBytes),
        'x-linked-etag': `"${file.sha256}"`,
        'x-xet-hash': xet,
        link: `<${served.url}/api/models/${repo.id}/xet-read-token/${repo.sha}>; rel="xet-auth"`,
      },
      body: `Found. Redirecting`,
    });
  }

  function smallFile(path: string) {
    const parts = new URL(path, served.url).pathname.split('/').slice(1).map(decodeURIComponent);
    const found = fileAt(parts, HUB_TOKEN);
    return 'status' in found
      ? undefined
      : { content: found.file.content, etag: `"${found.file.oid}"`, type: 'text/plain' };
  }

  /** `[datasets|spaces/]owner/name/resolve/revision/path` */
  function fileAt(
    all: readonly string[],
    token: string | undefined,
  ): { repo: HubRepo; file: HubFile; raw: boolean } | Reply {
    const kind: HubKind = all[0] === 'datasets' || all[0] === 'spaces' ? all[0] : 'models';
    const [owner, name, verb, revision, ...path] = kind === 'models' ? all : all.slice(1);
    const id = `${owner}/${name}`;
    const now = data.renamed[id];
    if (now) {
      const rest = [verb!, revision!, ...path].map(encodeURIComponent).join('/');
      return { status: 307, headers: { location: `/${now}/${rest}` }, body: '' };
    }
    const repo = find(kind, id, token);
    if ('status' in repo) return repo;
    if (verb !== 'resolve' && verb !== 'raw')
      return refused(404, 'EntryNotFound', 'Entry not found');
    if (!isRevision(repo, revision))
      return refused(404, 'RevisionNotFound', `Invalid rev id: ${revision}`);
    if (repo.gated)
      return refused(
        token === undefined ? 401 : 403,
        'GatedRepo',
        `Access to model ${id} is restricted.`,
      );
    const file = repo.files.find((each) => each.path === path.join('/'));
    return file
      ? { repo, file, raw: verb === 'raw' }
      : refused(404, 'EntryNotFound', 'Entry not found');
  }

  function find(kind: HubKind, id: string, token: string | undefined): HubRepo | Reply {
    const repo = data.repos.find((each) => each.kind === kind && each.id === id);
    if (repo && (!repo.private || token !== undefined)) return repo;
    return refused(token === undefined ? 401 : 404, 'RepoNotFound', 'Repository not found');
  }

  function api(parts: readonly string[], url: URL, token: string | undefined): Reply {
    const [kind, owner, name, what, revision] = parts;
    if (kind === 'collections') {
      const items = data.collections[`${owner}/${name}`];
      return items
        ? { status: 200, body: { slug: `${owner}/${name}`, title: 'Lanterns', items } }
        : { status: 404, body: { error: 'Collection not found' } };
    }
    if (kind !== 'models' && kind !== 'datasets' && kind !== 'spaces')
      return { status: 404, body: { error: 'Not found' } };
    if (owner === undefined) return list(url);
    const now = data.renamed[`${owner}/${name}`];
    if (now)
      return {
        status: 307,
        headers: { location: `/api/${[kind, now, ...parts.slice(3)].join('/')}${url.search}` },
        body: '',
      };
    const repo = find(kind, `${owner}/${name}`, token);
    if ('status' in repo) return repo;
    if ((what === 'revision' || what === 'tree') && !isRevision(repo, revision))
      return refused(404, 'RevisionNotFound', `Invalid rev id: ${revision}`);
    return what === 'tree' ? tree(repo, url) : { status: 200, body: info(repo) };
  }

  function list(url: URL): Reply {
    const query = url.searchParams;
    const words = (query.get('search') ?? '').toLowerCase();
    const filters = (query.get('filter') ?? '').split(',').filter((each) => each !== '');
    const repos = data.repos
      .filter(
        (repo) =>
          repo.kind === 'models' &&
          !repo.private &&
          repo.id.toLowerCase().includes(words) &&
          (!query.has('author') || repo.id.startsWith(`${query.get('author')}/`)) &&
          (!query.has('pipeline_tag') || repo.pipeline === query.get('pipeline_tag')) &&
          filters.every((filter) => repo.tags.includes(filter)),
      )
      .sort((a, b) => b.downloads - a.downloads);
    return paged(url, repos.map(info), Number(query.get('limit') ?? 1000));
  }

  function tree(repo: HubRepo, url: URL): Reply {
    const folders = new Set(
      repo.files
        .map(({ path }) => path.split('/').slice(0, -1).join('/'))
        .filter((path) => path !== ''),
    );
    const entries = [
      ...[...folders].map((path) => ({ type: 'directory', oid: repo.sha, size: 0, path })),
      ...repo.files.map(({ path, oid, sha256, content }) => ({
        type: 'file',
        oid,
        size: content.sizeBytes,
        path,
        ...(sha256 !== null && {
          lfs: { oid: sha256, size: content.sizeBytes, pointerSize: 130 },
        }),
      })),
    ];
    return paged(url, entries, options.treePage);
  }

  function paged(url: URL, all: readonly unknown[], limit: number): Reply {
    const query = new URLSearchParams(url.search);
    const cursor = query.get('cursor');
    const from = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64url').toString('latin1'));
    if (!Number.isInteger(from)) return { status: 400, body: { error: 'Invalid cursor' } };
    query.set('cursor', Buffer.from(String(from + limit)).toString('base64url'));
    return {
      status: 200,
      headers:
        from + limit < all.length
          ? { link: `<${served.url}${url.pathname}?${query}>; rel="next"` }
          : {},
      body: all.slice(from, from + limit),
    };
  }
}

function isRevision(repo: HubRepo, revision: string | undefined): boolean {
  return revision === 'main' || revision === repo.sha;
}

function info(repo: HubRepo): Record<string, unknown> {
  const { id, sha, gated, tags, downloads, files } = repo;
  return {
    id,
    sha,
    private: repo.private,
    gated,
    disabled: false,
    tags,
    downloads,
    likes: 4,
    lastModified: '2025-06-01T12:00:00.000Z',
    ...(repo.pipeline !== null && { pipeline_tag: repo.pipeline }),
    cardData: repo.card,
    siblings: files.map(({ path }) => ({ rfilename: path })),
  };
}

function refused(status: number, code: string, message: string): Reply {
  return {
    status,
    headers: { 'x-error-code': code, 'x-error-message': message },
    body: { error: message },
  };
}
