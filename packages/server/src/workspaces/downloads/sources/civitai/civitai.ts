import { sourceErrors } from '../errors.ts';
import { type Ask, createExchange } from '../exchange.ts';
import { headError } from '../head-error.ts';
import type { SourceOptions } from '../options.ts';
import { fetchPicture } from '../picture.ts';
import type { FilePage, Source, SourceFile, SourceInput } from '../source.ts';
import { toOfferedModel, toSourceFiles } from './facts.ts';
import { CIVITAI_HOSTS, readCivitaiLink } from './links.ts';
import { locateFile } from './locate.ts';
import { createModelTypes } from './model-types.ts';
import { fits, hashPath, isHash, numberOf, parseRef } from './refs.ts';
import { civitaiRefusal, earlyAccess, loginError } from './refusal.ts';
import {
  collectionReply,
  type ModelReply,
  modelReply,
  modelsReply,
  type VersionReply,
  versionReply,
} from './replies.ts';

/** Models of one page of a list: each brings its versions, files and pictures, some 30 KB. */
const PAGE_MODELS = 20;
const MOST_MODELS = 50;
/** No collection has it: what is listed for it is the whole site. */
const NO_COLLECTION = '2147483647';
const IMAGE_HOSTS = ['image.civitai.com', 'imagecache.civitai.com'];

export interface CivitaiOptions extends SourceOptions {
  /** Where to ask: what is asked for everybody first, what has everything last. See `civitaiSites`. */
  readonly sites: readonly URL[];
}

/** CivitAI over its public REST API. */
export function createCivitai(options: CivitaiOptions): Source & { close(): void } {
  const { sites } = options;
  const main = sites[0]!;
  const full = sites.at(-1)!;
  const ownOrigins = sites.map((site) => site.origin);
  const exchange = createExchange({
    ...options,
    source: 'civitai',
    ownOrigins,
    refusal: civitaiRefusal,
  });
  const linkHosts = new Set<string>([...CIVITAI_HOSTS, ...sites.map((site) => site.host)]);
  const facts = (site: URL) => ({
    origin: site.origin,
    now: options.clock.now(),
    previewPath: (url: string) => options.previewPath('civitai', url),
  });

  const api = (site: URL, path: string): URL =>
    new URL(`${site.pathname.replace(/\/$/, '')}/api/v1/${path}`, site);

  /** Asks the site and, when it knows nothing of it, the one that has everything. */
  async function anywhere<T>(ask: (site: URL) => Promise<T>): Promise<T> {
    try {
      return await ask(main);
    } catch (error) {
      const status = (error as { status?: unknown }).status;
      if (full === main || status !== 404) throw error;
      return ask(full);
    }
  }

  const modelTypes = createModelTypes(exchange);

  /** What a list of models is narrowed by. */
  async function searchWords(
    search: Extract<SourceInput, { kind: 'search' }>['search'],
    site: URL,
    signal: AbortSignal,
  ): Promise<Record<string, string>> {
    const words = {
      query: search.query.trim(),
      types: search.type && (await modelTypes(api(site, 'enums'), search.type, signal)),
      baseModels: search.baseModel,
      username: search.creator,
      tag: search.tag,
      sort: search.sort,
      nsfw: search.nsfw === 'true' ? 'true' : undefined,
    };
    return Object.fromEntries(
      Object.entries(words).filter((entry): entry is [string, string] => Boolean(entry[1])),
    );
  }

  async function models(site: URL, query: URLSearchParams, signal: AbortSignal) {
    const url = api(site, 'models');
    url.search = String(query);
    const { data } = await exchange.json({ url, signal }, modelsReply);
    const next = data.metadata?.nextCursor;
    const nextCursor = next === null || next === undefined ? null : String(next);
    // A list that gives the cursor it was asked with would never end.
    return {
      items: data.items,
      nextCursor: nextCursor === query.get('cursor') ? null : nextCursor,
    };
  }

  const model = (id: string, signal: AbortSignal) =>
    anywhere(async (site) => {
      const { data } = await exchange.json({ url: api(site, `models/${id}`), signal }, modelReply);
      return { data, site };
    });

  /** @param path the version's number, or `by-hash/` and any hash of a file of it */
  async function versionWithModel(path: string, signal: AbortSignal) {
    const version = await anywhere(async (site) => {
      const url = api(site, `model-versions/${path}`);
      return { ...(await exchange.json({ url, signal }, versionReply)), site };
    });
    try {
      const found = await model(String(version.data.modelId), signal);
      return { version: version.data, model: found.data, site: found.site };
    } catch (error) {
      if ((error as { status?: unknown }).status !== 404) throw error;
      // The version can be had, its model not: what little it says of it itself.
      const { modelId, model: own } = version.data;
      const little = modelReply.parse({ ...own, id: modelId });
      return { version: version.data, model: little, site: version.site };
    }
  }

  async function listVersion(id: string, signal: AbortSignal): Promise<SourceFile[]> {
    const path = isHash(id) && !/^\d+$/.test(id) ? hashPath(id) : numberOf(id);
    const { version, model: its, site } = await versionWithModel(path, signal);
    return offered(its, [version], site);
  }

  /** Files of something asked for by name: that there are none is an error then. */
  function offered(its: ModelReply, versions: readonly VersionReply[], site: URL): SourceFile[] {
    const files = versions.flatMap((version) => toSourceFiles(its, version, facts(site)));
    if (files.length > 0) return files;
    const host = site.host;
    if (its.mode === 'Archived') throw sourceErrors.DOWNLOADS_ARCHIVED({ host });
    if (its.mode === 'TakenDown') throw sourceErrors.DOWNLOADS_TAKEN_DOWN({ host });
    throw sourceErrors.DOWNLOADS_SOURCE_NOT_FOUND({ host, what: `files of models/${its.id}` });
  }

  async function listFile(ref: string, signal: AbortSignal): Promise<SourceFile[]> {
    const { versionId, fileId, words } = parseRef(ref);
    const { version, model: its, site } = await versionWithModel(`${versionId}`, signal);
    const files = offered(its, [version], site);
    const replies = version.files ?? [];
    const index =
      fileId === null
        ? replies.findIndex((file, i) => fits(file, files[i]!.primary, words))
        : replies.findIndex((file) => file.id === fileId);
    if (index === -1)
      throw sourceErrors.DOWNLOADS_SOURCE_NOT_FOUND({
        host: site.host,
        what: `model-versions/${versionId}${fileId === null ? `?${words}` : `, file ${fileId}`}`,
      });
    return [files[index]!];
  }

  async function listModels(
    site: URL,
    query: Record<string, string>,
    cursor: string | null,
    signal: AbortSignal,
  ): Promise<FilePage> {
    const words = new URLSearchParams({ limit: String(PAGE_MODELS), ...query });
    if (cursor !== null) words.set('cursor', cursor);
    const { items, nextCursor } = await models(site, words, signal);
    const files = items.flatMap((item) =>
      item.modelVersions.flatMap((version) => toSourceFiles(item, version, facts(site))),
    );
    return { files, nextCursor };
  }

  /**
   * The API tells what a collection is but not what is in it; `collectionId` of `models` is in the site's own schema, and there are
   * servers that ignore it and would give all models there are. So it is believed only when a collection that cannot be is empty.
   */
  async function listCollection(id: string, cursor: string | null, signal: AbortSignal) {
    if (id === 'favorites')
      return listModels(full, { favorites: 'true', nsfw: 'true' }, cursor, signal);
    const query = { collectionId: id, nsfw: 'true' };
    if (cursor !== null) return listModels(full, query, cursor, signal);
    const unlisted = () => sourceErrors.DOWNLOADS_COLLECTION_UNLISTED({ host: full.host });
    const url = api(full, `collections/${encodeURIComponent(id)}`);
    const { data } = await exchange.json({ url, signal }, collectionReply);
    if (data.type && data.type !== 'Model')
      throw sourceErrors.DOWNLOADS_COLLECTION_KIND({ kind: data.type });
    try {
      const words = new URLSearchParams({ collectionId: NO_COLLECTION, limit: '1', nsfw: 'true' });
      if ((await models(full, words, signal)).items.length > 0) throw unlisted();
      const page = await listModels(full, query, null, signal);
      if (page.files.length === 0 && page.nextCursor === null) throw unlisted();
      return page;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'DOWNLOADS_SOURCE_REFUSED') throw error;
      throw unlisted();
    }
  }

  function list(input: SourceInput, cursor: string | null, signal: AbortSignal): Promise<FilePage> {
    const whole = async (files: Promise<SourceFile[]>): Promise<FilePage> => ({
      files: await files,
      nextCursor: null,
    });
    switch (input.kind) {
      case 'file':
        return whole(listFile(input.ref, signal));
      case 'version':
        return whole(listVersion(input.id, signal));
      case 'model':
        return whole(
          model(numberOf(input.id), signal).then(({ data, site }) =>
            offered(data, data.modelVersions, site),
          ),
        );
      case 'creator':
        return listModels(full, { username: input.id, nsfw: 'true' }, cursor, signal);
      case 'collection':
        return listCollection(
          input.id === 'favorites' ? input.id : numberOf(input.id),
          cursor,
          signal,
        );
      case 'search': {
        const { search } = input;
        const site = search.nsfw === 'true' ? full : main;
        return searchWords(search, site, signal).then((words) =>
          listModels(site, words, cursor, signal),
        );
      }
    }
  }

  return {
    name: 'civitai',
    recognise: (link) => readCivitaiLink(link, linkHosts),
    list: (input, cursor, signal) => toPromise(() => list(input, cursor, signal)),
    locate: (ref, _reason, signal) =>
      toPromise(() => {
        const { versionId, fileId, words } = parseRef(ref);
        const query = fileId === null ? words : new URLSearchParams({ fileId: String(fileId) });
        const ask = (site: URL): Ask => {
          const path = `${site.pathname.replace(/\/$/, '')}/api/download/models/${versionId}`;
          return { url: new URL(`${path}?${query}`, site), signal };
        };
        return anywhere((site) =>
          locateFile(exchange, ask(site), {
            isSite: (url) => linkHosts.has(url.host),
            agent: options.agent,
            token: options.token,
          }),
        );
      }),
    inspectHead(head, file) {
      const error = headError(head, file, main.host, (value) => {
        if (value.error === 'Unauthorized') return loginError(main.host, false);
        if (value.error === 'Early Access') return earlyAccess(main.host, String(value.deadline));
        return undefined;
      });
      if (error?.code === 'DOWNLOADS_PAGE_NOT_FILE') throw loginError(main.host, false);
      if (error) throw error;
    },
    async search(query, signal) {
      const nsfw = query.nsfw === 'true';
      const site = nsfw ? full : main;
      const hash = query.query.trim();
      if (isHash(hash) && query.cursor === undefined) {
        try {
          const found = await versionWithModel(hashPath(hash), signal);
          const only = { ...found.model, modelVersions: [found.version] };
          return { items: [toOfferedModel(only, facts(found.site), nsfw)], nextCursor: null };
        } catch (error) {
          // Short hashes may be words after all.
          if ((error as { status?: unknown }).status !== 404) throw error;
          if (hash.length === 64) return { items: [], nextCursor: null };
        }
      }
      const words = new URLSearchParams({
        ...(await searchWords(query, site, signal)),
        limit: String(Math.min(query.limit, MOST_MODELS)),
        ...(query.cursor !== undefined && { cursor: query.cursor }),
      });
      const { items, nextCursor } = await models(site, words, signal);
      return { items: items.map((item) => toOfferedModel(item, facts(site), nsfw)), nextCursor };
    },
    preview: (url, signal) =>
      fetchPicture(exchange, url, {
        signal,
        isAllowed: (picture) =>
          ownOrigins.includes(picture.origin) ||
          (picture.protocol === 'https:' && IMAGE_HOSTS.includes(picture.host)),
      }),
    close: exchange.close,
  };
}

/**
 * Of the public site the host for everybody and the one with everything; any other address stands alone.
 *
 * @param address without `/api`
 */
export function civitaiSites(address: string): readonly URL[] {
  const url = new URL(address);
  if (url.origin === 'https://civitai.com' || url.origin === 'https://civitai.green')
    return [new URL('https://civitai.com'), new URL('https://civitai.red')];
  return [url];
}

/** What is thrown on the way to a promise rejects it. */
async function toPromise<T>(make: () => Promise<T>): Promise<T> {
  return make();
}
