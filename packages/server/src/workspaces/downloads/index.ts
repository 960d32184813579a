import { join, resolve } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import { createId } from '../../core/ids.ts';
import { jobRetention } from '../../core/jobs/retention.ts';
import { systemAfter } from '../../core/timers.ts';
import type { Workspace } from '../../core/workspace.ts';
import { createEventLog } from './analytics/event-log.ts';
import { eventsPrune } from './analytics/prune.ts';
import { analyticsRoutes } from './analytics-routes.ts';
import { PROGRESS_TOPIC } from './contract.ts';
import { downloadsErrors } from './errors.ts';
import { itemRoutes } from './item-routes.ts';
import { jobRoutes } from './job-routes.ts';
import { keepOptimiser } from './kept-optimiser.ts';
import { createLibraryFolder } from './library/folder.ts';
import { createLibrary } from './library/library.ts';
import { createPlacer } from './library/placer.ts';
import { libraryRoutes } from './library-routes.ts';
import { manifestRoutes } from './manifest-routes.ts';
import { observeDownloads } from './metrics.ts';
import { downloadsMigrations } from './migrations/index.ts';
import { downloadsPermissions } from './permissions.ts';
import { jobsPrune } from './prune.ts';
import { freeBytes } from './queue/disk.ts';
import { createLease } from './queue/lease.ts';
import { createLive } from './queue/live.ts';
import { createDownloadQueue } from './queue/queue.ts';
import { createRunner, WAKE_TOPIC, type Wake } from './queue/runner.ts';
import { createSourceSet } from './queue/source-set.ts';
import { createScanner } from './scan/scanner.ts';
import { previewPath, searchRoutes } from './search-routes.ts';
import { downloadsSettings } from './settings.ts';
import { settingsRoutes } from './settings-routes.ts';
import { sourceFacts } from './source-facts.ts';
import { createSources, productAgent } from './sources/index.ts';
import { queueTotals } from './store/jobs.ts';
import { readSettings } from './store/settings.ts';
import { downloadsQuery } from './store/tables.ts';
import { noteAction, tellEnd, tellQuarantine } from './tell.ts';
import { createTokens } from './tokens.ts';
import { createTransferEngine } from './transfer/engine.ts';

const DAY_MS = 86_400_000;

/** Downloads: models in bulk, and never a wrong file. See README.md. */
export const downloads: Workspace = {
  name: 'downloads',
  permissions: downloadsPermissions,
  errors: downloadsErrors.catalogue,
  settings: downloadsSettings,
  migrations: downloadsMigrations,
  topics: [{ name: PROGRESS_TOPIC, permission: 'downloads.read' }],

  create(core) {
    const { config, clock, db, messages } = core;
    const own = config.workspace(downloadsSettings);
    const log = core.log.child({ workspace: 'downloads' });
    const deps = { ...core, log, after: systemAfter, random: Math.random };
    const query = downloadsQuery(db);
    const folder = createLibraryFolder(
      resolve(own.downloadsFolder ?? join(config.data, 'library')),
    );
    const events = createEventLog(deps);
    const count = observeDownloads({
      registry: core.registry,
      log,
      counts: async () => (await queueTotals(query)).counts,
    });
    const note: typeof events.note = (event) => {
      count(event);
      events.note(event);
    };
    const optimiser = keepOptimiser({ ...deps, note });
    const tokens = createTokens({
      ...core,
      configured: {
        civitai: own.downloadsCivitaiToken,
        'hugging-face': own.downloadsHuggingFaceToken,
      },
    });
    const places = createSources({
      ...deps,
      settings: own,
      token: tokens.get,
      env: process.env,
      onRequest: ({ source, host, status, durationMs }) =>
        note({ kind: 'api_request', source, host, durationMs, code: String(status ?? 'none') }),
      previewPath,
    });
    const sources = createSourceSet(places.all);
    const wake = (what: Wake = {}) => {
      messages.publish(WAKE_TOPIC, what).catch((err: unknown) => {
        // The runner looks by itself every second.
        log.warn({ err }, 'downloads.wake.failed');
      });
    };
    const live = createLive(core);
    const queue = createDownloadQueue({
      ...core,
      sources,
      wake,
      onAction: (action, what) => noteAction(note, action, what),
    });
    const { scan, antivirus } = createScanner({
      ...core,
      clamav: own.downloadsClamav,
      env: process.env,
    });
    const library = createLibrary({
      ...core,
      folder,
      scan,
      hash: (path, signal) =>
        core.compute.run(new URL('./library/hash-task.ts', import.meta.url), { path }, { signal }),
      isHarmful: async (verdict) =>
        verdict === 'dangerous' ||
        (verdict === 'suspicious' && (await readSettings(query)).quarantineSuspicious),
      onRelease: (file) =>
        note({
          kind: 'file_released',
          source: file.source,
          code: file.verdict,
          bytes: file.size_bytes,
        }),
    });
    const tell = { ...deps, query };
    const runner = createRunner({
      ...deps,
      timeZone: async () => (await core.settings.get()).timeZone,
      queue,
      sources,
      createEngine: () =>
        createTransferEngine({
          userAgent: productAgent(core.version),
          proxy: own.downloadsProxy,
          env: process.env,
          privateAddresses: own.downloadsPrivateAddresses,
        }),
      optimiser: optimiser.current,
      folder,
      placer: createPlacer({ db, clock, folder }),
      scan,
      lease: createLease({ db, clock, log, owner: createId() }),
      freeBytes: () => freeBytes(folder.root),
      note,
      onJobEnd: (job) => tellEnd(tell, job),
      onQuarantine: (end) => tellQuarantine(tell, end.file),
    });
    const routes: FastifyPluginAsync = async (app) => {
      await app.register(searchRoutes({ sources, clock, note }));
      await app.register(manifestRoutes({ queue }));
      await app.register(jobRoutes({ db, queue, live }));
      await app.register(itemRoutes({ db, clock, queue, live, folder: folder.root }));
      await app.register(libraryRoutes({ db, library, folder }));
      await app.register(
        settingsRoutes({ ...core, tokens, wake, antivirus, sources: sourceFacts(own) }),
      );
      await app.register(
        analyticsRoutes({ ...core, optimiser, errors: downloadsErrors.catalogue }),
      );
    };
    const drives = config.roles.includes('worker');
    return {
      routes,
      jobs: [],
      measures: [],
      prunes: [
        jobsPrune(db, jobRetention(config)),
        eventsPrune(db, config.retentionAuditDays * DAY_MS),
      ],
      async start() {
        if (!drives) return;
        await optimiser.start();
        await runner.start();
      },
      async stop() {
        await runner.stop();
        await optimiser.stop();
        places.close();
        live.stop();
        await events.stop();
      },
    };
  },
};
