import type { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { coreErrors } from '../../core/core-errors.ts';
import { jobSchema, manifestQuery } from './contract.ts';
import { readManifest } from './queue/manifest.ts';
import type { DownloadQueue } from './queue/queue.ts';
import { toJob } from './queue/view.ts';

const LIMIT_MB = 64;

/** In a scope of its own: here, and only here, a body is a stream of any kind. */
export function manifestRoutes(deps: { queue: DownloadQueue }): FastifyPluginAsyncZod {
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    app.route({
      method: 'POST',
      url: '/api/downloads/jobs/manifest',
      config: { permission: 'downloads.run' },
      schema: {
        summary: 'Queue a list of addresses (the body is its text)',
        description:
          'Addresses one a line, an aria2 input file, CSV with a header (`url`, `sha256`, `name`), JSON or JSON Lines. A line that cannot be read becomes a file that FAILED and says which line it was.',
        tags: ['Downloads: queue'],
        consumes: ['text/plain', 'text/csv', 'application/json', 'application/octet-stream'],
        querystring: manifestQuery,
        response: { 201: jobSchema },
      },
      handler: async (request, reply) => {
        const { paused, ...options } = request.query;
        const bytes = await readBody((request.body ?? request.raw) as Readable);
        const entries = await readManifest(bytes);
        const job = { ...options, paused: paused === 'true' };
        const row = await deps.queue.add(
          job,
          entries.map((entry) =>
            'error' in entry
              ? entry
              : { ...entry.input, fileName: entry.fileName, hashes: entry.hashes },
          ),
          request.principal.actor,
        );
        return reply.code(201).send(toJob(row, undefined));
      },
    });
  };
}

/** @throws BODY_TOO_LARGE */
async function readBody(source: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LIMIT_MB * 2 ** 20) throw coreErrors.BODY_TOO_LARGE({ limit: `${LIMIT_MB} MB` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
