import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import type { After } from '../../timers.ts';
import type { Changes } from '../changes.ts';
import type { Definitions } from '../definitions.ts';
import { isStranded, nextDue } from '../due-times.ts';
import { newRow } from './job-store.ts';
import type { ScheduleStore } from './schedule-store.ts';
import { type ScheduleRow, toRecord } from './tables.ts';
import type { WorkerStore } from './worker-store.ts';

export interface DueOptions {
  readonly store: WorkerStore;
  readonly schedules: ScheduleStore;
  readonly definitions: Definitions;
  readonly changes: Changes;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly after: After;
  readonly log: Logger;
  /** Jobs of this kind (without a name: of any kind) may be claimed now. */
  wake(name?: string): void;
}

/** Brings up what falls due with time: delayed jobs, retries and schedules. */
export interface Due {
  /** Handles everything due now and sets the alarm for the next. */
  serve(): Promise<void>;
  /** Something falls due at this time; wakes up for it. */
  expect(at: number): void;
  stop(): void;
}

export function createDue(options: DueOptions): Due {
  const { store, schedules, definitions, changes, clock, after, log } = options;
  let alarm: { at: number; stop: () => void } | undefined;
  let stopped = false;

  function expect(at: number): void {
    if (stopped || (alarm !== undefined && alarm.at <= at)) return;
    alarm?.stop();
    const stop = after(Math.max(0, at - clock.now()), () => {
      alarm = undefined;
      // The regular tick tries again, and reports a database that is away.
      serve().catch((error: unknown) => log.debug({ err: error }, 'jobs.due.failed'));
    });
    alarm = { at, stop };
  }

  async function serve(): Promise<void> {
    if (stopped) return;
    if ((await store.promoteDue(clock.now())) > 0) options.wake();
    const dueAts: number[] = [];
    for (const schedule of await schedules.all()) dueAts.push(await serveSchedule(schedule));
    const next = Math.min(...dueAts, (await store.nextRunAt()) ?? Number.POSITIVE_INFINITY);
    // Set afresh each time, because the clock may have been.
    alarm?.stop();
    alarm = undefined;
    if (next < Number.POSITIVE_INFINITY) expect(next);
  }

  /** Gives the schedule's next due time. */
  async function serveSchedule(schedule: ScheduleRow): Promise<number> {
    const { id, name, payload, every_ms: everyMs, due_at: dueAt } = schedule;
    const now = clock.now();
    if (isStranded(dueAt, everyMs, now)) {
      await schedules.serve(schedule, now + everyMs, undefined);
      return now + everyMs;
    }
    // A kind this process does not know belongs to one of another version.
    if (dueAt > now || !definitions.has(name)) return Math.max(dueAt, now + 1_000);
    const row = newRow(
      {
        id: options.newId(),
        name,
        payload,
        run_order: 0,
        run_at: now,
        max_attempts: definitions.get(name).maxAttempts,
        requested_by: null,
        key: `schedule:${id}`,
      },
      now,
    );
    const next = nextDue(dueAt, everyMs, now);
    if (await schedules.serve(schedule, next, row)) {
      changes.tell(toRecord(row));
      options.wake(name);
    }
    return next;
  }

  return {
    serve,
    expect,
    stop() {
      stopped = true;
      alarm?.stop();
    },
  };
}
