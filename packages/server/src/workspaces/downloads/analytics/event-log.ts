import type { Clock } from '../../../core/clock.ts';
import { toJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { bulkInsert } from '../../../core/db/write.ts';
import { createId } from '../../../core/ids.ts';
import type { Logger } from '../../../core/log.ts';
import type { After } from '../../../core/timers.ts';
import type { EventKind } from '../contract.ts';
import { withoutSecrets } from './without-secrets.ts';

/** How long an event waits for others, and so what `kill -9` may cost. */
export const FLUSH_MS = 1000;
/** Kept while the database is away; then the oldest go. */
const MAX_WAITING = 20_000;

/**
 * Something that happened. Every attempt that failed is a `download_failed`; where it is tried again by itself,
 * `download_retried` with the same code follows. Never an address, a header or a token: of where it came from, the host alone.
 */
export interface EventNote {
  readonly kind: EventKind;
  /** UTC epoch ms; now when left out. */
  readonly at?: number;
  readonly jobId?: string | null;
  readonly itemId?: string | null;
  readonly source?: string | null;
  /** An address is cut down to its host name. */
  readonly host?: string | null;
  /** Of the whole file (`download_completed`, `download_linked`), else what there was by then. */
  readonly bytes?: number | null;
  readonly durationMs?: number | null;
  /** Code of an error, an HTTP status, a verdict. */
  readonly code?: string | null;
  /**
   * `modelType` (LORA, Checkpoint), `wastedBytes`, `sizeBytes` and, of a failure, its `message` are known to the analysis; others are
   * kept as they are, without what looks like an address or a secret.
   */
  readonly details?: EventDetails;
}

export interface EventDetails {
  readonly modelType?: string | null;
  readonly wastedBytes?: number;
  readonly sizeBytes?: number | null;
  /** Of a failure, as `toStoredFailure` gives it. */
  readonly message?: { readonly en: string; readonly ja: string };
  readonly [name: string]: unknown;
}

export interface EventLog {
  /** Never waits and never throws: what runs must not stop for its record. */
  note(event: EventNote): void;
  /** Writes what waits. */
  flush(): Promise<void>;
  /** The same for the last time: what cannot be written now is not tried again. */
  stop(): Promise<void>;
}

type Waiting = EventNote & { readonly at: number };

/**
 * Events of the downloads, gathered in memory and written at most once a second in one statement. While the database is
 * away they wait, within bounds. After `kill -9` at most the last second is missing.
 */
export function createEventLog(deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly after: After;
  readonly log: Logger;
}): EventLog {
  const { db, clock, after, log } = deps;
  let waiting: Waiting[] = [];
  let lost = 0;
  let cancelTimer: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();
  let stopped = false;

  function schedule(): void {
    if (stopped) return;
    cancelTimer ??= after(FLUSH_MS, () => {
      cancelTimer = undefined;
      // `write` reports what goes wrong and keeps the events.
      void flush();
    });
  }

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await bulkInsert(db.query, toInsert(batch));
      } catch (error) {
        waiting = [...batch, ...waiting];
        log.warn({ err: error, waiting: waiting.length }, 'downloads.events.kept');
        schedule();
        return;
      }
    }
    if (lost > 0) log.warn({ lost }, 'downloads.events.lost');
    lost = 0;
  }

  function flush(): Promise<void> {
    cancelTimer?.();
    cancelTimer = undefined;
    // One after the other, so that nothing is written twice. `write` never throws.
    writing = writing.then(write);
    return writing;
  }

  return {
    note(event) {
      if (waiting.length >= MAX_WAITING) {
        waiting.shift();
        lost++;
      }
      waiting.push({ ...event, at: event.at ?? clock.now() });
      schedule();
    },
    flush,
    stop() {
      stopped = true;
      return flush();
    },
  };
}

const COLUMNS = [
  ...['id', 'at', 'kind', 'job_id', 'item_id', 'source', 'host', 'bytes', 'duration_ms', 'code'],
  ...['model_type', 'size_bytes', 'wasted_bytes', 'details'],
];

function toInsert(events: readonly Waiting[]) {
  // Both in the order of time, so that events of one millisecond keep theirs.
  const batch = events.toSorted((a, b) => a.at - b.at);
  const ids = batch.map((event) => createId(event.at)).sort();
  return {
    table: 'downloads_events',
    columns: COLUMNS,
    rows: batch.map((event, i) => {
      const { modelType, sizeBytes, wastedBytes, ...details } = event.details ?? {};
      return [
        ids[i]!,
        event.at,
        event.kind,
        event.jobId ?? null,
        event.itemId ?? null,
        cut(event.source, 20),
        hostOf(event.host),
        whole(event.bytes),
        finite(event.durationMs),
        cut(event.code, 80),
        cut(modelType, 60),
        whole(sizeBytes),
        whole(wastedBytes),
        toJson(withoutSecrets(details)),
      ];
    }),
  };
}

/** In UTF-16 units but never half a character. */
function cut(text: string | null | undefined, length: number): string | null {
  if (text === null || text === undefined) return null;
  return text.length <= length
    ? text
    : [...text]
        .slice(0, length - 1)
        .join('')
        .slice(0, length);
}

function hostOf(text: string | null | undefined): string | null {
  if (!text) return null;
  const host = URL.parse(text.includes('://') ? text : `http://${text}`)?.hostname;
  return host ? host.slice(0, 253) : null;
}

function finite(value: number | null | undefined): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : value;
}

function whole(value: number | null | undefined): number | null {
  const number = finite(value);
  return number === null ? null : Math.round(number);
}
