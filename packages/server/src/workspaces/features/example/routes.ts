import { createReadStream } from 'node:fs';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { localeOf } from '../../../core/http/locale.ts';
import { seriesLayoutSchema } from '../../../core/series-source/contract.ts';
import { importSchema } from '../contract.ts';
import type { Imports } from '../import/imports.ts';
import { toFeaturesImport } from '../import/view.ts';

const FILE = new URL('./loto6.csv', import.meta.url);
const LAYOUT = seriesLayoutSchema.parse({
  name: 'loto6',
  time: 'ds',
  series: ['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'B1'],
  exogenous: ['draw', 'carry_over'],
});

/** Something to look at in an empty installation: the draws of a lottery, read like any other file. See ORIGIN.md. */
export function exampleRoutes({ imports }: { imports: Imports }): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/api/features/example',
      config: { permission: 'features.import' },
      schema: {
        summary: 'Import the example: every draw of Loto 6 from 2000 to August 2026',
        description:
          'Public facts. Stored as the group loto6, in place of series of the same names.',
        tags: ['Features: series'],
        response: { 201: importSchema },
      },
      handler: async (request, reply) => {
        const locale = localeOf(request);
        const row = await imports.receive(createReadStream(FILE), {
          name: 'loto6.csv',
          layout: LAYOUT,
          store: 'true',
          createdBy: request.principal.actor,
          locale,
        });
        return reply.code(201).send(toFeaturesImport(row, locale));
      },
    });
  };
}
