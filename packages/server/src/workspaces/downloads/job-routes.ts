import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Database } from '../../core/db/database.ts';
import { okSchema } from '../../core/http/contract.ts';
import { decodeCursor, pageOfRows } from '../../core/http/page.ts';
import { jobBody, jobSchema, jobsPageSchema, jobsQuery, priorityBody } from './contract.ts';
import type { Live } from './queue/live.ts';
import type { DownloadQueue } from './queue/queue.ts';
import { toJob } from './queue/view.ts';
import { listJobs } from './store/jobs.ts';
import { downloadsQuery } from './store/tables.ts';

const tags = ['Downloads: queue'];
const params = z.object({ id: z.string().max(26) });
/** 10,000 inputs of some hundred characters each. */
const BODY_LIMIT = 16 << 20;

const ACTIONS = {
  pause: {
    summary: 'Pause a download job',
    description: 'Every byte already fetched is kept. What is just getting its name still does.',
  },
  resume: { summary: 'Go on with a paused download job' },
  cancel: {
    summary: 'Cancel a download job',
    description: 'Its finished files stay in the library.',
  },
  retry: {
    summary: 'Try the failed files of a download job again',
    description: 'Of a cancelled job also those that were cancelled, and what was not yet listed.',
  },
} as const;

export function jobRoutes(deps: {
  db: Database;
  queue: DownloadQueue;
  live: Live;
}): FastifyPluginAsyncZod {
  const { queue, live } = deps;
  const query = downloadsQuery(deps.db);

  return async (app) => {
    app.route({
      method: 'POST',
      url: '/api/downloads/jobs',
      bodyLimit: BODY_LIMIT,
      config: { permission: 'downloads.run' },
      schema: {
        summary: 'Queue downloads: links, files, models, creators, collections, searches',
        description:
          'Everything is kept when this answers. Links are files of the queue at once; models, collections and searches are listed in the background. A link that cannot be used becomes a file that FAILED and says why.',
        tags,
        body: jobBody,
        response: { 201: jobSchema },
      },
      handler: async (request, reply) => {
        const { inputs, ...job } = request.body;
        const row = await queue.add(job, inputs, request.principal.actor);
        return reply.code(201).send(toJob(row, undefined));
      },
    });
    app.route({
      method: 'GET',
      url: '/api/downloads/jobs',
      config: { permission: 'downloads.read' },
      schema: {
        summary: 'Download jobs, newest first',
        tags,
        querystring: jobsQuery,
        response: { 200: jobsPageSchema },
      },
      handler: async (request) => {
        const { cursor, limit, state } = request.query;
        const after = cursor === undefined ? undefined : decodeCursor(cursor, z.string());
        const rows = await listJobs(query, { state, cursor: after, limit: limit + 1 });
        const page = pageOfRows(rows, limit, (row) => row.id);
        const now = live.now();
        return { ...page, items: page.items.map((row) => toJob(row, now)) };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/downloads/jobs/:id',
      config: { permission: 'downloads.read' },
      schema: { summary: 'A download job', tags, params, response: { 200: jobSchema } },
      handler: async (request) => toJob(await queue.requireJob(request.params.id), live.now()),
    });
    app.route({
      method: 'PATCH',
      url: '/api/downloads/jobs/:id',
      config: { permission: 'downloads.run' },
      schema: {
        summary: 'Change the priority of a job and of all its files that have not ended',
        tags,
        params,
        body: priorityBody,
        response: { 200: jobSchema },
      },
      handler: async (request) => {
        const { id } = request.params;
        return toJob(await queue.setJobPriority(id, request.body.priority), live.now());
      },
    });
    app.route({
      method: 'DELETE',
      url: '/api/downloads/jobs/:id',
      config: { permission: 'downloads.run' },
      schema: {
        summary: 'Forget a job that has ended',
        description: 'Files of the library stay.',
        tags,
        params,
        response: { 200: okSchema },
      },
      handler: async (request) => {
        await queue.forget(request.params.id, request.principal.actor);
        return { ok: true as const };
      },
    });
    for (const action of ['pause', 'resume', 'cancel', 'retry'] as const) {
      app.route({
        method: 'POST',
        url: `/api/downloads/jobs/:id/${action}`,
        config: { permission: 'downloads.run' },
        schema: { ...ACTIONS[action], tags, params, response: { 200: jobSchema } },
        handler: async (request) => {
          const { id } = request.params;
          return toJob(await queue.actOnJob(id, action, request.principal.actor), live.now());
        },
      });
    }
  };
}
