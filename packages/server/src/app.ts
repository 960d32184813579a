import { timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { readBuild } from './build.ts';
import { migrations, permissions } from './catalogue.ts';
import { ALERTS_TOPIC, createAlerts } from './core/alerts/alerts.ts';
import { alertsRoutes } from './core/alerts/routes.ts';
import { createAnalyses } from './core/analyses/analyses.ts';
import { analysesRoutes } from './core/analyses/routes.ts';
import { createAnalytics } from './core/analytics/create-analytics.ts';
import { createAudit } from './core/audit/audit.ts';
import { auditRoutes } from './core/audit/routes.ts';
import { createAuth } from './core/auth/auth.ts';
import { authRoutes } from './core/auth/routes.ts';
import { createSecretBox } from './core/auth/secret-box.ts';
import { type Clock, systemClock } from './core/clock.ts';
import { createCompute } from './core/compute/worker-pool.ts';
import type { Config } from './core/config/config.ts';
import { coreErrors } from './core/core-errors.ts';
import { migrate } from './core/db/migrate.ts';
import { openDatabase } from './core/db/open-database.ts';
import { createEvents } from './core/events.ts';
import { createForecasts } from './core/forecast/forecasts.ts';
import { forecastRoutes } from './core/forecast/routes.ts';
import { createIdempotency } from './core/http/idempotency-store.ts';
import type { Principal, PrincipalOf } from './core/http/principal.ts';
import { createErrorReporter } from './core/http/sentry.ts';
import { createHttpServer } from './core/http/server.ts';
import { createEmbeddedQueue } from './core/jobs/embedded/embedded-queue.ts';
import { observeJobs } from './core/jobs/metrics.ts';
import { tasksTopic } from './core/jobs/permissions.ts';
import { publishJobs } from './core/jobs/publish.ts';
import { jobRetention, type Retention } from './core/jobs/retention.ts';
import { jobRoutes } from './core/jobs/routes.ts';
import { createLogger, type Logger } from './core/log.ts';
import { createMeasureRegistry } from './core/measures/registry.ts';
import { measuresRoutes } from './core/measures/routes.ts';
import { createMetrics } from './core/metrics.ts';
import { createChannelKinds } from './core/notify/channels/index.ts';
import { createNotifier } from './core/notify/notifier.ts';
import { notifyRoutes } from './core/notify/routes.ts';
import { corePrunes } from './core/prune/core-prunes.ts';
import { createPruning } from './core/prune/pruning.ts';
import { createOrganisationSettings } from './core/settings/organisation.ts';
import { settingsRoutes } from './core/settings/routes.ts';
import type { Core } from './core/workspace.ts';
import { attachHub } from './core/ws/hub.ts';
import { createMemoryMessages } from './core/ws/memory-messages.ts';
import { databaseUrlOf, ensureDataFolder } from './data-folder.ts';
import { holdDataFolder, isEmbedded } from './serving-lock.ts';
import { workspaces } from './workspaces/index.ts';

export interface AppOptions {
  readonly config: Config;
  /** Bearer secret of the command line that opened the product in its own process; acts as an administrator. */
  readonly localSecret?: string;
  /** Whether to serve the built web app; default true. */
  readonly serveWeb?: boolean;
}

export interface App {
  /**
   * Opens everything, migrates, listens. `url` is what people are told, `listening` where this process answers;
   * `setupLink` is there as long as nobody is administrator.
   */
  start(): Promise<{ url: string; listening: string; setupLink: string | undefined }>;
  /**
   * Finishes requests and jobs in flight (or puts jobs back), then closes everything in the opposite order. Begun while it starts,
   * it waits for the start to end first.
   */
  stop(): Promise<void>;
}

const WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** The composition root: the only place where the parts of the product are made and joined. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config } = options;
  requireRedisForSplitRoles(config);
  const clock = systemClock;
  const log = createLogger({ level: config.logLevel });
  const build = readBuild();
  const metrics = createMetrics(build);
  const dataFolder = ensureDataFolder(config);
  const databaseUrl = databaseUrlOf(config);
  const isWorker = config.roles.includes('worker');
  // A command on the data folder works beside the server.
  const isServer = options.localSecret === undefined;
  const letGo =
    isServer && isEmbedded(config) ? holdDataFolder(dataFolder, clock.now()) : undefined;

  const db = await openDatabase({ url: databaseUrl, poolSize: config.databasePool, log });
  const events = createEvents();
  const retention = jobRetention(config);
  const { messages, queue } = config.redisUrl
    ? await onRedis({ url: config.redisUrl, prefix: config.redisPrefix, clock, log, retention })
    : {
        messages: createMemoryMessages({ clock, log }),
        queue: createEmbeddedQueue({
          db,
          clock,
          log,
          retention,
          tickMs: config.jobTakeoverSeconds * 250,
        }),
      };
  publishJobs({ queue, messages, log });
  observeJobs({ queue, registry: metrics.registry, log });
  const settings = createOrganisationSettings({ db, config, messages });
  const audit = createAudit({ db, clock });
  const box = createSecretBox({ secret: config.secret, dataFolder });
  const auth = createAuth({ db, clock, log, config, audit, settings, permissions, box });
  const compute = createCompute({ threads: config.computeThreads });
  const analytics = createAnalytics({
    folder: join(dataFolder, 'cache'),
    databaseUrl,
    memoryMb: config.analyticsMemoryMb,
    factSources: workspaces.flatMap(({ facts }) => facts ?? []),
    timeZone: async () => (await settings.get()).timeZone,
    onDemand: !isServer,
    log,
  });
  const measures = createMeasureRegistry();
  const forecasts = createForecasts({ compute, settings, clock });
  let listening = '';
  const publicUrl = () => (config.url ?? listening).replace(/\/$/, '');
  const kinds = createChannelKinds({ ...config, clock });
  const notifier = createNotifier({ db, queue, settings, kinds, sealer: box, clock, log });
  const measure = measures.get;
  const alerts = createAlerts({
    db,
    queue,
    messages,
    events,
    notifier,
    forecasts,
    measure,
    settings,
    clock,
    log,
    publicUrl,
  });
  const analyses = createAnalyses({
    folder: join(dataFolder, 'analyses'),
    limitMb: config.uploadLimitMb,
    keptMs: config.retentionTaskDays * 86_400_000,
    queue,
    compute,
    clock,
  });
  const core: Core = {
    config,
    log,
    clock,
    db,
    databaseUrl,
    queue,
    messages,
    compute,
    analytics,
    settings,
    audit,
    events,
    notifier,
    registry: metrics.registry,
    box,
    version: build.version,
    publicUrl,
  };
  const running = workspaces.map((workspace) => workspace.create(core));
  for (const { jobs, measures: own } of running) {
    measures.add(own);
    for (const job of jobs) queue.register(job);
  }
  const pruning = createPruning({
    queue,
    clock,
    prunes: [
      ...corePrunes(db, config),
      analyses.prune,
      ...running.flatMap(({ prunes }) => prunes ?? []),
    ],
  });
  for (const job of [...notifier.jobs, ...alerts.jobs, ...analyses.jobs, pruning.job])
    queue.register(job);

  const principalOf = withLocalSecret(auth.principalOf, options.localSecret);
  const reporter = config.sentryDsn
    ? await createErrorReporter({ dsn: config.sentryDsn, release: build.version })
    : undefined;
  let migrated = false;
  const http: FastifyInstance = await createHttpServer({
    config,
    log,
    clock,
    metrics,
    build,
    permissions,
    principalOf,
    isUnavailable: db.engine.isUnavailable,
    ...(reporter ? { reportError: reporter.report } : {}),
    idempotency: createIdempotency({ db, clock, box }),
    ready: {
      database: async () => {
        await sql`SELECT 1`.execute(db.query);
        return migrated;
      },
      queue: async () => {
        await queue.counts();
        return true;
      },
    },
    ...(options.serveWeb !== false && existsSync(join(WEB_ROOT, 'index.html'))
      ? { webRoot: WEB_ROOT }
      : {}),
  });
  const workspacePermissions = Object.fromEntries(
    workspaces.map(({ name, permissions: own }) => [name, own]),
  );
  await http.register(authRoutes({ auth, settings, workspaces: workspacePermissions, publicUrl }));
  await http.register(
    settingsRoutes({
      settings,
      audit,
      about: () => ({
        ...build,
        node: process.version,
        database: db.engine.name,
        queue: config.redisUrl ? 'redis' : 'embedded',
        uptimeSeconds: Math.floor(process.uptime()),
        emailConfigured: config.smtpUrl !== undefined,
      }),
    }),
  );
  await http.register(auditRoutes({ audit }));
  await http.register(jobRoutes({ queue, audit }));
  await http.register(measuresRoutes({ measures }));
  await http.register(forecastRoutes({ forecasts, measures }));
  await http.register(analysesRoutes({ analyses }));
  await http.register(alertsRoutes({ alerts, notifier, measure, audit }));
  await http.register(notifyRoutes({ notifier, audit, publicUrl }));
  for (const { routes } of running) await http.register(routes);
  const hub = attachHub({
    server: http.server,
    config,
    messages,
    principalOf,
    topics: [
      tasksTopic,
      { name: ALERTS_TOPIC, permission: 'alerts.read' },
      ...workspaces.flatMap(({ topics }) => topics),
    ],
    registry: metrics.registry,
    log,
  });

  let starting: ReturnType<App['start']> | undefined;
  let stopping: Promise<void> | undefined;
  return {
    start() {
      starting ??= start();
      return starting;
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };

  async function start() {
    await messages.start();
    const applied = await migrate(db, migrations);
    if (applied.length > 0) log.info({ applied }, 'core.migrated');
    migrated = true;
    await settings.start();
    if (isWorker) {
      await notifier.start();
      await alerts.start();
      await pruning.start();
    }
    for (const workspace of running) await workspace.start?.();
    listening = await listen(http, config);
    if (isWorker) await queue.start();
    // A command on the data folder prints no link, so it must not void the one that the server printed.
    const secret = isServer ? await auth.registration.createSetupSecret() : undefined;
    return {
      url: publicUrl(),
      listening,
      setupLink: secret === undefined ? undefined : `${publicUrl()}/setup#${secret}`,
    };
  }

  async function stop() {
    // What is only half started cannot be stopped: the other half would run on.
    await starting?.catch(() => {});
    const steps: readonly (() => unknown)[] = [
      hub.stop,
      () => http.close(),
      alerts.stop,
      () => queue.stop(),
      ...running.map((workspace) => () => workspace.stop?.()),
      settings.stop,
      messages.stop,
      compute.stop,
      analytics.stop,
      () => reporter?.stop(),
      db.stop,
    ];
    const failures: unknown[] = [];
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        // On a full disk a part cannot write its last words. The others still have to end, or the process never does.
        failures.push(error);
      }
    }
    letGo?.();
    if (failures.length > 0) throw failures[0];
  }
}

/** Loaded only where it is used: its packages are half a second of a start. */
async function onRedis(options: {
  url: string;
  prefix: string;
  clock: Clock;
  log: Logger;
  retention: Retention;
}) {
  const [{ createRedisMessages }, { createRedisQueue }] = await Promise.all([
    import('./core/ws/redis-messages.ts'),
    import('./core/jobs/redis/redis-queue.ts'),
  ]);
  return { messages: createRedisMessages(options), queue: createRedisQueue(options) };
}

/** @throws REDIS_REQUIRED: without it a job's progress and live messages would stay in one process. */
function requireRedisForSplitRoles({ roles, redisUrl }: Config): void {
  if (roles.length < 2 && roles[0] === 'worker' && redisUrl === undefined) {
    throw coreErrors.REDIS_REQUIRED({ roles: roles.join(', ') });
  }
}

/** @throws PORT_IN_USE */
async function listen(http: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    await http.listen({ host, port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw coreErrors.PORT_IN_USE({ port }, { cause });
  }
  const address = http.server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host;
  return `http://${name}:${address.port}`;
}

/** The person at the machine's own command line. */
function withLocalSecret(next: PrincipalOf, secret: string | undefined): PrincipalOf {
  if (secret === undefined) return next;
  const expected = Buffer.from(`Bearer ${secret}`);
  const principal: Principal = Object.freeze({
    userId: 'local',
    email: '',
    locale: 'en',
    role: 'administrator',
    permissions: new Set(Object.keys(permissions)),
    via: 'token',
    credentialId: 'local',
    actor: 'command line',
  });
  return (request) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return next(request);
    return principal;
  };
}
