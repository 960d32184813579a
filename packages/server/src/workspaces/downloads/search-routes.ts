import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { callerGone } from '../../core/http/caller-gone.ts';
import type { EventNote } from './analytics/event-log.ts';
import {
  LINK_CHARS,
  type SourceName,
  searchPageSchema,
  searchQuery,
  sourceNameSchema,
} from './contract.ts';
import { guarded } from './library-routes.ts';
import type { SourceSet } from './queue/source-set.ts';
import { sourceErrors } from './sources/errors.ts';

const tags = ['Downloads: search'];
const PATH = '/api/downloads/preview';

/** Path of this server that answers with a picture of a source. */
export function previewPath(source: SourceName, url: string): string {
  return `${PATH}?${new URLSearchParams({ source, url })}`;
}

export function searchRoutes(deps: {
  sources: SourceSet;
  clock: { now(): number };
  note: (event: EventNote) => void;
}): FastifyPluginAsyncZod {
  const { sources, clock, note } = deps;

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/downloads/search',
      config: { permission: 'downloads.run' },
      schema: {
        summary: 'Search models at a source',
        tags,
        querystring: searchQuery,
        response: { 200: searchPageSchema },
      },
      handler: async (request, reply) => {
        const { query } = request;
        const source = sources.get(query.source);
        if (source.search === undefined) {
          throw sourceErrors.DOWNLOADS_INPUT_UNSUPPORTED({ source: query.source, kind: 'search' });
        }
        const began = clock.now();
        const page = await source.search(query, callerGone(reply));
        note({
          kind: 'search_performed',
          source: query.source,
          durationMs: clock.now() - began,
          details: { type: query.type ?? null, found: page.items.length },
        });
        return page;
      },
    });
    app.route({
      method: 'GET',
      url: PATH,
      config: { permission: 'downloads.run' },
      schema: {
        summary: 'A picture of a model at its source',
        tags,
        querystring: z.object({
          source: sourceNameSchema,
          url: z.string().max(LINK_CHARS),
        }),
        produces: ['image/*'],
      },
      handler: async (request, reply) => {
        const { source, url } = request.query;
        const { preview } = sources.get(source);
        if (preview === undefined) throw sourceErrors.DOWNLOADS_PREVIEW_UNFIT();
        const { contentType, body } = await preview(url, callerGone(reply));
        return guarded(reply)
          .headers({ 'content-type': contentType, 'cache-control': 'private, max-age=3600' })
          .send(body);
      },
    });
  };
}
