import type { Clock } from '../../../core/clock.ts';
import type { Database } from '../../../core/db/database.ts';
import type { Logger } from '../../../core/log.ts';
import type { After } from '../../../core/timers.ts';
import type { Messages } from '../../../core/ws/messages.ts';
import type { EventNote } from '../analytics/event-log.ts';
import type { LibraryFolder } from '../library/folder.ts';
import type { ItemEnd, Placer } from '../library/placer.ts';
import type { ScanFile } from '../library/scan-file.ts';
import type { Optimiser } from '../optimiser/optimiser.ts';
import { downloadsQuery, type ItemRow, type JobRow } from '../store/tables.ts';
import type { TransferEngine } from '../transfer/transfer.ts';
import { type ActiveItem, haltAll } from './active-item.ts';
import { beginItems } from './begin.ts';
import { createConditions } from './conditions.ts';
import { createEndings } from './endings.ts';
import type { Lease } from './lease.ts';
import { createLister } from './lister.ts';
import { createListing } from './listing.ts';
import type { RefBox } from './new-item.ts';
import { keepProgress } from './progress.ts';
import { type Changed, createPublisher } from './publish.ts';
import type { DownloadQueue } from './queue.ts';
import { bringForward, promoteDue, reconcile } from './reconcile.ts';
import type { SourceSet } from './source-set.ts';
import { createSteering } from './steering.ts';
import { sweepParts } from './sweep.ts';

/** Between processes: something of the queue has changed. */
export const WAKE_TOPIC = 'downloads.wake';
export interface Wake {
  readonly jobId?: string;
  /** Something was cancelled or forgotten: its unfinished files may go. */
  readonly sweep?: boolean;
}

const TICK_MS = 1_000;
const LEASE_EVERY_MS = 4_000;
const PUBLISH_EVERY_MS = 500;
const SAVE_EVERY_MS = 2_000;
const PROMOTE_EVERY_MS = 250;
/** The clock of a machine is corrected by less than this all the time. */
const SET_BACK_MS = 1_000;
const SWEEP_EVERY_MS = 3_600_000;
const LOOK_AT_FOLDER_EVERY_MS = 10_000;
/** A look at the queue that takes longer is in the log, and what it waits for. */
const SLOW_STEP_MS = 10_000;

/** Drives the queue: the one process that has the lease begins, watches and ends its items. */
export interface Runner {
  start(): Promise<void>;
  /** Puts what runs back; nothing fetched is lost. */
  stop(): Promise<void>;
  /** Looks at the queue soon. */
  wake(): void;
}

export interface RunnerDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly after: After;
  readonly random: () => number;
  readonly log: Logger;
  readonly messages: Pick<Messages, 'publish' | 'subscribe'>;
  readonly timeZone: () => Promise<string>;
  readonly box: RefBox;
  readonly queue: Pick<DownloadQueue, 'settle'>;
  readonly sources: SourceSet;
  /** Started with the first lease. */
  readonly createEngine: () => TransferEngine;
  readonly optimiser: () => Pick<Optimiser, 'setBounds' | 'begin' | 'observe' | 'end'>;
  readonly folder: LibraryFolder;
  readonly placer: Placer;
  readonly scan: ScanFile;
  readonly lease: Lease;
  readonly freeBytes: () => Promise<number | null>;
  readonly note: (event: EventNote) => void;
  /** A job has ended, or a file went to quarantine; the same may be told twice. */
  readonly onJobEnd: (job: JobRow) => Promise<void>;
  readonly onQuarantine: (end: ItemEnd, item: ItemRow) => Promise<void>;
}

export function createRunner(deps: RunnerDeps): Runner {
  const { db, clock, log, note } = deps;
  const query = downloadsQuery(db);
  const active = new Map<string, ActiveItem>();
  const changed: Changed = { items: new Set(), jobs: new Set() };
  const conditions = createConditions({ ...deps, query });
  const maxAttempts = () => conditions.settings.maxAttempts;
  const endings = createEndings({ ...deps, changed, maxAttempts });
  const steering = createSteering({ ...deps, active, onMore: wake });
  const publisher = createPublisher({ ...deps, query, active, changed });
  const shared = { ...deps, active, changed, endings };
  const listing = createListing({
    log,
    lister: createLister({ ...deps, maxAttempts }),
    async onPage(page) {
      changed.jobs.add(page.job.id);
      await endings.followJob(page);
    },
    onMore() {
      at.list = 0;
      wake();
    },
  });

  let engine: TransferEngine | undefined;
  let driving = false;
  let stopped = true;
  let ticking: Promise<void> | undefined;
  let again = false;
  let doing = '';
  let cancelTimer = () => {};
  let unsubscribe = () => {};
  let stopSamples = () => {};
  const at = { lease: 0, look: 0, promote: 0, list: 0, publish: 0, save: 0, sweep: 0, folder: 0 };

  // ——— the loop ———

  /** Whether something is due again; if so it is noted as done now. Somebody may have set the clock back. */
  function isTime(what: keyof typeof at, everyMs: number): boolean {
    const passed = clock.now() - at[what];
    if (passed >= 0 && passed < everyMs) return false;
    at[what] = clock.now();
    return true;
  }

  function wake(): void {
    if (stopped) return;
    again = true;
    ticking ??= run().finally(() => {
      ticking = undefined;
      if (!stopped) schedule();
    });
  }

  function schedule(): void {
    cancelTimer();
    cancelTimer = deps.after(active.size > 0 ? PUBLISH_EVERY_MS : TICK_MS, wake);
  }

  async function run(): Promise<void> {
    while (again && !stopped) {
      again = false;
      const cancel = deps.after(SLOW_STEP_MS, () => {
        log.warn({ part: doing }, 'downloads.runner.slow');
      });
      try {
        await step();
      } catch (error) {
        // The database is away, or a mistake of ours: what runs goes on, and the next tick tries again.
        log.error({ err: error, part: doing }, 'downloads.runner.step');
        return;
      } finally {
        cancel();
      }
    }
  }

  /** Nothing here waits for a file to end: the lease must be kept, and people must hear what goes on. */
  async function step(): Promise<void> {
    doing = 'lease';
    if (!(await holdLease())) return;
    for (const [name, part] of Object.entries(parts)) {
      doing = name;
      await part();
    }
  }

  const parts: Readonly<Record<string, () => Promise<void> | void>> = {
    async look() {
      if (!isTime('look', TICK_MS)) return;
      await look();
      await reconcile(shared);
    },
    async promote() {
      const back = at.promote - clock.now();
      if (back >= SET_BACK_MS) await bringForward(shared, back);
      if (!isTime('promote', PROMOTE_EVERY_MS) || !(await promoteDue(shared))) return;
      at.promote = 0;
      again = true;
    },
    async begin() {
      if (conditions.hold !== null) return;
      const all = { ...shared, engine: engine!, conditions, steering, onEnd: wake };
      if (await beginItems(all)) again = true;
    },
    list() {
      if (conditions.hold !== 'schedule' && isTime('list', TICK_MS)) listing.begin();
    },
    async save() {
      if (!isTime('save', SAVE_EVERY_MS)) return;
      // What has ended is on its way to the table by itself.
      const going = [...active.values()].filter(({ result, reason }) => !result && !reason);
      await keepProgress(going, deps);
    },
    async publish() {
      if (!publisher.hasNews(conditions) || !isTime('publish', PUBLISH_EVERY_MS)) return;
      await publisher.publish(conditions);
    },
    async sweep() {
      if (conditions.hold === 'library' || !isTime('sweep', SWEEP_EVERY_MS)) return;
      await sweepParts(deps.folder, query);
    },
  };

  async function holdLease(): Promise<boolean> {
    if (!isTime('lease', driving ? LEASE_EVERY_MS : 0)) return true;
    const held = await deps.lease.hold();
    if (held && !driving) {
      await takeOver();
      driving = true;
    } else if (!held && driving) {
      log.warn({}, 'downloads.runner.lost');
      driving = false;
      haltAll(active, 'lost');
    }
    return held;
  }

  async function takeOver(): Promise<void> {
    log.info({}, 'downloads.runner.drives');
    engine ??= deps.createEngine();
    stopSamples();
    stopSamples = engine.onSample((samples) => steering.observe(samples, publisher.waiting));
    at.look = 0;
    await deps.queue.settle();
    // A job that ended while nobody could tell: the same words are told once only.
    const ended = await query
      .selectFrom('downloads_jobs')
      .selectAll()
      .where('state', 'in', ['COMPLETED', 'FAILED'])
      .where('finished_at', '>', clock.now() - SWEEP_EVERY_MS)
      .execute();
    for (const job of ended) {
      await deps.onJobEnd(job).catch((err: unknown) => {
        log.error({ err, jobId: job.id }, 'downloads.job.untold');
      });
    }
    note({ kind: 'session_started' });
  }

  /** What is due and allowed by settings, schedule and disk is passed on to those who keep to it. */
  async function look(): Promise<void> {
    const { cap: before } = conditions;
    await conditions.look(clock.now(), isTime('folder', LOOK_AT_FOLDER_EVERY_MS));
    const { settings, cap, hold } = conditions;
    if (cap !== before) engine?.setRate(cap);
    const hosts = { '*': settings.maxConnectionsPerHost, ...settings.hosts };
    engine?.setHostLimits(hosts);
    deps.optimiser().setBounds({
      mode: settings.mode,
      maxFiles: settings.maxFiles,
      maxConnections: settings.maxConnections,
      hosts,
      bytesPerSecond: cap,
    });
    if (hold === 'schedule' || hold === 'disk') haltAll(active, 'put-back');
  }

  return {
    wake,
    async start() {
      stopped = false;
      unsubscribe = deps.messages.subscribe(WAKE_TOPIC, ({ body }) => {
        const { jobId, sweep } = body as Wake;
        if (jobId !== undefined) changed.jobs.add(jobId);
        if (sweep) at.sweep = 0;
        at.look = 0;
        at.list = 0;
        wake();
      });
      wake();
    },
    async stop() {
      stopped = true;
      cancelTimer();
      unsubscribe();
      const listed = listing.stop();
      await ticking;
      await listed;
      haltAll(active, 'put-back');
      await Promise.all([...active.values()].map(({ ended }) => ended));
      stopSamples();
      await engine?.stop();
      engine = undefined;
      if (driving) note({ kind: 'session_ended' });
      driving = false;
      await deps.lease.release();
    },
  };
}
