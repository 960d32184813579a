import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiModel, CivitaiData } from './civitai-data.ts';
import { download, type TokenKind } from './civitai-download.ts';
import { type CollectionManner, findByHash, invalid, listModels } from './civitai-lists.ts';
import { drawPicture } from './picture.ts';
import {
  type Interruption,
  type Reply,
  type SeenRequest,
  type Served,
  send,
  serve,
} from './serve.ts';
import type { Storage } from './storage.ts';

/** Tokens that the stand-in knows; any other counts as none. */
export const CIVITAI_TOKENS: Readonly<Record<string, TokenKind>> = {
  'stand-in-token': 'good',
  'banned-token': 'banned',
  'over-quota-token': 'over-quota',
};

export interface CivitaiStandInOptions {
  readonly port: number;
  /** Whether files can be had without a token. */
  readonly anonymous: boolean;
  readonly collections: CollectionManner;
  /** How long signed addresses hold; default as at the site. */
  readonly signedSeconds: number | undefined;
}

export interface CivitaiStandIn extends Served {
  interrupt(interruption: Interruption): void;
  readonly seen: SeenRequest[];
}

const BROWSER = /mozilla|chrome|safari|firefox|opera|edge/i;
const NOT_FOUND: Reply = { status: 404, body: { error: 'Not found' } };

/** Answers as civitai.com does. */
export async function startCivitai(
  data: CivitaiData,
  storage: Storage,
  options: CivitaiStandInOptions,
): Promise<CivitaiStandIn> {
  const interruptions: { -readonly [K in keyof Interruption]: Interruption[K] }[] = [];
  const seen: SeenRequest[] = [];
  const served = await serve(options.port, (request, response) => {
    const path = request.url ?? '/';
    seen.push({ method: request.method ?? '', path, headers: { ...request.headers } });
    const interruption = interruptions.find((each) => each.times > 0 && each.matches.test(path));
    if (interruption) {
      interruption.times--;
      if (interruption.reply === 'reset') request.socket.resetAndDestroy();
      else if (interruption.reply !== 'hang') send(request, response, interruption.reply);
      return;
    }
    // The site lets HEAD hang.
    if (request.method === 'HEAD') return;
    answer(request, response).catch((error: Error) => response.destroy(error));
  });
  return {
    ...served,
    seen,
    interrupt: (interruption) => void interruptions.push({ ...interruption }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const agent = request.headers['user-agent'] ?? '';
    const url = new URL(request.url ?? '/', served.url);
    if (agent === '' || /^python-urllib/i.test(agent)) {
      const headers = { 'content-type': 'text/html' };
      return send(request, response, {
        status: 403,
        headers,
        body: '<html>error code: 1010</html>',
      });
    }
    const parts = url.pathname.split('/').filter((part) => part !== '');
    if (parts[0] === 'login')
      return send(request, response, {
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: '<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>',
      });
    if (parts[0] === 'xExampleTenantKey')
      return send(request, response, {
        status: 200,
        headers: { 'content-type': 'image/png' },
        body: drawPicture(parts.at(-1)!),
      });
    const token = tokenOf(request, url);
    if (parts[0] === 'api' && parts[1] === 'download' && parts[2] === 'models') {
      if (request.method !== 'GET') return send(request, response, { status: 405 });
      const versionId = Number(parts[3]);
      if (!Number.isInteger(versionId)) return send(request, response, invalid('id', 'bad id'));
      const asked = { versionId, query: url.searchParams, token, anonymous: options.anonymous };
      const reply = download(data, storage, asked, options.signedSeconds);
      return send(request, response, BROWSER.test(agent) ? forBrowser(reply, url) : reply);
    }
    if (parts[0] !== 'api' || parts[1] !== 'v1') return send(request, response, NOT_FOUND);
    const reply = await api(request, parts.slice(2), url.searchParams, token);
    const here = JSON.stringify(reply.body ?? null)
      .replaceAll('https://image.civitai.com', served.url)
      .replaceAll('https://civitai.com', served.url);
    send(request, response, {
      ...reply,
      body: JSON.parse(here) as unknown,
      headers: {
        ...(token === 'none' && {
          'cache-control': 'public, s-maxage=300, stale-while-revalidate=150',
        }),
        'access-control-allow-origin': '*',
        ...reply.headers,
      },
    });
  }

  async function api(
    request: IncomingMessage,
    path: readonly string[],
    query: URLSearchParams,
    token: TokenKind,
  ): Promise<Reply> {
    const [what, id, third] = path;
    const post = what === 'model-versions' && id === 'by-hash' && (!third || third === 'ids');
    if (request.method !== (post ? 'POST' : 'GET'))
      return { status: 405, body: { error: 'Method not allowed' } };
    if (what === 'models')
      return id === undefined
        ? listModels(data, query, {
            origin: served.url,
            signedIn: token === 'good',
            collections: options.collections,
          })
        : oneModel(id);
    if (post) return byHashes(await bodyOf(request), third === 'ids');
    if (what === 'model-versions' && id === 'by-hash') {
      const [version] = findByHash(data, third ?? '');
      return version
        ? { status: 200, body: version }
        : { status: 404, body: { error: 'Model not found' } };
    }
    if (what === 'model-versions') {
      if (!/^\d+$/.test(id ?? ''))
        return invalid('id', 'Invalid input: expected number, received NaN');
      const version = data.versions.get(Number(id));
      return version
        ? { status: 200, body: version }
        : { status: 404, body: { error: 'Model not found' } };
    }
    if (what === 'collections' && id !== undefined) {
      const collection = data.collections[id];
      if (!collection) return { status: 404, body: { error: `No collection with id ${id}` } };
      const { name, type } = collection;
      return { status: 200, body: { id: Number(id), name, type, read: 'Public', isPublic: true } };
    }
    if (what === 'me')
      return token === 'none'
        ? { status: 401, body: { error: 'Unauthorized' } }
        : { status: 200, body: data.fixed.me };
    if (what === 'images' || what === 'creators' || what === 'tags' || what === 'enums')
      return { status: 200, body: data.fixed[what] };
    return NOT_FOUND;
  }

  function oneModel(id: string): Reply {
    if (!/^\d+$/.test(id)) return invalid('id', 'Invalid input: expected number, received NaN');
    const model = data.models.find((each: ApiModel) => each.id === Number(id));
    if (!model) return { status: 404, body: { error: `No model with id ${id}` } };
    // Here pictures have no number.
    const modelVersions = model.modelVersions.map((version) => ({
      ...version,
      ...(version.images && { images: version.images.map(({ id: _, ...image }) => image) }),
    }));
    return { status: 200, body: { ...model, modelVersions } };
  }

  function byHashes(hashes: unknown, idsOnly: boolean): Reply {
    const list = Array.isArray(hashes) ? hashes.map(String) : [];
    if (
      list.length === 0 ||
      list.length > (idsOnly ? 10_000 : 100) ||
      list.some((hash) => !/^[0-9a-f]{64}$/i.test(hash))
    )
      return invalid('', 'Invalid hashes');
    const found = list.flatMap((hash) =>
      findByHash(data, hash, 'SHA256').map((version) => ({ hash, version })),
    );
    return {
      status: 200,
      body: found.map(({ hash, version }) =>
        idsOnly ? { modelVersionId: version.id, modelId: version.modelId, hash } : version,
      ),
    };
  }
}

function tokenOf(request: IncomingMessage, url: URL): TokenKind {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  return CIVITAI_TOKENS[bearer ?? url.searchParams.get('token') ?? ''] ?? 'none';
}

/** Who is taken for a browser is sent to pages and told errors in plain words. */
function forBrowser(reply: Reply, url: URL): Reply {
  if (reply.status < 400) return reply;
  const { error, message } = reply.body as { error: string; message?: string };
  if (reply.status === 401 || error === 'Early Access') {
    const back = encodeURIComponent(url.pathname);
    const location =
      reply.status === 401 ? `/login?returnUrl=${back}&reason=download-auth` : '/models/600006';
    return { status: 307, headers: { location }, body: '' };
  }
  return { status: reply.status, body: message ?? error };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return null;
  }
}
