import { join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import { createAudit } from '../../../core/audit/audit.ts';
import { auditMigrations } from '../../../core/audit/migrations.ts';
import { authMigrations } from '../../../core/auth/migrations.ts';
import { createSecretBox } from '../../../core/auth/secret-box.ts';
import { systemClock } from '../../../core/clock.ts';
import { migrate } from '../../../core/db/migrate.ts';
import { createMemoryMessages } from '../../../core/ws/memory-messages.ts';
import { silentLog, type TestDatabases } from '../../../testing/databases.ts';
import { itemRoutes } from '../item-routes.ts';
import { jobRoutes } from '../job-routes.ts';
import { createLibraryFolder } from '../library/folder.ts';
import { createLibrary } from '../library/library.ts';
import { libraryRoutes } from '../library-routes.ts';
import { downloadsMigrations } from '../migrations/index.ts';
import { createLive } from '../queue/live.ts';
import { createDownloadQueue } from '../queue/queue.ts';
import { createSourceSet } from '../queue/source-set.ts';
import { settingsRoutes } from '../settings-routes.ts';
import { createHttp } from '../sources/http/http.ts';
import { downloadsQuery } from '../store/tables.ts';
import { createTokens } from '../tokens.ts';

/** The slice's tables, queue and routes on one test database and in one folder; nothing is fetched. */
export async function openDownloadsWorld(
  databases: Pick<TestDatabases, 'open'>,
  options: { folder: string },
) {
  const db = await databases.open();
  await migrate(db, { ...authMigrations, ...auditMigrations, ...downloadsMigrations });
  const clock = systemClock;
  const audit = createAudit({ db, clock });
  const box = createSecretBox({ secret: 'a secret of the tests, long enough', dataFolder: '' });
  const messages = createMemoryMessages({ clock, log: silentLog });
  const root = join(options.folder, 'library');
  const folder = createLibraryFolder(root);
  const tokens = createTokens({ db, clock, box, configured: {} });
  const live = createLive({ messages, clock });
  const sources = createSourceSet([createHttp({ agent: 'test' })]);
  const wake = () => {};
  const core = { db, clock, audit, box, messages };
  const queue = createDownloadQueue({ ...core, sources, wake });
  const library = createLibrary({
    ...core,
    folder,
    scan: async () => ({ verdict: 'clean', reasons: [], imports: [] }),
    hash: async () => '',
    isHarmful: async (verdict) => verdict === 'dangerous',
    onRelease: () => {},
  });
  const routes: FastifyPluginAsync = async (app) => {
    await app.register(jobRoutes({ db, queue, live }));
    await app.register(itemRoutes({ db, clock, queue, live, folder: root }));
    await app.register(libraryRoutes({ db, library, folder }));
    await app.register(settingsRoutes({ ...core, tokens, wake, sources: [] }));
  };
  return {
    ...core,
    query: downloadsQuery(db),
    root,
    folder,
    tokens,
    queue,
    library,
    routes,
    async close(): Promise<void> {
      live.stop();
    },
  };
}

export type DownloadsWorld = Awaited<ReturnType<typeof openDownloadsWorld>>;
