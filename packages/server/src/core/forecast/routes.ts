import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { callerGone } from '../http/caller-gone.ts';
import { localeOf } from '../http/locale.ts';
import { parseFilters } from '../measures/filters.ts';
import type { MeasureRegistry } from '../measures/registry.ts';
import { forecastQuery, forecastSchema } from './contract.ts';
import type { Forecasts } from './forecasts.ts';

export function forecastRoutes(deps: {
  forecasts: Forecasts;
  measures: MeasureRegistry;
}): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/forecast',
      // Which measures a caller may see is decided per measure.
      config: { permission: 'signed-in' },
      schema: {
        summary: 'Forecast of a measure with intervals and back-test',
        tags: ['Measures'],
        querystring: forecastQuery,
        response: { 200: forecastSchema },
      },
      handler: async (request, reply) => {
        const { measure: id, level, filter, ...rest } = request.query;
        const measure = deps.measures.require(id, request.principal);
        return deps.forecasts.forecast(
          { ...rest, measure, levels: level, filters: parseFilters(filter, measure.dimensions) },
          localeOf(request),
          callerGone(reply),
        );
      },
    });
  };
}
