import { join, resolve } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import type { Workspace } from '../../core/workspace.ts';
import { PROGRESS_TOPIC } from './contract.ts';
import { downloadsErrors } from './errors.ts';
import { itemRoutes } from './item-routes.ts';
import { jobRoutes } from './job-routes.ts';
import { createLibraryFolder } from './library/folder.ts';
import { createLibrary } from './library/library.ts';
import { libraryRoutes } from './library-routes.ts';
import { downloadsMigrations } from './migrations/index.ts';
import { downloadsPermissions } from './permissions.ts';
import { createLive } from './queue/live.ts';
import { createDownloadQueue } from './queue/queue.ts';
import { createSourceSet } from './queue/source-set.ts';
import { downloadsSettings } from './settings.ts';
import { settingsRoutes } from './settings-routes.ts';
import { createHttp } from './sources/http/http.ts';
import { readSettings } from './store/settings.ts';
import { downloadsQuery } from './store/tables.ts';
import { createTokens } from './tokens.ts';

/** Downloads: models in bulk, and never a wrong file. See README.md. */
export const downloads: Workspace = {
  name: 'downloads',
  permissions: downloadsPermissions,
  errors: downloadsErrors.catalogue,
  settings: downloadsSettings,
  migrations: downloadsMigrations,
  topics: [{ name: PROGRESS_TOPIC, permission: 'downloads.read' }],

  create(core) {
    const { config, clock, db } = core;
    const own = config.workspace(downloadsSettings);
    const root = resolve(own.downloadsFolder ?? join(config.data, 'library'));
    const folder = createLibraryFolder(root);
    const query = downloadsQuery(db);
    const tokens = createTokens({
      ...core,
      configured: {
        civitai: own.downloadsCivitaiToken,
        'hugging-face': own.downloadsHuggingFaceToken,
      },
    });
    const http = createHttp({ agent: 'Kizashi' });
    const sources = createSourceSet([http]);
    const wake = () => {};
    const live = createLive(core);
    const queue = createDownloadQueue({ ...core, sources, wake });
    const library = createLibrary({
      ...core,
      folder,
      scan: async () => ({ verdict: 'unscannable', reasons: [], imports: [] }),
      hash: (path, signal) =>
        core.compute.run(new URL('./library/hash-task.ts', import.meta.url), { path }, { signal }),
      isHarmful: async (verdict) =>
        verdict === 'dangerous' ||
        (verdict === 'suspicious' && (await readSettings(query)).quarantineSuspicious),
      onRelease: () => {},
    });
    const routes: FastifyPluginAsync = async (app) => {
      await app.register(jobRoutes({ db, queue, live }));
      await app.register(itemRoutes({ db, clock, queue, live, folder: root }));
      await app.register(libraryRoutes({ db, library, folder }));
      await app.register(settingsRoutes({ ...core, tokens, wake, sources: [] }));
    };
    return {
      routes,
      jobs: [],
      measures: [],
      async stop() {
        live.stop();
      },
    };
  },
};
