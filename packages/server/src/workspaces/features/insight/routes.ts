import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Compute } from '../../../core/compute/compute.ts';
import type { Database } from '../../../core/db/database.ts';
import { callerGone } from '../../../core/http/caller-gone.ts';
import {
  decompositionQuery,
  decompositionSchema,
  type FeatureQuality,
  type LotteryInsight,
  lotteriesSchema,
  lotteryQuery,
  lotterySchema,
  patternsQuery,
  patternsSchema,
  qualityQuery,
  qualitySchema,
  type SeriesDecomposition,
  type SeriesPatterns,
} from '../insight-contract.ts';
import { featuresQuery } from '../store/tables.ts';
import type { LotteryTask } from './lottery-task.ts';
import type { QualityTask } from './quality-task.ts';
import { drawsOf, listLotteries, pointsOf } from './stored-series.ts';

const tags = ['Features insight'];

/** What the pages look into; everything numeric in worker threads that end when the caller hangs up. */
export function insightRoutes(deps: {
  db: Database;
  databaseUrl: string;
  compute: Compute;
}): FastifyPluginAsyncZod {
  const { compute, databaseUrl } = deps;
  const query = featuresQuery(deps.db);

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/features/insight/decomposition',
      config: { permission: 'features.read' },
      schema: {
        summary: 'Trend, season and remainder of a series',
        description: 'STL as in statsmodels. Not defined is said by `status`.',
        tags,
        querystring: decompositionQuery,
        response: { 200: decompositionSchema },
      },
      handler: async ({ query: { period = 0, robust, ...key } }, reply) => {
        const { y } = await pointsOf(query, key);
        return compute.run<SeriesDecomposition>(
          new URL('./decomposition-task.ts', import.meta.url),
          { y, period, robust: robust === 'true' },
          { transfer: [y.buffer as ArrayBuffer], signal: callerGone(reply) },
        );
      },
    });
    app.route({
      method: 'GET',
      url: '/api/features/insight/patterns',
      config: { permission: 'features.read' },
      schema: {
        summary: 'Motifs and discords of a series',
        description: 'By its matrix profile: windows most alike, and most unlike every other.',
        tags,
        querystring: patternsQuery,
        response: { 200: patternsSchema },
      },
      handler: async ({ query: { window = 0, top, ...key } }, reply) => {
        const { y } = await pointsOf(query, key);
        return compute.run<SeriesPatterns>(
          new URL('./patterns-task.ts', import.meta.url),
          { y, window, top },
          { transfer: [y.buffer as ArrayBuffer], signal: callerGone(reply) },
        );
      },
    });
    app.route({
      method: 'GET',
      url: '/api/features/insight/quality',
      config: { permission: 'features.read' },
      schema: {
        summary: 'Missing, constant and correlated features of a table',
        description:
          'Of large tables some series are looked at, spread evenly; the answer says how many.',
        tags,
        querystring: qualityQuery,
        response: { 200: qualitySchema },
      },
      handler: async ({ query: { table, loto, correlation } }, reply) => {
        const task: QualityTask = { databaseUrl, table, loto, correlation };
        return compute.run<FeatureQuality>(new URL('./quality-task.ts', import.meta.url), task, {
          signal: callerGone(reply),
        });
      },
    });
    app.route({
      method: 'GET',
      url: '/api/features/insight/lotteries',
      config: { permission: 'features.read' },
      schema: {
        summary: 'Groups that are number games',
        tags,
        response: { 200: lotteriesSchema },
      },
      handler: async () => ({ items: await listLotteries(query) }),
    });
    app.route({
      method: 'GET',
      url: '/api/features/insight/lottery',
      config: { permission: 'features.read' },
      schema: {
        summary: 'Numbers of a game: frequencies, gaps, pairs, and tests of randomness',
        description: 'Draws are independent: nothing here foretells the next one.',
        tags,
        querystring: lotteryQuery,
        response: { 200: lotterySchema },
      },
      handler: async ({ query: { loto, window } }, reply) => {
        const task: LotteryTask = { ...(await drawsOf(query, loto)), window };
        return compute.run<LotteryInsight>(new URL('./lottery-task.ts', import.meta.url), task, {
          signal: callerGone(reply),
        });
      },
    });
  };
}
