import type { Clock } from '../../../core/clock.ts';
import { fromJson, toJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { AppError } from '../../../core/errors.ts';
import { backoffDelay } from '../../../core/jobs/backoff.ts';
import type { Logger } from '../../../core/log.ts';
import type { After } from '../../../core/timers.ts';
import type { Messages } from '../../../core/ws/messages.ts';
import type { EventNote } from '../analytics/event-log.ts';
import { type DownloadSettings, type Phase, PROGRESS_TOPIC } from '../contract.ts';
import type { LibraryFolder } from '../library/folder.ts';
import type { ItemEnd, Placer } from '../library/placer.ts';
import type { ScanFile } from '../library/scan-file.ts';
import type { Optimiser } from '../optimiser/optimiser.ts';
import { dueItems, findItems, moveItems } from '../store/items.ts';
import { changeJob, findJobs, queueTotals } from '../store/jobs.ts';
import { readSettings } from '../store/settings.ts';
import { downloadsQuery, type ItemRow, type JobRow } from '../store/tables.ts';
import type {
  Transfer,
  TransferEngine,
  TransferResult,
  TransferSample,
} from '../transfer/transfer.ts';
import { toItemFailure } from './failure.ts';
import type { Lease } from './lease.ts';
import { createLister } from './lister.ts';
import { createMachineMeter } from './machine.ts';
import type { RefBox } from './new-item.ts';
import { hostLimit, pickItems } from './pick.ts';
import type { DownloadQueue } from './queue.ts';
import { runItem } from './run-item.ts';
import { capAt } from './schedule.ts';
import type { SourceSet } from './source-set.ts';
import { SpeedMeter } from './speed.ts';
import { isEnded, LANE } from './states.ts';
import { sweepParts } from './sweep.ts';
import { type Overlay, toItem, toJob, toQueue } from './view.ts';

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
const SWEEP_EVERY_MS = 3_600_000;
const LOOK_AT_FOLDER_EVERY_MS = 10_000;
/** Moved at once: short enough for others to get their turn. */
const CHUNK = 500;
/** Shown in one message besides what runs. */
const MOST_SHOWN = 100;
const BACKOFF_BASE_MS = 2_000;
const BACKOFF_CAP_MS = 900_000;
/** How long an item waits for room on the disk before it is looked at again. */
const ROOM_EVERY_MS = 15_000;
/** Reserved for a file whose size nobody knows. */
const UNKNOWN_BYTES = 64 << 20;

/** Why a transfer is stopped: a person has changed its item; it goes back into the queue; this process drives no more. */
type StopReason = 'person' | 'put-back' | 'lost';
type Hold = 'schedule' | 'disk' | 'library';

interface Active {
  readonly item: ItemRow;
  readonly job: JobRow;
  readonly controller: AbortController;
  readonly meter: SpeedMeter;
  readonly startedAt: number;
  phase: Phase;
  reason: StopReason | undefined;
  transfer: Transfer | undefined;
  sample: TransferSample | undefined;
  result: TransferResult | undefined;
  /** As the table has it. */
  saved: { done: number; size: number | null; wasted: number; host: string | null };
  ended: Promise<void>;
}

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
  const active = new Map<string, Active>();
  const changedItems = new Set<string>();
  const changedJobs = new Set<string>();
  const machine = createMachineMeter();
  let settings: DownloadSettings;
  const lister = createLister({ ...deps, maxAttempts: () => settings.maxAttempts });

  let engine: TransferEngine | undefined;
  let driving = false;
  let stopped = true;
  let ticking: Promise<void> | undefined;
  let again = false;
  let cancelTimer = () => {};
  let unsubscribe = () => {};
  let stopSamples = () => {};
  const at = { lease: 0, look: 0, promote: 0, list: 0, publish: 0, save: 0, sweep: 0, folder: 0 };
  let hold: Hold | null = null;
  let folderProblem: unknown;
  let cap: number | null = null;
  let free: number | null = null;
  let adaptiveFiles = 1;
  let listing: { controller: AbortController; ended: Promise<void> } | undefined;
  let waiting = 0;
  let lastQueue = '';

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
      try {
        await step();
      } catch (error) {
        // The database is away, or a mistake of ours: what runs goes on, and the next tick tries again.
        log.error({ err: error }, 'downloads.runner.step');
        return;
      }
    }
  }

  async function step(): Promise<void> {
    if (!(await holdLease())) return;
    if (isTime('look', TICK_MS)) {
      await look();
      await reconcile();
    }
    await promote();
    if (hold === null) await begin();
    list();
    await save();
    await publish();
    await sweep();
  }

  async function holdLease(): Promise<boolean> {
    if (!isTime('lease', driving ? LEASE_EVERY_MS : 0)) return true;
    const held = await deps.lease.hold();
    if (held && !driving) {
      driving = true;
      await takeOver();
    } else if (!held && driving) {
      log.warn({}, 'downloads.runner.lost');
      driving = false;
      await stopAll('lost');
    }
    return held;
  }

  async function takeOver(): Promise<void> {
    log.info({}, 'downloads.runner.drives');
    note({ kind: 'session_started' });
    engine ??= deps.createEngine();
    stopSamples();
    stopSamples = engine.onSample(onSamples);
    settings = await readSettings(query);
    adaptiveFiles = 1;
    await deps.queue.settle();
    // A job that ended while nobody could tell: the same words are told once only.
    const ended = await query
      .selectFrom('downloads_jobs')
      .selectAll()
      .where('state', 'in', ['COMPLETED', 'FAILED'])
      .where('finished_at', '>', clock.now() - SWEEP_EVERY_MS)
      .execute();
    for (const job of ended) await deps.onJobEnd(job);
  }

  /** Settings, schedule, disk: what holds everything. */
  async function look(): Promise<void> {
    settings = await readSettings(query);
    const newCap = capAt(settings.schedule, await deps.timeZone(), clock.now());
    if (newCap !== cap) engine?.setRate(newCap);
    cap = newCap;
    const hosts = { '*': settings.maxConnectionsPerHost, ...settings.hosts };
    engine?.setHostLimits(hosts);
    deps.optimiser().setBounds({
      mode: settings.mode,
      maxFiles: settings.maxFiles,
      maxConnections: settings.maxConnections,
      hosts,
      bytesPerSecond: cap,
    });
    if (isTime('folder', folderProblem === undefined ? LOOK_AT_FOLDER_EVERY_MS : 0)) {
      const before = folderProblem;
      folderProblem = await deps.folder.prepare().then(
        () => undefined,
        (error: unknown) => error,
      );
      if (folderProblem !== undefined && before === undefined) {
        log.error({ err: folderProblem }, 'downloads.library.unusable');
      }
    }
    free = await deps.freeBytes();
    hold = holdNow();
    if (hold === 'schedule' || hold === 'disk') await stopAll('put-back');
  }

  function holdNow(): Hold | null {
    if (folderProblem !== undefined) return 'library';
    if (cap === 0) return 'schedule';
    return free !== null && free < settings.keepFreeBytes ? 'disk' : null;
  }

  /** Makes what runs here and what the table calls PROCESSING the same. */
  async function reconcile(): Promise<void> {
    const rows = await query
      .selectFrom('downloads_items')
      .selectAll()
      .where('lane', '=', LANE.processing)
      .execute();
    const processing = new Set(rows.map(({ id }) => id));
    for (const each of active.values()) {
      if (!processing.has(each.item.id)) halt(each, 'person');
    }
    for (const row of rows) {
      if (active.has(row.id)) continue;
      // Of a process that was killed, or whose end could not be noted: begins again where it stopped.
      await putBack(row, {});
    }
  }

  async function promote(): Promise<void> {
    if (!isTime('promote', PROMOTE_EVERY_MS)) return;
    const due = await dueItems(query, clock.now(), CHUNK);
    for (const [jobId, rows] of Map.groupBy(due, (row) => row.job_id)) {
      await db.transaction((trx) =>
        moveItems(
          downloadsQuery(trx),
          {
            jobId,
            ids: rows.map(({ id }) => id),
            from: [LANE.later],
            to: LANE.ready,
            set: { phase: 'waiting', held_by: null, retry_at: null },
          },
          clock.now(),
        ),
      );
      for (const { id } of rows) changedItems.add(id);
    }
    if (due.length < CHUNK) return;
    at.promote = 0;
    again = true;
  }

  // ——— beginning ———

  async function begin(): Promise<void> {
    const running = [...active.values()].map(({ item, job, sample }) => ({
      job,
      host: sample?.host ?? item.host,
    }));
    const picked = await pickItems(query, running, { settings, adaptiveFiles });
    let reserved = reservedBytes();
    for (const { item } of picked) {
      const needed =
        item.size_bytes === null ? UNKNOWN_BYTES : Math.max(0, item.size_bytes - item.done_bytes);
      if (free !== null && free - reserved - needed < settings.keepFreeBytes) {
        await later(item, { phase: 'held', held_by: 'disk' }, ROOM_EVERY_MS);
        again = true;
        continue;
      }
      if (await beginOne(item)) reserved += needed;
    }
  }

  function reservedBytes(): number {
    let bytes = 0;
    for (const { sample, item } of active.values()) {
      const size = sample?.sizeBytes ?? item.size_bytes;
      bytes += size === null ? UNKNOWN_BYTES : Math.max(0, size - (sample?.doneBytes ?? 0));
    }
    return bytes;
  }

  async function beginOne(item: ItemRow): Promise<boolean> {
    const now = clock.now();
    const moved = await db.transaction(async (trx) => {
      const change = await moveItems(
        downloadsQuery(trx),
        {
          jobId: item.job_id,
          ids: [item.id],
          from: [LANE.ready],
          to: LANE.processing,
          set: {
            phase: 'locating',
            held_by: null,
            attempt: item.attempt + 1,
            started_at: item.started_at ?? now,
          },
        },
        now,
      );
      // Its job was paused or cancelled a moment ago; who did that moves the item.
      if (change !== undefined && change.job.wanted !== 'run') {
        await moveItems(
          downloadsQuery(trx),
          {
            jobId: item.job_id,
            ids: [item.id],
            from: [LANE.processing],
            to: change.job.wanted === 'pause' ? LANE.paused : LANE.cancelled,
            set: { phase: 'waiting', attempt: item.attempt },
          },
          now,
        );
        return undefined;
      }
      return change;
    });
    if (moved === undefined) return false;
    const each: Active = {
      item: { ...item, attempt: item.attempt + 1, lane: LANE.processing },
      job: moved.job,
      controller: new AbortController(),
      meter: new SpeedMeter(),
      startedAt: now,
      phase: 'locating',
      reason: undefined,
      transfer: undefined,
      sample: undefined,
      result: undefined,
      saved: {
        done: item.done_bytes,
        size: item.size_bytes,
        wasted: item.wasted_bytes,
        host: item.host,
      },
      ended: Promise.resolve(),
    };
    active.set(item.id, each);
    changedJobs.add(item.job_id);
    note({
      kind: 'download_started',
      ...factsOf(each),
      bytes: item.done_bytes,
      details: {
        modelType: modelType(item),
        sizeBytes: item.size_bytes,
        attempt: each.item.attempt,
      },
    });
    each.ended = drive(each);
    return true;
  }

  async function drive(each: Active): Promise<void> {
    const { item } = each;
    const optimiser = deps.optimiser();
    try {
      const choice = optimiser.begin({
        id: item.id,
        host: item.host,
        sizeBytes: item.size_bytes,
        at: clock.now(),
      });
      if (choice.parallelFiles > adaptiveFiles) wake();
      adaptiveFiles = Math.max(1, choice.parallelFiles);
      const end = await runItem(
        {
          item,
          job: each.job,
          settings,
          limits: choice,
          signal: each.controller.signal,
          onPhase: (phase) => {
            each.phase = phase;
          },
          onTransfer: (transfer) => {
            each.transfer = transfer;
          },
          onFetched: (result) => fetched(each, result),
          onScanned: (verdict, durationMs) =>
            note({ kind: 'file_scanned', ...factsOf(each), code: verdict, durationMs }),
        },
        { ...deps, engine: engine! },
      );
      await completed(item, end, each);
    } catch (error) {
      await failed(each, error).catch((err: unknown) => {
        // The item stays PROCESSING in the table; `reconcile` puts it back when the database is there again.
        log.error({ err, itemId: item.id }, 'downloads.item.end-not-kept');
      });
    } finally {
      optimiser.end(item.id, each.result);
      active.delete(item.id);
      changedItems.add(item.id);
      changedJobs.add(item.job_id);
      wake();
    }
  }

  function halt(each: Active, reason: StopReason): void {
    each.reason ??= reason;
    each.controller.abort();
  }

  async function stopAll(reason: StopReason): Promise<void> {
    const all = [...active.values()];
    for (const each of all) halt(each, reason);
    await Promise.all(all.map(({ ended }) => ended));
  }

  // ——— ending ———

  function fetched(each: Active, result: TransferResult): void {
    each.result = result;
    const facts = { ...factsOf(each), host: result.facts.host };
    if (result.repairedPieces > 0) {
      const details = { pieces: result.repairedPieces };
      note({ kind: 'piece_repaired', ...facts, details });
    }
    for (let n = 0; n < result.addressesRefreshed; n++)
      note({ kind: 'address_refreshed', ...facts });
    note({
      kind: 'file_verified',
      ...facts,
      bytes: result.sizeBytes,
      details: { agreed: result.agreed, disagreed: result.disagreed },
    });
  }

  async function completed(item: ItemRow, end: ItemEnd, each?: Active): Promise<void> {
    changedItems.add(item.id);
    changedJobs.add(item.job_id);
    const facts = each
      ? factsOf(each)
      : { itemId: item.id, jobId: item.job_id, source: item.source };
    const wasted = each?.result?.wastedBytes ?? each?.sample?.wastedBytes ?? 0;
    note({
      kind: end.linked && each?.result === undefined ? 'download_linked' : 'download_completed',
      ...facts,
      host: each?.result?.facts.host ?? item.host,
      bytes: end.file.size_bytes,
      durationMs: each === undefined ? null : clock.now() - each.startedAt,
      code: end.file.verdict,
      details: { modelType: modelType(item), wastedBytes: wasted, attempt: item.attempt },
    });
    if (end.file.state === 'quarantined' && !end.linked) {
      note({
        kind: 'file_quarantined',
        ...facts,
        code: end.file.verdict,
        bytes: end.file.size_bytes,
      });
      await deps.onQuarantine(end, item);
    }
    await followJob(end.change);
  }

  async function failed(each: Active, error: unknown): Promise<void> {
    const { item } = each;
    if (each.reason === 'lost') return;
    const progress = progressOf(each);
    const aborted = each.controller.signal.aborted || (error as Error)?.name === 'AbortError';
    if (aborted) {
      if (each.reason === 'put-back') return putBack(item, progress);
      // Whoever moved the item has said what becomes of it.
      await keepProgress([each]);
      return;
    }
    const code = error instanceof AppError ? error.code : 'INTERNAL';
    if (!(error instanceof AppError))
      log.error({ err: error, itemId: item.id }, 'downloads.item.failed');
    note({
      kind: 'download_failed',
      ...factsOf(each),
      host: each.sample?.host ?? item.host,
      bytes: each.sample?.doneBytes ?? null,
      durationMs: clock.now() - each.startedAt,
      code,
      details: {
        modelType: modelType(item),
        sizeBytes: item.size_bytes,
        attempt: item.attempt,
        message: toItemFailure(error),
      },
    });
    if (code === 'DOWNLOADS_DISK_FULL') {
      const set = {
        ...progress.set,
        phase: 'held',
        held_by: 'disk',
        attempt: item.attempt - 1,
      } as const;
      return later(item, set, ROOM_EVERY_MS, progress.job);
    }
    const known = error instanceof AppError && error.retryable;
    if (known && item.attempt < settings.maxAttempts) {
      const seconds = Number(error.params.seconds);
      const wait = backoffDelay(BACKOFF_BASE_MS, item.attempt, BACKOFF_CAP_MS, deps.random);
      const set = {
        ...progress.set,
        phase: 'backing-off',
        error: toJson(toItemFailure(error)),
      } as const;
      note({ kind: 'download_retried', ...factsOf(each), code });
      const asked = Number.isFinite(seconds) ? seconds * 1000 : 0;
      return later(item, set, Math.max(wait, asked), progress.job);
    }
    const change = await db.transaction((trx) =>
      moveItems(
        downloadsQuery(trx),
        {
          jobId: item.job_id,
          ids: [item.id],
          from: [LANE.processing],
          to: LANE.failed,
          placing: true,
          set: {
            ...progress.set,
            phase: 'waiting',
            error: toJson(toItemFailure(error)),
            finished_at: clock.now(),
          },
          job: progress.job,
        },
        clock.now(),
      ),
    );
    await followJob(change);
  }

  async function later(
    item: ItemRow,
    set: Partial<ItemRow>,
    ms: number,
    job?: { sizeBytes?: number; doneBytes?: number },
  ): Promise<void> {
    await db.transaction((trx) =>
      moveItems(
        downloadsQuery(trx),
        {
          jobId: item.job_id,
          ids: [item.id],
          from: [LANE.processing, LANE.ready],
          to: LANE.later,
          placing: true,
          set: { ...set, retry_at: clock.now() + ms },
          ...(job === undefined ? {} : { job }),
        },
        clock.now(),
      ),
    );
    changedItems.add(item.id);
  }

  /** An attempt that was cut off by us does not count. */
  async function putBack(item: ItemRow, progress: Partial<Progress>): Promise<void> {
    await db.transaction((trx) =>
      moveItems(
        downloadsQuery(trx),
        {
          jobId: item.job_id,
          ids: [item.id],
          from: [LANE.processing],
          to: LANE.ready,
          placing: true,
          set: {
            ...progress.set,
            phase: 'waiting',
            held_by: null,
            attempt: Math.max(0, item.attempt - 1),
          },
          ...(progress.job === undefined ? {} : { job: progress.job }),
        },
        clock.now(),
      ),
    );
    changedItems.add(item.id);
  }

  async function followJob(
    change: { job: JobRow; before: JobRow['state'] } | undefined,
  ): Promise<void> {
    if (change === undefined) return;
    const { job, before } = change;
    changedJobs.add(job.id);
    if (!isEnded(job.state) || job.state === before || job.state === 'CANCELLED') return;
    note({
      kind: job.state === 'COMPLETED' ? 'job_completed' : 'job_failed',
      jobId: job.id,
      bytes: job.done_bytes,
      durationMs: clock.now() - job.created_at,
      details: { files: job.n_completed, failed: job.n_failed },
    });
    await deps.onJobEnd(job);
  }

  // ——— listing ———

  function list(): void {
    if (listing !== undefined || hold === 'schedule' || !isTime('list', TICK_MS)) return;
    const controller = new AbortController();
    const ended = (async () => {
      const page = await lister.next(controller.signal);
      if (page === undefined) return;
      changedJobs.add(page.job.id);
      await followJob(page);
      at.list = 0;
      again = true;
    })()
      .catch((error: unknown) => {
        if (!controller.signal.aborted) log.error({ err: error }, 'downloads.runner.list');
      })
      .finally(() => {
        listing = undefined;
        if (again) wake();
      });
    listing = { controller, ended };
  }

  // ——— progress ———

  function onSamples(samples: readonly TransferSample[]): void {
    for (const sample of samples) {
      const each = active.get(sample.id);
      if (each === undefined) continue;
      each.sample = sample;
      if (each.result === undefined) each.phase = sample.phase;
      each.meter.add(sample.at, sample.receivedBytes);
    }
    if (samples.length === 0) return;
    const { parallelFiles, choices } = deps
      .optimiser()
      .observe(samples, machine(clock.now(), samples[0]!.diskWriteMsPerMb), waiting);
    for (const [id, choice] of choices) active.get(id)?.transfer?.setLimits(choice);
    if (parallelFiles > adaptiveFiles) wake();
    adaptiveFiles = Math.max(1, parallelFiles);
  }

  interface Progress {
    readonly set: Partial<ItemRow>;
    readonly job: { sizeBytes: number; doneBytes: number };
  }

  function progressOf(each: Active): Progress {
    const { sample, saved, item } = each;
    if (sample === undefined) return { set: {}, job: { sizeBytes: 0, doneBytes: 0 } };
    const size = item.size_promised ? saved.size : (sample.sizeBytes ?? saved.size);
    return {
      set: {
        done_bytes: sample.doneBytes,
        size_bytes: size,
        wasted_bytes: item.wasted_bytes + sample.wastedBytes,
        host: (sample.host ?? saved.host)?.slice(0, 253) ?? null,
      },
      job: { sizeBytes: (size ?? 0) - (saved.size ?? 0), doneBytes: sample.doneBytes - saved.done },
    };
  }

  async function save(): Promise<void> {
    if (!isTime('save', SAVE_EVERY_MS)) return;
    // What has ended is on its way to the table by itself.
    await keepProgress([...active.values()].filter(({ result, reason }) => !result && !reason));
  }

  async function keepProgress(which: readonly Active[]): Promise<void> {
    const moving = which.filter(({ sample, saved }) => sample && sample.doneBytes !== saved.done);
    for (const [jobId, all] of Map.groupBy(moving, ({ job }) => job.id)) {
      const kept = all.map((each) => ({ each, progress: progressOf(each) }));
      await db.transaction(async (trx) => {
        const own = downloadsQuery(trx);
        let [sizeBytes, doneBytes] = [0, 0];
        for (const { each, progress } of kept) {
          await own
            .updateTable('downloads_items')
            .set(progress.set)
            .where('id', '=', each.item.id)
            .execute();
          sizeBytes += progress.job.sizeBytes;
          doneBytes += progress.job.doneBytes;
        }
        await changeJob(own, jobId, { sizeBytes, doneBytes }, clock.now());
      });
      for (const { each, progress } of kept) {
        each.saved = {
          done: progress.set.done_bytes ?? each.saved.done,
          size: progress.set.size_bytes ?? null,
          wasted: progress.set.wasted_bytes ?? 0,
          host: progress.set.host ?? null,
        };
      }
    }
  }

  function overlay(): Overlay {
    const all = [...active.values()];
    const speed = all.reduce((sum, { meter }) => sum + meter.bytesPerSecond, 0);
    const ahead = (some: readonly Active[]) =>
      some.reduce(
        (sum, { sample, saved }) => sum + (sample ? sample.doneBytes - saved.done : 0),
        0,
      );
    const hosts = Map.groupBy(all, ({ sample, saved }) => sample?.host ?? saved.host);
    return {
      fullHosts: [...hosts].flatMap(([host, some]) =>
        host !== null && some.length >= hostLimit(settings, host) ? [host] : [],
      ),
      queue: {
        heldBy: hold,
        bytesPerSecond: speed,
        connections: all.reduce((sum, { sample }) => sum + (sample?.connections ?? 0), 0),
        doneBytes: ahead(all),
        capBytesPerSecond: cap,
      },
      jobs: [...Map.groupBy(all, ({ job }) => job.id)].map(([id, some]) => ({
        id,
        bytesPerSecond: some.reduce((sum, { meter }) => sum + meter.bytesPerSecond, 0),
        doneBytes: ahead(some),
      })),
      items: all.map(({ item, sample, phase, meter, saved }) => ({
        id: item.id,
        phase,
        host: sample?.host ?? saved.host,
        sizeBytes: sample?.sizeBytes ?? saved.size,
        doneBytes: sample?.doneBytes ?? saved.done,
        bytesPerSecond: meter.bytesPerSecond,
        connections: sample?.connections ?? 0,
        wastedBytes: item.wasted_bytes + (sample?.wastedBytes ?? 0),
      })),
    };
  }

  /** At most twice a second, and only what runs or has changed. */
  async function publish(): Promise<void> {
    const state = JSON.stringify([hold, cap]);
    const nothingNew = active.size + changedItems.size + changedJobs.size === 0;
    if ((nothingNew && state === lastQueue) || !isTime('publish', PUBLISH_EVERY_MS)) return;
    lastQueue = state;
    const live = overlay();
    const ids = [...new Set([...active.keys(), ...changedItems])].slice(
      0,
      active.size + MOST_SHOWN,
    );
    const rows = await findItems(query, ids);
    const jobIds = [...rows.map((row) => row.job_id), ...changedJobs].slice(0, 2 * MOST_SHOWN);
    const jobs = await findJobs(query, jobIds);
    changedItems.clear();
    changedJobs.clear();
    // What is ahead of the table is added to what the table says.
    const ahead = new Map(live.jobs.map((job) => [job.id, job.doneBytes]));
    const shown: Overlay = {
      ...live,
      jobs: live.jobs.map((job) => ({
        ...job,
        doneBytes: (jobs.get(job.id)?.done_bytes ?? 0) + (ahead.get(job.id) ?? 0),
      })),
    };
    const totals = await queueTotals(query);
    waiting = totals.counts.PENDING;
    const queue = toQueue(totals, {
      disk: free === null ? null : { freeBytes: free, reservedBytes: reservedBytes() },
      driven: true,
      live: {
        ...shown,
        queue: { ...live.queue, doneBytes: totals.doneBytes + live.queue.doneBytes },
      },
    });
    await deps.messages.publish(PROGRESS_TOPIC, {
      queue,
      fullHosts: live.fullHosts,
      jobs: [...jobs.values()].map((job) => toJob(job, shown)),
      items: rows.map((row) => toItem(row, jobs.get(row.job_id)?.name ?? '', shown, 'en')),
    });
  }

  async function sweep(): Promise<void> {
    if (hold === 'library' || !isTime('sweep', SWEEP_EVERY_MS)) return;
    await sweepParts(deps.folder, query);
  }

  function factsOf({ item }: Active) {
    return { itemId: item.id, jobId: item.job_id, source: item.source, host: item.host };
  }

  return {
    wake,
    async start() {
      stopped = false;
      unsubscribe = deps.messages.subscribe(WAKE_TOPIC, ({ body }) => {
        const { jobId, sweep: sweepNow } = body as Wake;
        if (jobId !== undefined) changedJobs.add(jobId);
        if (sweepNow) at.sweep = 0;
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
      listing?.controller.abort();
      await ticking;
      await listing?.ended;
      await stopAll('put-back');
      stopSamples();
      await engine?.stop();
      engine = undefined;
      if (driving) {
        note({ kind: 'session_ended' });
        await deps.lease.release();
      }
      driving = false;
    },
  };
}

function modelType(item: ItemRow): string | null {
  return item.model === null ? null : fromJson(item.model).type;
}
