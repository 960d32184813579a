import type { Selectable } from 'kysely';
import { fromJson, type Json } from '../../db/columns.ts';
import type { JobFailure, JobRecord, JobState } from '../queue.ts';

/** As stored: `delayed` is a waiting job whose time has not come, kept apart so that claiming never reads past it. */
export type StoredState = JobState | 'delayed';

export type JobsTables = {
  core_jobs: {
    id: string;
    name: string;
    state: StoredState;
    /** Minus the priority: ascending indexes serve all three engines (MariaDB before 10.8 has no descending ones). */
    run_order: number;
    run_at: number;
    payload: Json<unknown>;
    attempt: number;
    max_attempts: number;
    /** How often its process died while running it. */
    crashes: number;
    progress: number;
    progress_note: string | null;
    result: Json<unknown> | null;
    error: Json<JobFailure> | null;
    requested_by: string | null;
    /** Digest of name and idempotency key; null without a key. */
    key_digest: string | null;
    /** The same while the job waits or runs, else null: unique, so at most one job per key is active. */
    active_key: string | null;
    worker_id: string | null;
    cancel_requested_at: number | null;
    created_at: number;
    started_at: number | null;
    finished_at: number | null;
  };
  core_job_workers: {
    id: string;
    /** Goes up while the worker lives. Others watch it change, so no two machines' clocks are ever compared. */
    beat: number;
  };
  core_schedules: {
    id: string;
    name: string;
    payload: Json<unknown>;
    every_ms: number;
    due_at: number;
  };
};

export type JobRow = Selectable<JobsTables['core_jobs']>;
export type ScheduleRow = Selectable<JobsTables['core_schedules']>;

export function toRecord(row: JobRow): JobRecord {
  return {
    id: row.id,
    name: row.name,
    state: row.state === 'delayed' ? 'waiting' : row.state,
    payload: fromJson(row.payload),
    priority: row.run_order === 0 ? 0 : -row.run_order,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    progress: { fraction: row.progress, note: row.progress_note },
    result: row.result === null ? null : fromJson(row.result),
    error: row.error === null ? null : fromJson(row.error),
    requestedBy: row.requested_by,
    runAt: row.run_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

export function storedStates(state: JobState): readonly StoredState[] {
  return state === 'waiting' ? ['waiting', 'delayed'] : [state];
}
