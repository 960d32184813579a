import type { ApiModel, ApiVersion, CivitaiData } from './civitai-data.ts';
import type { Reply } from './serve.ts';

/**
 * How `collectionId` is taken: `listed` as the site's schema names it, `refused` as its server answers text today (400), `ignored`
 * as servers do that do not know it, `empty` as third parties saw it.
 */
export type CollectionManner = 'listed' | 'refused' | 'ignored' | 'empty';

const PG = 1;
const SORTS: Readonly<Record<string, (a: ApiModel, b: ApiModel) => number>> = {
  'Most Downloaded': (a, b) => b.stats.downloadCount - a.stats.downloadCount,
  Newest: (a, b) => b.id - a.id,
  Oldest: (a, b) => a.id - b.id,
};
const OTHER_SORTS = [
  'Highest Rated',
  'Most Liked',
  'Most Discussed',
  'Most Collected',
  'Most Images',
];

/** `GET /models` */
export function listModels(
  data: CivitaiData,
  query: URLSearchParams,
  options: { origin: string; signedIn: boolean; collections: CollectionManner },
): Reply {
  const limit = Number(query.get('limit') ?? 100);
  const page = query.has('page') ? Number(query.get('page')) : null;
  const search = query.get('query') ?? '';
  const sort = query.get('sort') ?? 'Highest Rated';
  const collection = query.get('collectionId');
  if (!(limit >= 0 && limit <= 100))
    return invalid('limit', 'Too big: expected number to be <=100');
  if (!(sort in SORTS) && !OTHER_SORTS.includes(sort)) return invalid('sort', 'Invalid option');
  if (typesOf(query).some((type) => !data.fixed.enums.ModelType.includes(type)))
    return invalid('types', 'Invalid option');
  if ((query.has('favorites') || query.has('hidden')) && !options.signedIn)
    return { status: 401, body: { error: 'Unauthorized' } };
  if (page !== null && !query.has('cursor') && page * limit > 1000)
    return {
      status: 429,
      body: { error: "You've requested too many pages, please use cursors instead" },
    };
  if (search !== '' && page !== null)
    return {
      status: 400,
      body: { error: 'Cannot use page param with query search. Use cursor-based pagination.' },
    };
  if (collection !== null && options.collections === 'refused')
    return invalid('collectionId', 'Invalid input: expected number, received string');

  let models = data.models.filter((model) => takes(model, query));
  if (collection !== null && options.collections === 'listed') {
    const members = data.collections[collection]?.models ?? [];
    models = models.filter(({ id }) => members.includes(id));
  }
  if (collection !== null && options.collections === 'empty') models = [];
  // The bookmarks of the token's owner.
  if (query.get('favorites') === 'true')
    models = models.filter(({ id }) => id === 600001 || id === 600004);
  models = [...models].sort(SORTS[sort] ?? ((a, b) => a.id - b.id));

  const cursor = query.get('cursor');
  let from = page === null ? 0 : (page - 1) * limit;
  if (cursor !== null) {
    from = models.findIndex((model) => cursorOf(model, search) === cursor);
    if (from === -1)
      return { status: 400, body: { error: 'Invalid cursor: it does not match the sort' } };
  }
  const items = models.slice(from, from + limit);
  const next = models[from + limit];
  const nextCursor = next && limit > 0 ? cursorOf(next, search) : undefined;
  const rest = new URLSearchParams(query);
  if (nextCursor !== undefined) rest.set('cursor', nextCursor);
  return {
    status: 200,
    body: {
      items: query.get('primaryFileOnly') === 'true' ? items.map(primaryOnly) : items,
      metadata: {
        ...(nextCursor !== undefined && {
          nextCursor,
          nextPage: `${options.origin}/api/v1/models?${rest}`,
        }),
        ...(page !== null && { currentPage: page, pageSize: limit }),
      },
    },
  };
}

function takes(model: ApiModel, query: URLSearchParams): boolean {
  const words = (query.get('query') ?? '').toLowerCase().split(/\s+/);
  const ids = query.get('ids')?.split(',');
  const types = typesOf(query);
  const baseModels = query.getAll('baseModels');
  return (
    (query.get('nsfw') === 'true' || (model.nsfwLevel & PG) !== 0) &&
    words.every((word) => model.name.toLowerCase().includes(word)) &&
    (ids === undefined || ids.includes(String(model.id))) &&
    (types.length === 0 || types.includes(model.type)) &&
    (baseModels.length === 0 ||
      model.modelVersions.some(({ baseModel }) => baseModels.includes(baseModel))) &&
    (!query.has('tag') || model.tags.includes(query.get('tag')!)) &&
    (!query.has('username') || model.creator.username === query.get('username'))
  );
}

function typesOf(query: URLSearchParams): string[] {
  return query.getAll('types').flatMap((type) => type.split(','));
}

/** Opaque to those who read it: `a|b|id`, for a search a plain number. */
function cursorOf(model: ApiModel, search: string): string {
  return search !== ''
    ? String(model.id)
    : `${model.stats.downloadCount % 1000}|${model.nsfwLevel}|${model.id}`;
}

function primaryOnly(model: ApiModel): ApiModel {
  return {
    ...model,
    modelVersions: model.modelVersions.map((version) => ({
      ...version,
      files: version.files.filter(({ primary }) => primary === true),
    })),
  };
}

/** Versions with a file of that hash, the oldest first. */
export function findByHash(data: CivitaiData, hash: string, type?: string): ApiVersion[] {
  const wanted = hash.toUpperCase();
  return [...data.versions.values()]
    .filter((version) =>
      version.files.some((file) =>
        Object.entries(file.hashes).some(
          ([name, value]) => value === wanted && (type === undefined || name === type),
        ),
      ),
    )
    .sort((a, b) => a.publishedAt.localeCompare(b.publishedAt) || a.id - b.id);
}

export function invalid(path: string, message: string): Reply {
  return {
    status: 400,
    body: { error: { name: 'ZodError', issues: [{ code: 'invalid', path: [path], message }] } },
  };
}
