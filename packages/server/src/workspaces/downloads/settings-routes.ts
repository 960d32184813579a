import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Audit } from '../../core/audit/audit.ts';
import type { Database } from '../../core/db/database.ts';
import { okSchema } from '../../core/http/contract.ts';
import {
  type AntivirusKind,
  downloadSettingsSchema,
  type SourceName,
  sourceNameSchema,
  sourcesSchema,
  tokenBody,
} from './contract.ts';
import { checkTemplate } from './library/path-template.ts';
import { readSettings, writeSettings } from './store/settings.ts';
import { downloadsQuery } from './store/tables.ts';
import type { Tokens } from './tokens.ts';

const tags = ['Downloads: settings'];

/** What a source is, for the page that sets it up. */
export interface SourceFacts {
  readonly name: SourceName;
  readonly address: string | null;
  readonly canSearch: boolean;
  readonly types: readonly string[];
  readonly sorts: readonly string[];
}

export function settingsRoutes(deps: {
  db: Database;
  audit: Audit;
  tokens: Tokens;
  sources: readonly SourceFacts[];
  /** The virus scanner beside ours. */
  antivirus: () => Promise<AntivirusKind>;
  wake: () => void;
}): FastifyPluginAsyncZod {
  const { audit, tokens, wake } = deps;
  const query = downloadsQuery(deps.db);

  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/downloads/settings',
      config: { permission: 'downloads.read' },
      schema: {
        summary: 'How downloads are run',
        tags,
        response: { 200: downloadSettingsSchema },
      },
      handler: () => readSettings(query),
    });
    app.route({
      method: 'PUT',
      url: '/api/downloads/settings',
      config: { permission: 'downloads.manage' },
      schema: {
        summary: 'Change how downloads are run',
        description: 'Holds at once, also for what runs.',
        tags,
        body: downloadSettingsSchema,
        response: { 200: downloadSettingsSchema },
      },
      handler: async (request) => {
        checkTemplate(request.body.pathTemplate);
        await writeSettings(query, request.body);
        await audit.write({
          actor: request.principal.actor,
          action: 'downloads.settings.changed',
          details: { ...request.body },
        });
        wake();
        return readSettings(query);
      },
    });
    app.route({
      method: 'GET',
      url: '/api/downloads/sources',
      config: { permission: 'downloads.read' },
      schema: {
        summary: 'Places that files come from',
        tags,
        response: { 200: sourcesSchema },
      },
      handler: async () => {
        const items = [];
        for (const source of deps.sources) {
          const hasToken = (await tokens.get(source.name)) !== undefined;
          items.push({
            ...source,
            types: [...source.types],
            sorts: [...source.sorts],
            hasToken,
          });
        }
        return { items, antivirus: await deps.antivirus() };
      },
    });
    app.route({
      method: 'PUT',
      url: '/api/downloads/sources/:name/token',
      config: { permission: 'downloads.manage' },
      schema: {
        summary: 'Set the token of a source; an empty one removes it',
        description: 'It is encrypted and never given back.',
        tags,
        params: z.object({ name: sourceNameSchema }),
        body: tokenBody,
        response: { 200: okSchema },
      },
      handler: async (request) => {
        const { name } = request.params;
        await tokens.set(name, request.body.token);
        await audit.write({
          actor: request.principal.actor,
          action: 'downloads.token.changed',
          target: name,
          details: { removed: request.body.token === '' },
        });
        return { ok: true as const };
      },
    });
  };
}
