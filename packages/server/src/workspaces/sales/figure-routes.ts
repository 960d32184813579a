import { isoDate } from '@kizashi/series';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Analytics } from '../../core/analytics/analytics.ts';
import type { Database } from '../../core/db/database.ts';
import type { OrganisationSettings } from '../../core/settings/settings.ts';
import { salesBreakdown } from './breakdown.ts';
import {
  breakdownQuery,
  breakdownSchema,
  exportQuery,
  overviewSchema,
  periodQuery,
  rangeSchema,
  valuesQuery,
  valuesSchema,
} from './contract.ts';
import { exportSales } from './export.ts';
import { parseSalesFilters } from './filters.ts';
import { salesOverview } from './overview.ts';
import { parsePeriod } from './period.ts';
import { dataRange, dimensionValues } from './store/dimensions.ts';
import { liveImports } from './store/imports.ts';
import { salesQuery } from './store/tables.ts';

const tags = ['Sales'];

/** What is read from the column cache, and the export of the lines. */
export function figureRoutes(deps: {
  db: Database;
  analytics: Analytics;
  settings: OrganisationSettings;
}): FastifyPluginAsyncZod {
  const { analytics, settings, db } = deps;
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/sales/range',
      config: { permission: 'sales.read' },
      schema: {
        summary: 'First and last day with sales',
        tags,
        response: { 200: rangeSchema },
      },
      handler: async () => {
        const [{ from, to, lines }, imports] = await Promise.all([
          dataRange(analytics),
          liveImports(salesQuery(db)),
        ]);
        const range =
          from === null || to === null ? null : { from: isoDate(from), to: isoDate(to) };
        return { range, lines, demo: imports.some(({ demo }) => demo === 1) };
      },
    });
    app.route({
      method: 'GET',
      url: '/api/sales/overview',
      config: { permission: 'sales.read' },
      schema: {
        summary: 'The eight figures of Home',
        description: 'Compared with as many days directly before the period.',
        tags,
        querystring: periodQuery,
        response: { 200: overviewSchema },
      },
      handler: async ({ query }) => {
        const { weekStartsOn } = await settings.get();
        const filters = parseSalesFilters(query.filter);
        return salesOverview(analytics, parsePeriod(query), filters, weekStartsOn);
      },
    });
    app.route({
      method: 'GET',
      url: '/api/sales/breakdown',
      config: { permission: 'sales.read' },
      schema: {
        summary: 'Revenue by product, country, customer, weekday or hour',
        description: 'Largest revenue first. Weekday 0 is Monday; hours are of the reporting zone.',
        tags,
        querystring: breakdownQuery,
        response: { 200: breakdownSchema },
      },
      handler: async ({ query }) => {
        const filters = parseSalesFilters(query.filter);
        return salesBreakdown(analytics, query.by, parsePeriod(query), filters, query.limit);
      },
    });
    app.route({
      method: 'GET',
      url: '/api/sales/values',
      config: { permission: 'sales.read' },
      schema: {
        summary: 'Values to filter by, most revenue first',
        tags,
        querystring: valuesQuery,
        response: { 200: valuesSchema },
      },
      handler: async ({ query: { dimension, search, limit } }) => ({
        items: [...(await dimensionValues(analytics, dimension, search, limit))],
      }),
    });
    app.route({
      method: 'GET',
      url: '/api/sales/export.csv',
      config: { permission: 'sales.export' },
      schema: {
        summary: 'The lines of a period as CSV',
        description:
          'Texts that a spreadsheet would run as a formula begin with an apostrophe. Times are UTC.',
        tags,
        querystring: exportQuery,
      },
      handler: async ({ query }, reply) => {
        const span = parsePeriod(query);
        const { timeZone } = await settings.get();
        const filters = parseSalesFilters(query.filter);
        const charset = query.encoding === 'shift_jis' ? 'shift_jis' : 'utf-8';
        return reply
          .header('content-type', `text/csv; charset=${charset}`)
          .header(
            'content-disposition',
            `attachment; filename="sales-${query.from}-${query.to}.csv"`,
          )
          .send(exportSales({ db, span, filters, timeZone, encoding: query.encoding }));
      },
    });
  };
}
