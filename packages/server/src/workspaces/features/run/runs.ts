import { availableParallelism } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import { z } from 'zod';
import type { Audit } from '../../../core/audit/audit.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Compute } from '../../../core/compute/compute.ts';
import { fromJson, toJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { AppError, toStoredFailure } from '../../../core/errors.ts';
import { createId } from '../../../core/ids.ts';
import {
  failureWords,
  type JobContext,
  type JobDefinition,
  type JobRecord,
  type Queue,
} from '../../../core/jobs/queue.ts';
import type { Logger } from '../../../core/log.ts';
import { stateWords } from '../../../core/state-words.ts';
import type { Messages } from '../../../core/ws/messages.ts';
import type { RunBody, RunState } from '../contract.ts';
import { featuresErrors } from '../errors.ts';
import type { GpuChoice } from '../gpu/open-gpu.ts';
import { FIRST_HOLIDAY_YEAR, holidaysOf } from '../holidays.ts';
import { findRun, moveRun, runProgress, runsInProgress, waitingChunks } from '../store/runs.ts';
import { featuresQuery, type RunRow } from '../store/tables.ts';
import { checkRun } from './check-run.ts';
import type { ChunkOutcome, ChunkTask } from './chunk-task.ts';
import { planRun, selectsAnything } from './plan.ts';
import { plannedSets } from './planned-set.ts';
import { toFeaturesRun } from './view.ts';

export const RUNS_TOPIC = 'features.runs';
const PLAN_JOB = 'features.plan';
const CHUNK_JOB = 'features.chunk';
/** Shortest time between two messages about the same running run. */
const PROGRESS_MS = 500;
/** Holidays are known to so many years from now. */
const YEARS_AHEAD = 10;
const DAY = 86_400_000;

const planPayload = z.object({ runId: z.string() });
const chunkPayload = z.object({ runId: z.string(), epoch: z.int(), chunk: z.int() });
type ChunkJob = z.infer<typeof chunkPayload>;

export interface RunsDeps {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly queue: Queue;
  readonly compute: Compute;
  readonly messages: Messages;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Logger;
  /** Chunks computed at once in this process; default one per processor. */
  readonly threads?: number | undefined;
  readonly cacheDays: number;
  /** `mode`: of runs that do not say it themselves. */
  readonly gpu: GpuChoice;
  /** See `ChunkTask`. */
  readonly mostValues?: number;
}

export interface Runs {
  // biome-ignore lint/suspicious/noExplicitAny: jobs with different payloads in one list
  readonly jobs: readonly JobDefinition<any>[];
  /** @throws as `checkRun`, and FEATURES_NOTHING_SELECTED */
  submit(options: RunBody, actor: string): Promise<RunRow>;
  /** @throws FEATURES_RUN_NOT_FOUND */
  require(id: string): Promise<RunRow>;
  /** Series that are being computed are finished by nobody; they begin again when it goes on. @throws FEATURES_RUN_STATE */
  pause(id: string, actor: string): Promise<RunRow>;
  /** Goes on, also after a failure or a cancellation: what is done stays done. @throws FEATURES_RUN_STATE */
  resume(id: string, actor: string): Promise<RunRow>;
  /** @throws FEATURES_RUN_STATE */
  cancel(id: string, actor: string): Promise<RunRow>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The life of runs: planning → running ⇄ paused → done, failed or cancelled; the last two can be resumed. */
export function createRuns(deps: RunsDeps): Runs {
  const { db, queue, messages, audit, clock, log } = deps;
  const query = featuresQuery(db);
  const lastToldAt = new Map<string, number>();
  let stopListening: (() => void) | undefined;

  async function changed(id: string): Promise<void> {
    const row = await findRun(query, id);
    if (row === undefined) return;
    // Nobody knows who will read it: texts are English here, and in the reader's language over HTTP.
    await messages.publish(RUNS_TOPIC, await toFeaturesRun(query, row, clock.now(), 'en'));
  }

  function progressed(id: string): void {
    if (clock.now() - (lastToldAt.get(id) ?? 0) < PROGRESS_MS) return;
    lastToldAt.set(id, clock.now());
    changed(id).catch((err: unknown) => log.warn({ err }, 'features.run.progress.unpublished'));
  }

  /** Moves a run to a state in which nobody works at it; what is being computed notices at its next transaction. */
  async function rest(
    id: string,
    from: readonly RunState[],
    state: 'paused' | 'done' | 'failed' | 'cancelled',
    error?: AppError,
  ): Promise<boolean> {
    const row = await findRun(query, id);
    if (row === undefined) return false;
    const now = clock.now();
    const moved = await moveRun(query, id, from, {
      state,
      ran_ms: row.ran_ms + (row.resumed_at === null ? 0 : now - row.resumed_at),
      resumed_at: null,
      finished_at: state === 'paused' ? null : now,
      error: error === undefined ? null : toJson(toStoredFailure(error)),
    });
    if (!moved) return false;
    lastToldAt.delete(id);
    await changed(id);
    return true;
  }

  async function enqueueChunks({ id, epoch, created_by }: RunRow): Promise<void> {
    for (const chunk of await waitingChunks(query, id)) {
      const payload: ChunkJob = { runId: id, epoch, chunk };
      const key = `${id}:${epoch}:${chunk}`;
      await queue.enqueue(CHUNK_JOB, payload, { key, requestedBy: created_by });
    }
  }

  async function enqueuePlan({ id, created_by }: RunRow): Promise<void> {
    await queue.enqueue(PLAN_JOB, { runId: id }, { key: id, requestedBy: created_by });
  }

  /** The last chunk to end ends the run. */
  async function finishIfDone(id: string): Promise<void> {
    const { waiting } = await runProgress(query, id);
    if (waiting === 0) await rest(id, ['running'], 'done');
  }

  async function requireRun(id: string): Promise<RunRow> {
    const row = await findRun(query, id);
    if (row === undefined) throw featuresErrors.FEATURES_RUN_NOT_FOUND();
    return row;
  }

  const planJob: JobDefinition<z.infer<typeof planPayload>> = {
    name: PLAN_JOB,
    payload: planPayload,
    timeoutMs: 3_600_000,
    maxAttempts: 5,
    backoffMs: 2000,
    concurrency: 1,
    async handler({ runId }) {
      const row = await findRun(query, runId);
      // An earlier attempt was cut off behind its plan.
      if (row?.state === 'running') await enqueueChunks(row);
      if (row?.state !== 'planning') return { outcome: 'stopped' };
      const options = fromJson(row.options);
      const total = await planRun(db, runId, options, plannedSets(options));
      const now = clock.now();
      const moved = await moveRun(query, runId, ['planning'], {
        state: 'running',
        series_total: total.series,
        points_total: total.points,
        started_at: row.started_at ?? now,
        resumed_at: now,
      });
      if (moved) await enqueueChunks(row);
      await changed(runId);
      return total;
    },
  };

  async function runChunk(row: RunRow, { chunk }: ChunkJob, context: JobContext) {
    const options = fromJson(row.options);
    const { port1, port2 } = new MessageChannel();
    port1.on('message', () => progressed(row.id));
    const lastYear = new Date(clock.now()).getUTCFullYear() + YEARS_AHEAD;
    const task: ChunkTask = {
      databaseUrl: deps.databaseUrl,
      runId: row.id,
      epoch: row.epoch,
      chunk,
      sets: plannedSets(options),
      horizon: options.horizon,
      holidays: await holidaysOf(options.country, FIRST_HOLIDAY_YEAR, lastYear),
      fresh: options.fresh,
      cacheMs: deps.cacheDays * DAY,
      gpu: { ...deps.gpu, mode: options.gpu ?? deps.gpu.mode },
      ...(deps.mostValues === undefined ? {} : { mostValues: deps.mostValues }),
      port: port2,
    };
    try {
      const module = new URL('./chunk-task.ts', import.meta.url);
      const { signal } = context;
      return await deps.compute.run<ChunkOutcome>(module, task, { signal, transfer: [port2] });
    } finally {
      port1.close();
    }
  }

  const chunkJob: JobDefinition<ChunkJob> = {
    name: CHUNK_JOB,
    payload: chunkPayload,
    timeoutMs: 6 * 3_600_000,
    maxAttempts: 5,
    backoffMs: 2000,
    concurrency: deps.threads ?? availableParallelism(),
    async handler(payload, context) {
      const row = await findRun(query, payload.runId);
      if (row?.state !== 'running' || row.epoch !== payload.epoch) return { outcome: 'stopped' };
      const outcome = await runChunk(row, payload, context);
      if (outcome.state === 'failed') {
        await rest(row.id, ['running'], 'failed', AppError.fromData(outcome.error));
      }
      if (outcome.state === 'done') await finishIfDone(row.id);
      progressed(row.id);
      return { outcome: outcome.state };
    },
  };

  /** A job that ended without its handler saying how: it failed for good, or was cancelled on the Tasks page. */
  async function followJob(job: JobRecord): Promise<void> {
    if (job.name !== CHUNK_JOB && job.name !== PLAN_JOB) return;
    const { runId, epoch } = job.payload as { runId: string; epoch?: number };
    const row = await findRun(query, runId);
    if (row === undefined || (epoch !== undefined && epoch !== row.epoch)) return;
    if (job.state === 'cancelled') await rest(runId, ['planning', 'running'], 'cancelled');
    if (job.state === 'failed') {
      const error = featuresErrors.FEATURES_RUN_FAILED({ reason: failureWords(job.error) });
      await rest(runId, ['planning', 'running'], 'failed', error);
    }
  }

  async function told(id: string, actor: string, action: string): Promise<RunRow> {
    const row = await requireRun(id);
    await audit.write({
      actor,
      action: `features.run.${action}`,
      target: id,
      details: { name: row.name },
    });
    return row;
  }

  return {
    jobs: [planJob, chunkJob],
    require: requireRun,
    async submit(options, actor) {
      await checkRun(options);
      if (!(await selectsAnything(db, options))) throw featuresErrors.FEATURES_NOTHING_SELECTED();
      const now = clock.now();
      const row: RunRow = {
        id: createId(now),
        name: options.name,
        state: 'planning',
        epoch: 0,
        options: toJson(options),
        error: null,
        created_by: actor,
        created_at: now,
        started_at: null,
        finished_at: null,
        series_total: 0,
        points_total: 0,
        ran_ms: 0,
        resumed_at: null,
      };
      await query.insertInto('features_runs').values(row).execute();
      await audit.write({
        actor,
        action: 'features.run.started',
        target: row.id,
        details: { name: row.name },
      });
      await enqueuePlan(row);
      await changed(row.id);
      return row;
    },
    async pause(id, actor) {
      const { state } = await requireRun(id);
      if (!(await rest(id, ['running'], 'paused')))
        throw featuresErrors.FEATURES_RUN_STATE({ state: stateWords(state) });
      return told(id, actor, 'paused');
    },
    async resume(id, actor) {
      const row = await requireRun(id);
      const { state } = row;
      // It may have ended before it was planned.
      const to = row.series_total === 0 ? 'planning' : 'running';
      const moved = await moveRun(query, id, ['paused', 'failed', 'cancelled'], {
        state: to,
        epoch: row.epoch + 1,
        error: null,
        finished_at: null,
        resumed_at: clock.now(),
      });
      if (!moved) throw featuresErrors.FEATURES_RUN_STATE({ state: stateWords(state) });
      await query
        .updateTable('features_run_series')
        .set({ state: 'waiting', messages: null, finished_at: null })
        .where('run_id', '=', id)
        .where('state', '=', 'failed')
        .execute();
      const resumed = await told(id, actor, 'resumed');
      if (to === 'planning') await enqueuePlan(resumed);
      else await enqueueChunks(resumed);
      // Nothing may be left to do.
      if (to === 'running') await finishIfDone(id);
      await changed(id);
      return requireRun(id);
    },
    async cancel(id, actor) {
      const { state } = await requireRun(id);
      if (!(await rest(id, ['planning', 'running', 'paused'], 'cancelled'))) {
        throw featuresErrors.FEATURES_RUN_STATE({ state: stateWords(state) });
      }
      return told(id, actor, 'cancelled');
    },
    async start() {
      stopListening = queue.onChange((job) => {
        followJob(job).catch((err: unknown) => log.error({ err }, 'features.run.unfollowed'));
      });
      // What a crash left between a record and its jobs: those that are still queued are found by their keys.
      for (const row of await runsInProgress(query)) {
        if (row.state === 'planning') await enqueuePlan(row);
        else await enqueueChunks(row);
        if (row.state === 'running') await finishIfDone(row.id);
      }
    },
    async stop() {
      stopListening?.();
    },
  };
}
