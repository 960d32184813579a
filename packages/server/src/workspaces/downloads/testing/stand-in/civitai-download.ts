import type { ApiFile, CivitaiData, Route } from './civitai-data.ts';
import type { Reply } from './serve.ts';
import type { Storage } from './storage.ts';

export type TokenKind = 'none' | 'good' | 'banned' | 'over-quota';

/** `GET /api/download/models/:versionId`: a redirect to signed storage, or why not. */
export function download(
  data: CivitaiData,
  storage: Storage,
  asked: { versionId: number; query: URLSearchParams; token: TokenKind; anonymous: boolean },
  signedSeconds: number | undefined,
): Reply {
  const { versionId, query, token } = asked;
  if (token === 'banned') return recorded(data, 800012, 'banned-token');
  if (token === 'over-quota') return recorded(data, 800012, 'over-quota-token');
  const routes = data.routes.filter((route) => route.versionId === versionId);
  const refusal = routes.find((route) => route.status >= 400 && route.auth === 'any-token');
  if (refusal && Object.keys(refusal.query).length === 0)
    return { status: refusal.status, body: refusal.body };
  const version = data.versions.get(versionId);
  if (!version) return { status: 404, body: { error: 'File not found' } };
  // Since 2024 nearly every download wants a login; the switch is a setting of the site's server.
  if (
    token === 'none' &&
    (!asked.anonymous || routes.some((route) => route.auth === 'none' && versionId !== 800012))
  )
    return recorded(data, 800071, 'none');
  const file = find(version.files, query);
  const content = file && data.content(file.id);
  if (!file || !content) return { status: 404, body: { error: 'File not found' } };
  const route = routes.find(({ redirect }) => redirect?.fileId === file.id);
  const {
    host,
    path,
    query: words,
    validSeconds,
  } = route?.redirect ?? {
    host: 'r2' as const,
    path: `/model/1/${file.id}`,
    query: 'X-Amz-Expires=86400',
    validSeconds: 86_400,
  };
  const fileName = route?.filename ?? file.name;
  const location = storage.sign(
    { shelf: host, path, content, etag: `"${file.id}-${content.sizeBytes}"`, fileName },
    words.replace('NAME', encodeURIComponent(fileName)),
    signedSeconds ?? validSeconds,
  );
  return { status: 307, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

function recorded(data: CivitaiData, versionId: number, auth: string): Reply {
  const route = data.routes.find(
    (each: Route) => each.versionId === versionId && each.auth === auth,
  )!;
  return { status: route.status, body: route.body };
}

/** By `fileId` exactly; by words the first that fits, which is how two alike files come to one address; else the primary. */
function find(files: readonly ApiFile[], query: URLSearchParams): ApiFile | undefined {
  if (query.has('fileId')) return files.find(({ id }) => String(id) === query.get('fileId'));
  const words = [...query].filter(([name]) => ['type', 'format', 'size', 'fp'].includes(name));
  if (words.length === 0) return files.find(({ primary }) => primary === true);
  return files.find((file) =>
    words.every(([name, value]) =>
      name === 'type' ? file.type === value : file.metadata[name] === value,
    ),
  );
}
