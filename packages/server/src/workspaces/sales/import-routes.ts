import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Audit } from '../../core/audit/audit.ts';
import type { Compute } from '../../core/compute/compute.ts';
import type { Delimiter, Encoding, RowErrorCode } from '../../core/csv/contract.ts';
import { rowErrorTexts } from '../../core/csv/row-error-text.ts';
import type { Database } from '../../core/db/database.ts';
import { localeOf } from '../../core/http/locale.ts';
import { decodeCursor, pageOfRows } from '../../core/http/page.ts';
import {
  importBody,
  importErrorsPageSchema,
  importMappingSchema,
  importPreviewSchema,
  importSchema,
  importsPageSchema,
  importsQuery,
  inspectQuery,
  uploadSchema,
} from './contract.ts';
import { salesErrors } from './errors.ts';
import { describeUpload } from './import/describe-upload.ts';
import type { Imports } from './import/imports.ts';
import type { PreviewRow, PreviewTask } from './import/inspect-task.ts';
import { mappingProblems } from './import/line-mapper.ts';
import { mappingProblemTexts } from './import/texts.ts';
import type { Uploads } from './import/uploads.ts';
import { toSalesImport } from './import/view.ts';
import { listImportErrors, listImports } from './store/imports.ts';
import { salesQuery } from './store/tables.ts';

const tags = ['Sales import'];
const params = z.object({ id: z.string().max(64) });

/** Upload → inspect → preview → import → progress → errors, cancel, undo. */
export function importRoutes(deps: {
  db: Database;
  compute: Compute;
  audit: Audit;
  uploads: Uploads;
  imports: Imports;
}): FastifyPluginAsyncZod {
  const { imports, uploads, compute } = deps;
  const query = salesQuery(deps.db);

  return async (app) => {
    await app.register(uploadRoute(deps));
    app.route({
      method: 'GET',
      url: '/api/sales/uploads/:id',
      config: { permission: 'sales.import' },
      schema: {
        summary: 'Look at an uploaded file again, with choices of one’s own',
        tags,
        params,
        querystring: inspectQuery,
        response: { 200: uploadSchema },
      },
      handler: async (request) => {
        const { encoding, delimiter, hasHeader } = request.query;
        return describeUpload(deps, await uploads.find(request.params.id), {
          encoding: encoding as Encoding | undefined,
          delimiter: delimiter as Delimiter | undefined,
          hasHeader: hasHeader === undefined ? undefined : hasHeader === 'true',
        });
      },
    });
    app.route({
      method: 'POST',
      url: '/api/sales/uploads/:id/preview',
      config: { permission: 'sales.import' },
      schema: {
        summary: 'The first rows as they would be stored, and what is wrong with them',
        tags,
        params,
        body: importMappingSchema,
        response: { 200: importPreviewSchema },
      },
      handler: async (request) => {
        const mapping = request.body;
        const { id } = await uploads.find(request.params.id);
        const task: PreviewTask = { file: uploads.path(id), mapping };
        const module = new URL('./import/inspect-task.ts', import.meta.url);
        const rows = await compute.run<PreviewRow[]>(module, task, { name: 'preview' });
        const locale = localeOf(request);
        return {
          rows: rows.map((row) => ({
            line: row.line,
            values: [...row.values],
            errors: [...row.errors],
          })),
          problems: mappingProblems(mapping).map((problem) => mappingProblemTexts[problem][locale]),
        };
      },
    });
    app.route({
      method: 'POST',
      url: '/api/sales/imports',
      config: { permission: 'sales.import' },
      schema: {
        summary: 'Start an import',
        description: 'It runs as a task; follow it on the topic `sales.imports` or by its id.',
        tags,
        body: importBody,
        response: { 201: importSchema },
      },
      handler: async (request, reply) => {
        const { uploadId, mapping, mode, allowDuplicate } = request.body;
        const locale = localeOf(request);
        const row = await imports.submit({
          upload: await uploads.find(uploadId),
          mapping,
          mode,
          allowDuplicate,
          demo: false,
          createdBy: request.principal.actor,
          locale,
        });
        return reply.code(201).send(toSalesImport(row, locale));
      },
    });
    app.route({
      method: 'GET',
      url: '/api/sales/imports',
      config: { permission: 'sales.read' },
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
        return { ...page, items: page.items.map((row) => toSalesImport(row, locale)) };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/sales/imports/:id',
      config: { permission: 'sales.read' },
      schema: { summary: 'One import', tags, params, response: { 200: importSchema } },
      handler: async (request) =>
        toSalesImport(await imports.require(request.params.id), localeOf(request)),
    });
    app.route({
      method: 'GET',
      url: '/api/sales/imports/:id/errors',
      config: { permission: 'sales.read' },
      schema: {
        summary: 'What was wrong, row by row (the first 10,000)',
        tags,
        params,
        querystring: importsQuery,
        response: { 200: importErrorsPageSchema },
      },
      handler: async (request) => {
        const { cursor, limit } = request.query;
        const { number } = await imports.require(request.params.id);
        const after = cursor === undefined ? -1 : decodeCursor(cursor, z.int());
        const rows = await listImportErrors(query, number, { after, limit: limit + 1 });
        const page = pageOfRows(rows, limit, (row) => row.position);
        const locale = localeOf(request);
        return {
          nextCursor: page.nextCursor,
          items: page.items.map(({ line, column_name, code, value }) => ({
            line,
            column: column_name,
            code,
            message: rowErrorTexts[code as RowErrorCode][locale],
            value,
          })),
        };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/sales/imports/:id/rejected.csv',
      config: { permission: 'sales.read' },
      schema: { summary: 'The rejected rows as a file, to be mended and imported', tags, params },
      handler: async (request, reply) => {
        const row = await imports.require(request.params.id);
        if (row.rejects_bytes === 0) throw salesErrors.SALES_NO_REJECTED_ROWS();
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="rejected-${row.id}.csv"`)
          .send(createReadStream(imports.rejectsPath(row.id), { end: row.rejects_bytes - 1 }));
      },
    });
    for (const action of ['undo', 'cancel'] as const) {
      app.route({
        method: 'POST',
        url: `/api/sales/imports/:id/${action}`,
        config: { permission: 'sales.import' },
        schema: {
          summary: action === 'undo' ? 'Undo a finished import' : 'Cancel a running import',
          description:
            action === 'undo'
              ? 'Its sales stop counting at once; the rows are removed in the background.'
              : 'Nothing of it will count.',
          tags,
          params,
          response: { 200: importSchema },
        },
        handler: async (request) =>
          toSalesImport(
            await imports[action](request.params.id, request.principal.actor),
            localeOf(request),
          ),
      });
    }
  };
}

/** In a scope of its own: here, and only here, a body is a stream of any kind and length. */
function uploadRoute(deps: {
  db: Database;
  compute: Compute;
  audit: Audit;
  uploads: Uploads;
}): FastifyPluginAsyncZod {
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    app.route({
      method: 'POST',
      url: '/api/sales/uploads',
      config: { permission: 'sales.import' },
      schema: {
        summary: 'Upload a file (the body is its bytes)',
        description:
          'It is looked at, and kept for some days (KIZASHI_RETENTION_UPLOAD_DAYS) unless it is imported.',
        tags,
        consumes: ['text/csv', 'application/octet-stream'],
        querystring: z.object({ name: z.string().min(1).max(255) }),
        response: { 201: uploadSchema },
      },
      handler: async (request, reply) => {
        const { actor } = request.principal;
        const body = (request.body ?? request.raw) as Readable;
        const upload = await deps.uploads.receive(body, {
          name: request.query.name,
          createdBy: actor,
        });
        await deps.audit.write({
          actor,
          action: 'sales.file.uploaded',
          target: upload.id,
          address: request.ip,
          details: { name: upload.name, sizeBytes: upload.size_bytes },
        });
        return reply.code(201).send(await describeUpload(deps, upload, {}));
      },
    });
  };
}
