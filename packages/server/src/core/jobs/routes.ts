import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Audit } from '../audit/audit.ts';
import { decodeCursor, pageOfRows } from '../http/page.ts';
import { jobSchema, queuesSchema, tasksPageSchema, tasksQuery } from './contract.ts';
import { jobsErrors } from './errors.ts';
import { toJob } from './job-view.ts';
import type { JobFilter, JobRecord, Queue } from './queue.ts';

const tags = ['Tasks'];
const params = z.object({ id: z.string().max(150) });
const response = { 200: jobSchema };

export function jobRoutes(deps: { queue: Queue; audit: Audit }): FastifyPluginAsyncZod {
  const { queue, audit } = deps;

  /** @throws JOBS_NOT_FOUND */
  async function read(id: string): Promise<JobRecord> {
    const job = await queue.get(id);
    if (job === undefined) throw jobsErrors.JOBS_NOT_FOUND();
    return job;
  }

  function record(request: FastifyRequest, action: string, job: JobRecord): Promise<void> {
    return audit.write({
      actor: request.principal.actor,
      action,
      target: job.id,
      address: request.ip,
      details: { name: job.name },
    });
  }

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/tasks',
      config: { permission: 'tasks.read' },
      schema: {
        summary: 'Tasks, newest first',
        tags,
        querystring: tasksQuery,
        response: { 200: tasksPageSchema },
      },
      handler: async ({ query: { cursor, limit, state, name } }) => {
        const filter: JobFilter = {
          limit: limit + 1,
          ...(state !== undefined && { state }),
          ...(name !== undefined && { name }),
          ...(cursor !== undefined && { after: decodeCursor(cursor, z.string().max(150)) }),
        };
        const page = pageOfRows(await queue.list(filter), limit, (job) => job.id);
        return { items: page.items.map(toJob), nextCursor: page.nextCursor };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/tasks/queues',
      config: { permission: 'tasks.read' },
      schema: { summary: 'Tasks by kind and state', tags, response: { 200: queuesSchema } },
      handler: async () => {
        const counts = Map.groupBy(await queue.counts(), ({ name }) => name);
        const items = [...counts].map(([name, states]) => ({
          ...{ name, waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0 },
          ...Object.fromEntries(states.map(({ state, count }) => [state, count])),
        }));
        return { items: items.toSorted((a, b) => a.name.localeCompare(b.name, 'en')) };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/tasks/:id',
      config: { permission: 'tasks.read' },
      schema: { summary: 'One task', tags, params, response },
      handler: async (request) => toJob(await read(request.params.id)),
    });
    app.route({
      method: 'POST',
      url: '/api/tasks/:id/cancel',
      config: { permission: 'tasks.manage' },
      schema: {
        summary: 'Cancel a task',
        description: 'A running task ends shortly after; its state then becomes `cancelled`.',
        tags,
        params,
        response,
      },
      handler: async (request) => {
        const job = await read(request.params.id);
        if (!(await queue.cancel(job.id))) throw jobsErrors.JOBS_NOT_CANCELLABLE();
        await record(request, 'tasks.cancelled', job);
        return toJob(await read(job.id));
      },
    });
    app.route({
      method: 'POST',
      url: '/api/tasks/:id/retry',
      config: { permission: 'tasks.manage' },
      schema: { summary: 'Run a failed or cancelled task again', tags, params, response },
      handler: async (request) => {
        const job = await read(request.params.id);
        if (!(await queue.retry(job.id))) throw jobsErrors.JOBS_NOT_RETRYABLE();
        await record(request, 'tasks.retried', job);
        return toJob(await read(job.id));
      },
    });
  };
}
