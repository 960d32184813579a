import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { fromJson } from '../../core/db/columns.ts';
import type { Database } from '../../core/db/database.ts';
import { localeOf } from '../../core/http/locale.ts';
import { decodeCursor, pageOfRows } from '../../core/http/page.ts';
import {
  runBody,
  runSchema,
  runSeriesPageSchema,
  runSeriesQuery,
  runsPageSchema,
  runsQuery,
} from './contract.ts';
import type { Runs } from './run/runs.ts';
import { toFeaturesRun } from './run/view.ts';
import { listRunSeries, listRuns } from './store/runs.ts';
import { featuresQuery } from './store/tables.ts';

const tags = ['Features: runs'];
const params = z.object({ id: z.string().max(64) });

const ACTIONS = {
  pause: {
    summary: 'Pause a run',
    description: 'What is done stays; series that are being computed begin again.',
  },
  resume: {
    summary: 'Go on with a run',
    description: 'Also with one that failed or was cancelled: what is done stays done.',
  },
  cancel: { summary: 'Cancel a run', description: 'What it has written stays.' },
} as const;

export function runRoutes(deps: { db: Database; clock: Clock; runs: Runs }): FastifyPluginAsyncZod {
  const { runs, clock } = deps;
  const query = featuresQuery(deps.db);

  return async (app) => {
    app.route({
      method: 'POST',
      url: '/api/features/runs',
      config: { permission: 'features.run' },
      schema: {
        summary: 'Compute features of stored series',
        description:
          'Into features_hist, features_futr and features_stat. It runs as tasks; follow it on the topic `features.runs` or by its id.',
        tags,
        body: runBody,
        response: { 201: runSchema },
      },
      handler: async (request, reply) => {
        const row = await runs.submit(request.body, request.principal.actor);
        const run = await toFeaturesRun(query, row, clock.now(), localeOf(request));
        return reply.code(201).send(run);
      },
    });
    app.route({
      method: 'GET',
      url: '/api/features/runs',
      config: { permission: 'features.read' },
      schema: {
        summary: 'Runs, newest first',
        tags,
        querystring: runsQuery,
        response: { 200: runsPageSchema },
      },
      handler: async (request) => {
        const { cursor, limit } = request.query;
        const after = cursor === undefined ? undefined : decodeCursor(cursor, z.string());
        const rows = await listRuns(query, { cursor: after, limit: limit + 1 });
        const page = pageOfRows(rows, limit, (row) => row.id);
        const items = [];
        for (const row of page.items) {
          items.push(await toFeaturesRun(query, row, clock.now(), localeOf(request)));
        }
        return { ...page, items };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/features/runs/:id',
      config: { permission: 'features.read' },
      schema: { summary: 'A run with its progress', tags, params, response: { 200: runSchema } },
      handler: async (request) => {
        const row = await runs.require(request.params.id);
        return toFeaturesRun(query, row, clock.now(), localeOf(request));
      },
    });
    app.route({
      method: 'GET',
      url: '/api/features/runs/:id/series',
      config: { permission: 'features.read' },
      schema: {
        summary: 'The series of a run and what was said of them',
        tags,
        params,
        querystring: runSeriesQuery,
        response: { 200: runSeriesPageSchema },
      },
      handler: async (request) => {
        const { cursor, limit, state } = request.query;
        const { id } = await runs.require(request.params.id);
        const after = cursor === undefined ? -1 : decodeCursor(cursor, z.int());
        const rows = await listRunSeries(query, id, { state, after, limit: limit + 1 });
        const page = pageOfRows(rows, limit, (row) => row.position);
        const locale = localeOf(request);
        return {
          ...page,
          items: page.items.map((row) => ({
            loto: row.loto,
            uniqueId: row.unique_id,
            state: row.state,
            points: row.points,
            rows: row.rows_written,
            messages: row.messages === null ? [] : fromJson(row.messages).map((m) => m[locale]),
            finishedAt: row.finished_at,
          })),
        };
      },
    });
    for (const action of ['pause', 'resume', 'cancel'] as const) {
      app.route({
        method: 'POST',
        url: `/api/features/runs/:id/${action}`,
        config: { permission: 'features.run' },
        schema: { ...ACTIONS[action], tags, params, response: { 200: runSchema } },
        handler: async (request) => {
          const row = await runs[action](request.params.id, request.principal.actor);
          return toFeaturesRun(query, row, clock.now(), localeOf(request));
        },
      });
    }
  };
}
