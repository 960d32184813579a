import { join, resolve } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import type { Workspace } from '../../core/workspace.ts';
import { featuresErrors } from './errors.ts';
import { exampleRoutes } from './example/routes.ts';
import { createImports, IMPORTS_TOPIC } from './import/imports.ts';
import { importRoutes } from './import-routes.ts';
import { insightRoutes } from './insight/routes.ts';
import { featuresMigrations } from './migrations/index.ts';
import { featuresPermissions } from './permissions.ts';
import { cachePrune } from './run/cache.ts';
import { createRuns, RUNS_TOPIC } from './run/runs.ts';
import { runRoutes } from './run-routes.ts';
import { featuresSettings } from './settings.ts';
import { valueRoutes } from './value-routes.ts';

const DAY_MS = 86_400_000;

/** Features: tables of series in, tables of features out. See README.md. */
export const features: Workspace = {
  name: 'features',
  permissions: featuresPermissions,
  errors: featuresErrors.catalogue,
  settings: featuresSettings,
  migrations: featuresMigrations,
  topics: [
    { name: IMPORTS_TOPIC, permission: 'features.read' },
    { name: RUNS_TOPIC, permission: 'features.read' },
  ],

  create(core) {
    const { config } = core;
    const own = config.workspace(featuresSettings);
    const log = core.log.child({ workspace: 'features' });
    const dataFolder = resolve(config.data);
    const gpu = { mode: own.featuresGpu, module: own.featuresGpuModule };
    const imports = createImports({
      ...core,
      log,
      folder: join(dataFolder, 'features-uploads'),
      limitMb: config.uploadLimitMb,
      keptMs: config.retentionUploadDays * DAY_MS,
      tables: own.featuresTables,
    });
    const runs = createRuns({
      ...core,
      log,
      threads: config.computeThreads,
      cacheDays: own.featuresCacheDays,
      gpu,
    });
    const routes: FastifyPluginAsync = async (app) => {
      await app.register(importRoutes({ ...core, imports }));
      await app.register(runRoutes({ ...core, runs }));
      await app.register(valueRoutes({ ...core, dataFolder, gpu }));
      await app.register(insightRoutes(core));
      await app.register(exampleRoutes({ imports }));
    };
    return {
      routes,
      jobs: [...imports.jobs, ...runs.jobs],
      measures: [],
      prunes: [imports.prune, cachePrune(core.db)],
      async start() {
        await imports.start();
        await runs.start();
      },
      async stop() {
        await runs.stop();
        await imports.stop();
      },
    };
  },
};
