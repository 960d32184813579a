import { createLocalClock } from '../../../core/local-clock.ts';
import type { EventRow } from './tables.ts';

export const OUTCOMES = [
  'download_completed',
  'download_linked',
  'download_failed',
  'download_cancelled',
  // An attempt that failed is noted as failed; when it is tried again by itself, this follows with the same code.
  'download_retried',
] as const;

export type OutcomeRow = Pick<
  EventRow,
  | 'at'
  | 'kind'
  | 'source'
  | 'host'
  | 'bytes'
  | 'duration_ms'
  | 'code'
  | 'model_type'
  | 'size_bytes'
  | 'wasted_bytes'
>;

/** A growing list of doubles without an object for each. */
export interface Numbers {
  add(value: number): void;
  /** Sorted; at `level` between neighbours. Null when there are none. */
  quantile(level: number): number | null;
  readonly n: number;
}

export function createNumbers(): Numbers {
  let values = new Float64Array(64);
  let n = 0;
  let sorted = true;
  return {
    add(value) {
      if (n === values.length) {
        const grown = new Float64Array(2 * n);
        grown.set(values);
        values = grown;
      }
      values[n++] = value;
      sorted = false;
    },
    quantile(level) {
      if (n === 0) return null;
      if (!sorted) values.subarray(0, n).sort();
      sorted = true;
      const place = level * (n - 1);
      const low = Math.floor(place);
      const high = Math.min(n - 1, low + 1);
      return values[low]! + (place - low) * (values[high]! - values[low]!);
    },
    get n() {
      return n;
    },
  };
}

export interface Named {
  count: number;
  bytes: number;
}

export interface DayFigures {
  completed: number;
  failed: number;
  bytes: number;
  readonly speeds: Numbers;
}

export interface HostFigures extends Named {
  failures: number;
  readonly speeds: Numbers;
}

export interface FailureFigures {
  count: number;
  lastAt: number;
  readonly hosts: Map<string, number>;
  readonly hours: Float64Array;
  readonly sizes: Numbers;
}

export interface HalfFigures {
  downloads: number;
  failed: number;
  bytes: number;
  readonly speeds: Numbers;
}

/** Everything that is counted of the ends of downloads, in one pass over them. */
export interface Outcomes {
  readonly counts: Readonly<Record<(typeof OUTCOMES)[number], number>>;
  readonly bytes: number;
  readonly savedBytes: number;
  readonly wastedBytes: number;
  readonly speeds: Numbers;
  readonly seconds: Numbers;
  readonly sizes: Numbers;
  readonly days: ReadonlyMap<number, DayFigures>;
  readonly hours: readonly (Named & { readonly speeds: Numbers })[];
  readonly sources: ReadonlyMap<string, Named>;
  readonly types: ReadonlyMap<string, Named>;
  readonly hosts: ReadonlyMap<string, HostFigures>;
  readonly failures: ReadonlyMap<string, FailureFigures>;
  readonly halves: readonly [HalfFigures, HalfFigures];
}

/** @param middle between the halves that are compared, UTC epoch ms */
export function createOutcomes(timeZone: string, middle: number) {
  const clock = createLocalClock(timeZone);
  const counts = {
    download_completed: 0,
    download_linked: 0,
    download_failed: 0,
    download_cancelled: 0,
    download_retried: 0,
  };
  const half = (): HalfFigures => ({ downloads: 0, failed: 0, bytes: 0, speeds: createNumbers() });
  const figures = {
    counts,
    bytes: 0,
    savedBytes: 0,
    wastedBytes: 0,
    speeds: createNumbers(),
    seconds: createNumbers(),
    sizes: createNumbers(),
    days: new Map<number, DayFigures>(),
    hours: Array.from({ length: 24 }, () => ({ count: 0, bytes: 0, speeds: createNumbers() })),
    sources: new Map<string, Named>(),
    types: new Map<string, Named>(),
    hosts: new Map<string, HostFigures>(),
    failures: new Map<string, FailureFigures>(),
    halves: [half(), half()] as const,
  };
  const named = (): Named => ({ count: 0, bytes: 0 });
  const hostFigures = (): HostFigures => ({ ...named(), failures: 0, speeds: createNumbers() });
  const dayFigures = (): DayFigures => ({
    ...{ completed: 0, failed: 0, bytes: 0 },
    speeds: createNumbers(),
  });

  function completed(row: OutcomeRow): void {
    const bytes = row.bytes ?? 0;
    figures.bytes += bytes;
    figures.sizes.add(bytes);
    const hour = figures.hours[clock.hour]!;
    const day = entry(figures.days, clock.day, dayFigures);
    const host = entry(figures.hosts, row.host ?? '', hostFigures);
    const section = figures.halves[row.at < middle ? 0 : 1];
    day.completed++;
    day.bytes += bytes;
    section.downloads++;
    section.bytes += bytes;
    for (const group of [
      hour,
      host,
      entry(figures.sources, row.source ?? '', named),
      entry(figures.types, row.model_type ?? '', named),
    ]) {
      group.count++;
      group.bytes += bytes;
    }
    if (row.duration_ms === null || row.duration_ms <= 0) return;
    const speed = (bytes * 1000) / row.duration_ms;
    figures.seconds.add(row.duration_ms / 1000);
    for (const { speeds } of [figures, hour, day, host, section]) speeds.add(speed);
  }

  function failed(row: OutcomeRow): void {
    entry(figures.days, clock.day, dayFigures).failed++;
    figures.halves[row.at < middle ? 0 : 1].failed++;
    if (row.host !== null) entry(figures.hosts, row.host, hostFigures).failures++;
    const failure = entry(figures.failures, row.code ?? '', () => ({
      ...{ count: 0, lastAt: 0, hosts: new Map<string, number>() },
      ...{ hours: new Float64Array(24), sizes: createNumbers() },
    }));
    failure.count++;
    failure.lastAt = Math.max(failure.lastAt, row.at);
    failure.hours[clock.hour]!++;
    if (row.size_bytes !== null) failure.sizes.add(row.size_bytes);
    if (row.host !== null) failure.hosts.set(row.host, (failure.hosts.get(row.host) ?? 0) + 1);
  }

  /** The download has not failed, only one attempt of it: which stays among the failures and the host's. */
  function triedAgain(row: OutcomeRow): void {
    counts.download_failed--;
    entry(figures.days, clock.day, dayFigures).failed--;
    figures.halves[row.at < middle ? 0 : 1].failed--;
  }

  return {
    figures: figures as Outcomes,
    add(row: OutcomeRow): void {
      clock.read(row.at);
      counts[row.kind as keyof typeof counts]++;
      if (row.kind === 'download_retried') {
        if (row.code !== null) triedAgain(row);
        return;
      }
      figures.wastedBytes += row.wasted_bytes ?? 0;
      if (row.kind === 'download_completed') completed(row);
      else if (row.kind === 'download_failed') failed(row);
      else if (row.kind === 'download_linked') figures.savedBytes += row.bytes ?? 0;
    },
  };
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}
