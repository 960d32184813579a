import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Database } from '../../core/db/database.ts';
import type { Locale } from '../../core/errors.ts';
import { localeOf } from '../../core/http/locale.ts';
import { decodeCursor, pageOfRows } from '../../core/http/page.ts';
import { itemSchema, itemsPageSchema, itemsQuery, priorityBody, queueSchema } from './contract.ts';
import { freeBytes } from './queue/disk.ts';
import { isDriven } from './queue/lease.ts';
import type { Live } from './queue/live.ts';
import type { DownloadQueue } from './queue/queue.ts';
import { lanesOf } from './queue/states.ts';
import { toItem, toQueue } from './queue/view.ts';
import { itemKey, listItems } from './store/items.ts';
import { findJobs, queueTotals } from './store/jobs.ts';
import { downloadsQuery, type ItemRow } from './store/tables.ts';

const tags = ['Downloads: queue'];
const params = z.object({ id: z.string().max(26) });
const itemCursor = z.tuple([z.int(), z.int(), z.string()]);

const ACTIONS = {
  pause: { summary: 'Pause a file' },
  resume: { summary: 'Go on with a paused file' },
  cancel: { summary: 'Cancel a file' },
  retry: { summary: 'Try a failed or cancelled file again' },
} as const;

export function itemRoutes(deps: {
  db: Database;
  clock: Clock;
  queue: DownloadQueue;
  live: Live;
  folder: string;
}): FastifyPluginAsyncZod {
  const { db, queue, live } = deps;
  const query = downloadsQuery(db);

  async function shown(rows: readonly ItemRow[], locale: Locale) {
    const jobs = await findJobs(
      query,
      rows.map((row) => row.job_id),
    );
    const now = live.now();
    return rows.map((row) => toItem(row, jobs.get(row.job_id)?.name ?? '', now, locale));
  }
  async function one(row: ItemRow, locale: Locale) {
    const [item] = await shown([row], locale);
    return item!;
  }
  async function atAGlance() {
    const [totals, free, driven] = await Promise.all([
      queueTotals(query),
      freeBytes(deps.folder),
      isDriven(db, deps.clock.now()),
    ]);
    const now = live.now();
    const reservedBytes = now?.queue.disk?.reservedBytes ?? 0;
    const disk = free === null ? null : { freeBytes: free, reservedBytes };
    return toQueue(totals, { disk, driven, live: now });
  }

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/downloads/items',
      config: { permission: 'downloads.read' },
      schema: {
        summary: 'Files of the queue: what runs, what runs next, what rests, what has ended',
        tags,
        querystring: itemsQuery,
        response: { 200: itemsPageSchema },
      },
      handler: async (request) => {
        const { cursor, limit, state, jobId, search } = request.query;
        const after = cursor === undefined ? undefined : decodeCursor(cursor, itemCursor);
        const lanes = state && lanesOf(state);
        const rows = await listItems(query, { jobId, lanes, search, after, limit: limit + 1 });
        const page = pageOfRows(rows, limit, itemKey);
        return { ...page, items: await shown(page.items, localeOf(request)) };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/downloads/items/:id',
      config: { permission: 'downloads.read' },
      schema: { summary: 'A file of the queue', tags, params, response: { 200: itemSchema } },
      handler: async (request) =>
        one(await queue.requireItem(request.params.id), localeOf(request)),
    });
    app.route({
      method: 'PATCH',
      url: '/api/downloads/items/:id',
      config: { permission: 'downloads.run' },
      schema: {
        summary: 'Change the priority of a file',
        tags,
        params,
        body: priorityBody,
        response: { 200: itemSchema },
      },
      handler: async (request) => {
        const { priority } = request.body;
        return one(await queue.setItemPriority(request.params.id, priority), localeOf(request));
      },
    });
    for (const action of ['pause', 'resume', 'cancel', 'retry'] as const) {
      app.route({
        method: 'POST',
        url: `/api/downloads/items/:id/${action}`,
        config: { permission: 'downloads.run' },
        schema: { ...ACTIONS[action], tags, params, response: { 200: itemSchema } },
        handler: async (request) =>
          one(await queue.actOnItem(request.params.id, action), localeOf(request)),
      });
    }
    for (const action of ['pause', 'resume'] as const) {
      app.route({
        method: 'POST',
        url: `/api/downloads/all/${action}`,
        config: { permission: 'downloads.run' },
        schema: {
          summary: action === 'pause' ? 'Pause everything' : 'Go on with everything paused',
          tags,
          response: { 200: queueSchema },
        },
        handler: async (request) => {
          await queue.actOnAll(action, request.principal.actor);
          return atAGlance();
        },
      });
    }
    app.route({
      method: 'GET',
      url: '/api/downloads/queue',
      config: { permission: 'downloads.read' },
      schema: { summary: 'The whole queue at a glance', tags, response: { 200: queueSchema } },
      handler: atAGlance,
    });
  };
}
