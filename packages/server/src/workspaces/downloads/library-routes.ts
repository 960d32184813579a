import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Database } from '../../core/db/database.ts';
import { callerGone } from '../../core/http/caller-gone.ts';
import { okSchema } from '../../core/http/contract.ts';
import { decodeCursor, pageOfRows } from '../../core/http/page.ts';
import {
  libraryFileSchema,
  libraryPageSchema,
  libraryQuery,
  librarySummarySchema,
  releaseBody,
} from './contract.ts';
import { byteRange } from './library/byte-range.ts';
import type { LibraryFolder } from './library/folder.ts';
import type { Library } from './library/library.ts';
import { toFile } from './library/view.ts';
import { libraryTotals, linksOf, listFiles } from './store/files.ts';
import { downloadsQuery, type FileRow } from './store/tables.ts';

const tags = ['Downloads: library'];
const params = z.object({ id: z.string().max(26) });

export function libraryRoutes(deps: {
  db: Database;
  library: Library;
  folder: LibraryFolder;
}): FastifyPluginAsyncZod {
  const { library } = deps;
  const query = downloadsQuery(deps.db);

  async function shown(rows: readonly FileRow[]) {
    const links = await linksOf(
      query,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => toFile(row, links.get(row.id)));
  }
  async function one(row: FileRow) {
    const [file] = await shown([row]);
    return file!;
  }

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/downloads/library',
      config: { permission: 'downloads.read' },
      schema: {
        summary: 'Files of the library, newest first',
        tags,
        querystring: libraryQuery,
        response: { 200: libraryPageSchema },
      },
      handler: async (request) => {
        const { cursor, limit, ...filter } = request.query;
        const after = cursor === undefined ? undefined : decodeCursor(cursor, z.string());
        const rows = await listFiles(query, { ...filter, cursor: after, limit: limit + 1 });
        const page = pageOfRows(rows, limit, (row) => row.id);
        return { ...page, items: await shown(page.items) };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/downloads/library/summary',
      config: { permission: 'downloads.read' },
      schema: {
        summary: 'The library in numbers',
        tags,
        response: { 200: librarySummarySchema },
      },
      handler: async () => {
        const { types, ...totals } = await libraryTotals(query);
        return { ...totals, types: [...types], folder: deps.folder.root };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/downloads/library/:id',
      config: { permission: 'downloads.read' },
      schema: {
        summary: 'A file of the library',
        tags,
        params,
        response: { 200: libraryFileSchema },
      },
      handler: async (request) => one(await library.require(request.params.id)),
    });
    app.route({
      method: 'DELETE',
      url: '/api/downloads/library/:id',
      config: { permission: 'downloads.manage' },
      schema: {
        summary: 'Remove a file from the library and from the disk',
        tags,
        params,
        response: { 200: okSchema },
      },
      handler: async (request) => {
        await library.remove(request.params.id, request.principal.actor);
        return { ok: true as const };
      },
    });
    app.route({
      method: 'POST',
      url: '/api/downloads/library/:id/release',
      config: { permission: 'downloads.release' },
      schema: {
        summary: 'Let a file out of quarantine',
        description: 'It gets its name in the library. Who did it and why is in the audit log.',
        tags,
        params,
        body: releaseBody,
        response: { 200: libraryFileSchema },
      },
      handler: async (request) => {
        const { actor } = request.principal;
        const { reason } = request.body;
        return one(await library.release(request.params.id, { actor, reason }));
      },
    });
    app.route({
      method: 'POST',
      url: '/api/downloads/library/:id/check',
      config: { permission: 'downloads.run' },
      schema: {
        summary: 'Read a file again: hash and scan',
        tags,
        params,
        response: { 200: libraryFileSchema },
      },
      handler: async (request, reply) =>
        one(await library.check(request.params.id, request.principal.actor, callerGone(reply))),
    });
    app.route({
      method: 'GET',
      url: '/api/downloads/library/:id/content',
      config: { permission: 'downloads.read' },
      schema: {
        summary: 'The bytes of a file',
        description: 'One range of bytes can be asked for. Never of a file in quarantine.',
        tags,
        params,
        produces: ['application/octet-stream'],
      },
      handler: async (request, reply) => {
        const row = await library.require(request.params.id);
        const range = byteRange(request.headers.range, row.size_bytes);
        if (range === 'unsatisfiable') {
          return reply.code(416).header('content-range', `bytes */${row.size_bytes}`).send();
        }
        const { stream } = await library.content(row.id, range);
        return guarded(reply)
          .code(range ? 206 : 200)
          .headers({
            'accept-ranges': 'bytes',
            'content-type': 'application/octet-stream',
            'content-disposition': attachment(row.path),
            'content-length': range ? range.end - range.start + 1 : row.size_bytes,
            etag: `"${row.sha256}"`,
            ...(range
              ? { 'content-range': `bytes ${range.start}-${range.end}/${row.size_bytes}` }
              : {}),
          })
          .send(stream);
      },
    });
    app.route({
      method: 'GET',
      url: '/api/downloads/library/:id/preview',
      config: { permission: 'downloads.read' },
      schema: { summary: 'The preview of a file', tags, params, produces: ['image/*'] },
      handler: async (request, reply) => {
        const { stream, contentType } = await library.preview(request.params.id);
        return guarded(reply)
          .headers({ 'content-type': contentType, 'cache-control': 'private, max-age=3600' })
          .send(stream);
      },
    });
  };
}

/** What came from outside is never taken for a page or a script of ours. */
export function guarded(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
}

/** The name for browsers of today in UTF-8, and something in ASCII for others (RFC 6266). */
function attachment(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
