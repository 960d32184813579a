import type { Clock } from '../core/clock.ts';
import type { After } from '../core/timers.ts';

export interface FakeTime {
  readonly clock: Clock;
  readonly after: After;
  /** Lets `ms` pass: the clock moves and whatever falls due on the way runs, in order. */
  advance(ms: number): void;
  /** Somebody sets the clock: it jumps, but no time passes. */
  setClock(now: number): void;
}

/** A clock and timers that stand still until told otherwise. Starts on Monday 5 January 2026, 00:00 UTC. */
export function createFakeTime(start = Date.UTC(2026, 0, 5)): FakeTime {
  let now = start;
  let elapsed = 0;
  const alarms = new Set<{ at: number; task: () => void }>();

  const next = (until: number) =>
    [...alarms].filter((alarm) => alarm.at <= until).sort((a, b) => a.at - b.at)[0];

  return {
    clock: { now: () => now },
    after(ms, task) {
      const alarm = { at: elapsed + Math.max(0, ms), task };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    advance(ms) {
      const until = elapsed + ms;
      for (let alarm = next(until); alarm !== undefined; alarm = next(until)) {
        alarms.delete(alarm);
        now += alarm.at - elapsed;
        elapsed = alarm.at;
        alarm.task();
      }
      now += until - elapsed;
      elapsed = until;
    },
    setClock(value) {
      now = value;
    },
  };
}
