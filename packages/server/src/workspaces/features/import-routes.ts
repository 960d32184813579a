import type { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { fromJson } from '../../core/db/columns.ts';
import type { Database } from '../../core/db/database.ts';
import { localeOf } from '../../core/http/locale.ts';
import { decodeCursor, pageOfRows } from '../../core/http/page.ts';
import { type SeriesLayout, seriesLayoutSchema } from '../../core/series-source/contract.ts';
import { seriesSourceErrors } from '../../core/series-source/errors.ts';
import {
  datasetsSchema,
  importSchema,
  importsPageSchema,
  importsQuery,
  pointsQuery,
  pointsSchema,
  seriesPageSchema,
  seriesQuery,
  tableImportBody,
  uploadQuery,
} from './contract.ts';
import { featuresErrors } from './errors.ts';
import type { Imports } from './import/imports.ts';
import { toFeaturesImport } from './import/view.ts';
import { listImports } from './store/imports.ts';
import { findSeries, listDatasets, listSeries, readPoints } from './store/series.ts';
import { featuresQuery } from './store/tables.ts';

const tags = ['Features: series'];
const params = z.object({ id: z.string().max(64) });
const seriesCursor = z.tuple([z.string(), z.string()]);

/** Upload → report → store; and what is stored. */
export function importRoutes(deps: { db: Database; imports: Imports }): FastifyPluginAsyncZod {
  const { imports, db } = deps;
  const query = featuresQuery(db);

  return async (app) => {
    await app.register(uploadRoute(imports));
    app.route({
      method: 'POST',
      url: '/api/features/imports/table',
      config: { permission: 'features.import' },
      schema: {
        summary: 'Import a table of the database that may be read (KIZASHI_FEATURES_TABLES)',
        tags,
        body: tableImportBody,
        response: { 201: importSchema },
      },
      handler: async (request, reply) => {
        const { table, layout, store } = request.body;
        const locale = localeOf(request);
        const row = await imports.readTable({
          name: table,
          layout,
          store,
          createdBy: request.principal.actor,
          locale,
        });
        return reply.code(201).send(toFeaturesImport(row, locale));
      },
    });
    app.route({
      method: 'GET',
      url: '/api/features/imports',
      config: { permission: 'features.read' },
      schema: {
        summary: 'Imports, newest first',
        tags,
        querystring: importsQuery,
        response: { 200: importsPageSchema },
      },
      handler: async (request) => {
        const { cursor, limit } = request.query;
        const after = cursor === undefined ? undefined : decodeCursor(cursor, z.string());
        const rows = await listImports(query, { cursor: after, limit: limit + 1 });
        const page = pageOfRows(rows, limit, (row) => row.id);
        const locale = localeOf(request);
        return { ...page, items: page.items.map((row) => toFeaturesImport(row, locale)) };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/features/imports/:id',
      config: { permission: 'features.read' },
      schema: {
        summary: 'An import with its validation report',
        tags,
        params,
        response: { 200: importSchema },
      },
      handler: async (request) =>
        toFeaturesImport(await imports.require(request.params.id), localeOf(request)),
    });
    app.route({
      method: 'POST',
      url: '/api/features/imports/:id/store',
      config: { permission: 'features.import' },
      schema: {
        summary: 'Store the good rows of a checked import',
        description: 'Its series replace stored ones of the same group and name, all at once.',
        tags,
        params,
        response: { 200: importSchema },
      },
      handler: async (request) => {
        const locale = localeOf(request);
        const { id } = request.params;
        return toFeaturesImport(await imports.store(id, request.principal.actor, locale), locale);
      },
    });
    app.route({
      method: 'GET',
      url: '/api/features/datasets',
      config: { permission: 'features.read' },
      schema: { summary: 'Groups of stored series', tags, response: { 200: datasetsSchema } },
      handler: async () => ({ items: await listDatasets(query) }),
    });
    app.route({
      method: 'GET',
      url: '/api/features/series',
      config: { permission: 'features.read' },
      schema: {
        summary: 'Stored series by name',
        tags,
        querystring: seriesQuery,
        response: { 200: seriesPageSchema },
      },
      handler: async (request) => {
        const { cursor, limit, loto, search } = request.query;
        const key = cursor === undefined ? undefined : decodeCursor(cursor, seriesCursor);
        const after = key && { loto: key[0], uniqueId: key[1] };
        const rows = await listSeries(query, { loto, search, after, limit: limit + 1 });
        const page = pageOfRows(rows, limit, (row) => [row.loto, row.unique_id]);
        return {
          ...page,
          items: page.items.map((row) => {
            const { duplicates: _, unsorted: __, ...facts } = fromJson(row.facts);
            return {
              ...facts,
              timeKind: row.time_kind,
              exogenous: fromJson(row.exogenous),
              importedAt: row.imported_at,
            };
          }),
        };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/features/points',
      config: { permission: 'features.read' },
      schema: {
        summary: 'The points of a series',
        tags,
        querystring: pointsQuery,
        response: { 200: pointsSchema },
      },
      handler: async (request) => {
        const row = await findSeries(query, request.query);
        if (row === undefined) throw featuresErrors.FEATURES_SERIES_NOT_FOUND();
        const { t, y, x } = await readPoints(query, row);
        return {
          timeKind: row.time_kind,
          t: [...t],
          y: Array.from(y, orNull),
          exogenous: Object.fromEntries(
            Object.entries(x).map(([name, values]) => [name, Array.from(values, orNull)]),
          ),
        };
      },
    });
  };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** In a scope of its own: here, and only here, a body is a stream of any kind and length. */
function uploadRoute(imports: Imports): FastifyPluginAsyncZod {
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    app.route({
      method: 'POST',
      url: '/api/features/imports',
      config: { permission: 'features.import' },
      schema: {
        summary: 'Upload a CSV or Parquet file of series (the body is its bytes)',
        description:
          'It is checked in the background; its report is in the import. Stored at once with `store=true` unless a row is rejected, with `good-rows` in any case, else by POST …/store.',
        tags,
        consumes: ['text/csv', 'application/octet-stream'],
        querystring: uploadQuery,
        response: { 201: importSchema },
      },
      handler: async (request, reply) => {
        const { name, store } = request.query;
        const layout = readLayout(request.query.layout);
        const locale = localeOf(request);
        const source = (request.body ?? request.raw) as Readable;
        const createdBy = request.principal.actor;
        const row = await imports.receive(source, { name, layout, store, createdBy, locale });
        return reply.code(201).send(toFeaturesImport(row, locale));
      },
    });
  };
}

/** @throws SERIES_LAYOUT_INVALID */
function readLayout(text: string): SeriesLayout {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw seriesSourceErrors.SERIES_LAYOUT_INVALID({ problems: 'JSON' }, { cause });
  }
  const layout = seriesLayoutSchema.safeParse(value);
  if (layout.success) return layout.data;
  const problems = layout.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw seriesSourceErrors.SERIES_LAYOUT_INVALID({ problems: problems.join('; ') });
}
