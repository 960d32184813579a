import type { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Locale } from '../errors.ts';
import { localeOf } from '../http/locale.ts';
import type { Analyses, AnalysisRecord } from './analyses.ts';
import {
  type Analysis,
  analysisKinds,
  analysisOptions,
  analysisQuery,
  analysisSchema,
} from './contract.ts';

const tags = ['Analyses'];
const params = z.object({ id: z.string().max(150) });
const config = { permission: 'analyses.run' };
/** A query parameter holds them as text, so that a schema cannot: each kind with its own, a star on those it needs. */
const optionsText = analysisKinds
  .map((kind) => {
    const names = Object.entries(analysisOptions[kind].shape).map(([name, schema]) =>
      schema.safeParse(undefined).success ? name : `${name}*`,
    );
    return `- \`${kind}\`: ${names.join(', ')}`;
  })
  .join('\n');

export function analysesRoutes(deps: { analyses: Analyses }): FastifyPluginAsyncZod {
  const { analyses } = deps;
  return async (app) => {
    await app.register(submitRoute(analyses));
    app.route({
      method: 'GET',
      url: '/api/analyses/:id',
      config,
      schema: { summary: 'An analysis of yours', tags, params, response: { 200: analysisSchema } },
      handler: async (request) => {
        const { params: asked, principal } = request;
        return view(await analyses.require(asked.id, principal.userId), localeOf(request));
      },
    });
    app.route({
      method: 'GET',
      url: '/api/analyses/:id/result',
      config,
      schema: {
        summary: 'What was found: the document that the command prints with --json',
        tags,
        params,
        produces: ['application/json'],
      },
      handler: async (request, reply) => {
        const { params: asked, principal } = request;
        const found = await analyses.result(asked.id, principal.userId, localeOf(request));
        return reply.type('application/json').send(found);
      },
    });
    app.route({
      method: 'DELETE',
      url: '/api/analyses/:id',
      config,
      schema: {
        summary: 'Cancel an analysis, and remove its file and result',
        tags,
        params,
        response: { 204: z.null() },
      },
      handler: async ({ params: asked, principal }, reply) => {
        await analyses.remove(asked.id, principal.userId);
        return reply.code(204).send(null);
      },
    });
  };
}

/** In a scope of its own: here, and only here, a body is a stream of any kind and length. */
function submitRoute(analyses: Analyses): FastifyPluginAsyncZod {
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    app.route({
      method: 'POST',
      url: '/api/analyses',
      config,
      schema: {
        summary: 'Analyse a CSV or Parquet file (the body is its bytes)',
        description: `In the background. Nothing of the file is stored but the result, for some days. \`options\` is JSON with what the command of the same name takes:\n\n${optionsText}`,
        tags,
        consumes: ['text/csv', 'application/octet-stream'],
        querystring: analysisQuery,
        response: { 202: analysisSchema },
      },
      handler: async (request, reply) => {
        const { userId, actor } = request.principal;
        const locale = localeOf(request);
        const source = (request.body ?? request.raw) as Readable;
        const submission = { ...request.query, userId, actor };
        return reply.code(202).send(view(await analyses.submit(source, submission), locale));
      },
    });
  };
}

function view({ job, name, kind }: AnalysisRecord, locale: Locale): Analysis {
  const { id, state, progress, error, createdAt, finishedAt } = job;
  return {
    ...{ id, kind, name, state, createdAt, finishedAt },
    progress: { ...progress },
    error: error && {
      code: error.code,
      message: locale === 'ja' ? error.messageJa : error.message,
    },
  };
}
