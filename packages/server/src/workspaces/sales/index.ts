import { join, resolve } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import type { Workspace } from '../../core/workspace.ts';
import { loadDemo } from './demo.ts';
import { salesErrors } from './errors.ts';
import { figureRoutes } from './figure-routes.ts';
import { createImports } from './import/imports.ts';
import { createUploads } from './import/uploads.ts';
import { importRoutes } from './import-routes.ts';
import { createSalesMeasures } from './measures.ts';
import { salesMigrations } from './migrations/index.ts';
import { salesPermissions } from './permissions.ts';
import { createRefresh } from './refresh.ts';

/** Sales: files in, figures out. See README.md. */
export const sales: Workspace = {
  name: 'sales',
  permissions: salesPermissions,
  errors: salesErrors.catalogue,
  settings: {},
  migrations: salesMigrations,
  topics: [
    { name: 'sales.imports', permission: 'sales.read' },
    { name: 'sales.data', permission: 'sales.read' },
  ],
  facts: new URL('./facts.ts', import.meta.url),

  create(core) {
    const { config, settings } = core;
    const log = core.log.child({ workspace: 'sales' });
    const folder = resolve(config.data);
    const uploads = createUploads({
      ...core,
      folder: join(folder, 'uploads'),
      limitMb: config.uploadLimitMb,
      keptMs: config.retentionUploadDays * 86_400_000,
    });
    const refresh = createRefresh({ ...core, log, isAsked: config.roles.includes('web') });
    const rejectsFolder = join(folder, 'rejected');
    const imports = createImports({ ...core, log, uploads, refresh, rejectsFolder });
    const routes: FastifyPluginAsync = async (app) => {
      await app.register(figureRoutes(core));
      await app.register(importRoutes({ ...core, uploads, imports }));
    };
    let stopListening: (() => void) | undefined;

    return {
      routes,
      jobs: imports.jobs,
      measures: createSalesMeasures(core),
      prunes: [uploads.prune],
      async start() {
        // A cache that was lost is filled in the background; who asks meanwhile waits.
        if (!core.analytics.onDemand) refresh.soon('start');
        stopListening = settings.onChange(() => refresh.soon('time-zone'));
        await imports.start();
        if (config.demo) await loadDemo({ ...core, uploads, imports });
      },
      async stop() {
        stopListening?.();
        await imports.stop();
      },
    };
  },
};
