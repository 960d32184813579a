import type { Kysely } from 'kysely';
import type { Json } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import type { EventKind } from '../contract.ts';

export interface EventRow {
  /** Made at `at`, so the order of the ids is that of the times. */
  id: string;
  at: number;
  kind: EventKind;
  job_id: string | null;
  item_id: string | null;
  source: string | null;
  /** Host name alone. */
  host: string | null;
  bytes: number | null;
  duration_ms: number | null;
  code: string | null;
  /** What kind of model a file belongs to. */
  model_type: string | null;
  /** Of the whole file, as far as known. */
  size_bytes: number | null;
  wasted_bytes: number | null;
  details: Json<Readonly<Record<string, unknown>>>;
}

export type EventTables = { downloads_events: EventRow };

export function eventsQuery(db: Database): Kysely<EventTables> {
  return db.query.withTables<EventTables>() as unknown as Kysely<EventTables>;
}
