import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Compute } from '../../core/compute/compute.ts';
import { fromJson } from '../../core/db/columns.ts';
import type { Database } from '../../core/db/database.ts';
import { localeOf } from '../../core/http/locale.ts';
import { decodeCursor, pageOfRows } from '../../core/http/page.ts';
import { createId } from '../../core/ids.ts';
import { featureCatalogue } from './catalogue.ts';
import {
  catalogueSchema,
  exportQuery,
  healthSchema,
  tableSchema,
  valuesPageSchema,
  valuesQuery,
} from './contract.ts';
import type { ExportTask } from './export/export-task.ts';
import type { GpuChoice } from './gpu/open-gpu.ts';
import { featuresHealth } from './health.ts';
import { readValues } from './store/values.ts';

const tags = ['Features: values'];
const params = z.object({ table: tableSchema });
const cursorKey = z.tuple([z.string(), z.string(), z.number()]);
const TYPES = { csv: 'text/csv; charset=utf-8', parquet: 'application/vnd.apache.parquet' };

/** The three tables, the catalogue, and whether everything is there that a run needs. */
export function valueRoutes(deps: {
  db: Database;
  databaseUrl: string;
  compute: Compute;
  dataFolder: string;
  gpu: GpuChoice;
}): FastifyPluginAsyncZod {
  const { db, compute, databaseUrl, dataFolder } = deps;
  const folder = join(dataFolder, 'features-exports');

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/features/catalogue',
      config: { permission: 'features.read' },
      schema: {
        summary: 'Every set of features with formulas, sources and parameters',
        tags,
        response: { 200: catalogueSchema },
      },
      handler: async () => featureCatalogue(),
    });
    app.route({
      method: 'GET',
      url: '/api/features/values/:table',
      config: { permission: 'features.read' },
      schema: {
        summary: 'Computed values: hist (by time), futr (known in advance), stat (a whole series)',
        tags,
        params,
        querystring: valuesQuery,
        response: { 200: valuesPageSchema },
      },
      handler: async (request) => {
        const { cursor, limit, loto, uniqueId } = request.query;
        const key = cursor === undefined ? undefined : decodeCursor(cursor, cursorKey);
        const after = key && { loto: key[0], uniqueId: key[1], ds: key[2] };
        const rows = await readValues(db, request.params.table, {
          ...{ loto, uniqueId, after },
          limit: limit + 1,
        });
        const page = pageOfRows(rows, limit, (row) => [row.loto, row.unique_id, row.ds ?? 0]);
        return {
          ...page,
          items: page.items.map((row) => ({
            loto: row.loto,
            uniqueId: row.unique_id,
            ...(row.ds === undefined ? {} : { ds: row.ds }),
            values: fromJson(row.feature_values),
          })),
        };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/features/export/:table',
      config: { permission: 'features.export' },
      schema: {
        summary: 'A whole table as CSV or Parquet, one column a feature',
        tags,
        params,
        querystring: exportQuery,
      },
      handler: async (request, reply) => {
        const { table } = request.params;
        const { format, loto } = request.query;
        await mkdir(folder, { recursive: true });
        const file = join(folder, `${createId()}.${format}`);
        const task: ExportTask = { databaseUrl, table, format, loto, file };
        try {
          await compute.run(new URL('./export/export-task.ts', import.meta.url), task);
          const { size } = await stat(file);
          const source = createReadStream(file);
          // Open from the first byte on: the name can go, the bytes stay until they are read.
          await new Promise((opened, failed) => source.once('open', opened).once('error', failed));
          return await reply
            .header('content-type', TYPES[format])
            .header('content-length', size)
            .header('content-disposition', `attachment; filename="features_${table}.${format}"`)
            .send(source);
        } finally {
          await rm(file, { force: true });
        }
      },
    });
    app.route({
      method: 'GET',
      url: '/api/features/health',
      config: { permission: 'features.read' },
      schema: {
        summary: 'Whether database, GPU and disk are there for a run',
        tags,
        response: { 200: healthSchema },
      },
      handler: async (request) => featuresHealth(deps, localeOf(request)),
    });
  };
}
