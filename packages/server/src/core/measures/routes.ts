import { parseIsoDate } from '@kizashi/series';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  type MeasureInfo,
  measureSeriesQuery,
  measureSeriesSchema,
  measuresSchema,
} from './contract.ts';
import { measuresErrors } from './errors.ts';
import { parseFilters } from './filters.ts';
import type { Measure } from './measure.ts';
import type { MeasureRegistry } from './registry.ts';

const tags = ['Measures'];

/** Whatever the workspaces can tell over time, without knowing the workspaces. */
export function measuresRoutes({ measures }: { measures: MeasureRegistry }): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/measures',
      // Which measures a caller may see is decided per measure.
      config: { permission: 'signed-in' },
      schema: { summary: 'Measures the caller may see', tags, response: { 200: measuresSchema } },
      handler: async ({ principal }) => ({ items: measures.visibleTo(principal).map(toInfo) }),
    });
    app.route({
      method: 'GET',
      url: '/api/measures/:id/series',
      config: { permission: 'signed-in' },
      schema: {
        summary: 'A measure over time',
        description: 'One value per day, week or month, without gaps; null where it is undefined.',
        tags,
        params: z.object({ id: z.string().max(100) }),
        querystring: measureSeriesQuery,
        response: { 200: measureSeriesSchema },
      },
      handler: async ({ params, query, principal }) => {
        const measure = measures.require(params.id, principal);
        const { from, to, bucket } = query;
        if (parseIsoDate(to) < parseIsoDate(from)) {
          throw measuresErrors.MEASURE_PERIOD_INVALID({ from, to });
        }
        const filters = parseFilters(query.filter, measure.dimensions);
        const { t, y } = await measure.series({ from, to, bucket, filters });
        return { measure: toInfo(measure), t: [...t], y: [...y] };
      },
    });
  };
}

function toInfo({ id, title, unit, dimensions }: Measure): MeasureInfo {
  return { id, title, unit, dimensions: [...dimensions] };
}
