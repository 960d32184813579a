import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Compute } from '../../core/compute/compute.ts';
import type { Database } from '../../core/db/database.ts';
import type { ErrorCatalogue } from '../../core/errors.ts';
import { localeOf } from '../../core/http/locale.ts';
import { decodeCursor, pageOfRows } from '../../core/http/page.ts';
import { firstIdAt } from '../../core/ids.ts';
import {
  createPdf,
  REPORT_POLICY,
  type ReportFormat,
  reportFormat,
  reportHtml,
} from '../../core/reports/reports.ts';
import type { OrganisationSettings } from '../../core/settings/settings.ts';
import { analyse, inWords } from './analytics/analyse.ts';
import { type DownloadsReport, downloadsReport, thisMachine } from './analytics/report.ts';
import { type EventRow, eventsQuery } from './analytics/tables.ts';
import {
  analyticsQuery,
  analyticsSchema,
  type DownloadEvent,
  eventsPageSchema,
  eventsQuery as eventsQuerySchema,
  type OptimiserView,
  optimiserSchema,
  reportQuery,
} from './contract.ts';
import { explain } from './optimiser/explain.ts';
import type { Optimiser } from './optimiser/optimiser.ts';

const tags = ['Downloads: analytics'];

export interface AnalyticsRoutesDeps {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly compute: Compute;
  readonly clock: Clock;
  readonly settings: OrganisationSettings;
  readonly optimiser: Pick<Optimiser, 'view'>;
  /** Texts of failures: the workspace's catalogue. */
  readonly errors: ErrorCatalogue;
}

export function analyticsRoutes(deps: AnalyticsRoutesDeps): FastifyPluginAsyncZod {
  const { db, optimiser, settings } = deps;

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/downloads/analytics',
      config: { permission: 'downloads.read' },
      schema: {
        summary: 'Usage, performance, failures and advice',
        tags,
        querystring: analyticsQuery,
        response: { 200: analyticsSchema },
      },
      handler: async (request) => {
        const figures = await analyse(deps, request.query);
        return inWords(figures, reportFormat(localeOf(request), figures.timeZone), deps.errors);
      },
    });
    app.route({
      method: 'GET',
      url: '/api/downloads/events',
      config: { permission: 'downloads.read' },
      schema: {
        summary: 'Events, newest first',
        tags,
        querystring: eventsQuerySchema,
        response: { 200: eventsPageSchema },
      },
      handler: async (request) => {
        const { kind, from, to, cursor, limit } = request.query;
        let select = eventsQuery(db)
          .selectFrom('downloads_events')
          .selectAll()
          .orderBy('id', 'desc')
          .limit(limit + 1);
        if (kind !== undefined) select = select.where('kind', '=', kind);
        if (from !== undefined) select = select.where('id', '>=', firstIdAt(from));
        if (to !== undefined) select = select.where('id', '<', firstIdAt(to));
        if (cursor !== undefined) {
          select = select.where('id', '<', decodeCursor(cursor, z.string()));
        }
        const page = pageOfRows(await select.execute(), limit, (row) => row.id);
        return { ...page, items: page.items.map(toEvent) };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/downloads/optimiser',
      config: { permission: 'downloads.read' },
      schema: {
        summary: 'What the optimiser chose, and why',
        tags,
        response: { 200: optimiserSchema },
      },
      handler: async (request) => {
        const { timeZone } = await settings.get();
        const words = reportFormat(localeOf(request), timeZone);
        return explained(optimiser, words);
      },
    });
    app.route({
      method: 'GET',
      url: '/api/downloads/report',
      config: { permission: 'downloads.read' },
      schema: {
        summary: 'The report of a period as HTML, PDF or JSON',
        description:
          'One page that loads nothing; the PDF has its fonts in it. In the language of `locale`.',
        tags,
        querystring: reportQuery,
      },
      handler: async (request, reply) => {
        const { format, locale = localeOf(request), ...range } = request.query;
        const figures = await analyse(deps, range);
        const words = reportFormat(locale, figures.timeZone);
        const view = explained(optimiser, words);
        const report: DownloadsReport = {
          createdAt: deps.clock.now(),
          organisation: (await settings.get()).name,
          machine: thisMachine(),
          analytics: inWords(figures, words, deps.errors),
          optimiser: {
            ...{ mode: view.mode, networkClass: view.networkClass, last: view.last },
            hosts: view.hosts,
          },
        };
        const last = new Date(figures.to - 1).toISOString().slice(0, 10);
        const named = (kind: string, name: string) =>
          reply
            .header('content-disposition', `${kind}; filename="downloads-report-${last}.${name}"`)
            .header('cache-control', 'private, no-store');
        if (format === 'json') {
          return named('attachment', 'json').type('application/json').send(report);
        }
        const document = downloadsReport(report, words);
        if (format === 'pdf') {
          const pdf = await createPdf(deps.compute, document);
          return named('attachment', 'pdf').type('application/pdf').send(Buffer.from(pdf));
        }
        return named('inline', 'html')
          .header('content-security-policy', REPORT_POLICY)
          .type('text/html; charset=utf-8')
          .send(reportHtml(document));
      },
    });
  };
}

function explained(optimiser: Pick<Optimiser, 'view'>, words: ReportFormat): OptimiserView {
  const view = optimiser.view();
  const decisions = view.decisions.map((decision) => ({
    ...decision,
    explanation: explain(decision, words),
  }));
  return { ...view, last: decisions[0] ?? null, decisions };
}

function toEvent(row: EventRow): DownloadEvent {
  return {
    id: row.id,
    at: row.at,
    kind: row.kind,
    jobId: row.job_id,
    itemId: row.item_id,
    source: row.source,
    host: row.host,
    bytes: row.bytes,
    durationMs: row.duration_ms,
    code: row.code,
    details: {
      ...JSON.parse(row.details),
      ...(row.model_type !== null && { modelType: row.model_type }),
      ...(row.size_bytes !== null && { sizeBytes: row.size_bytes }),
      ...(row.wasted_bytes !== null && { wastedBytes: row.wasted_bytes }),
    },
  };
}
