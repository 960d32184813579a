import { toJson } from '../../../core/db/columns.ts';
import { createId } from '../../../core/ids.ts';
import type { Hashes, SourceName } from '../contract.ts';
import type { SourceFile } from '../sources/source.ts';
import type { ItemRow, JobRow } from '../store/tables.ts';
import type { ItemFailure } from './failure.ts';
import { LANE, type Lane } from './states.ts';

/** What an item is made from. */
export interface ItemSeed {
  readonly source: SourceName;
  readonly file: SourceFile;
  readonly fileName?: string | undefined;
  /** Given by a person: they count instead of those of the source. */
  readonly hashes?: Hashes | undefined;
  /** Known to be of no use: the item begins as FAILED. */
  readonly failure?: ItemFailure;
}

/** Seals what an address hides in its query. */
export interface RefBox {
  seal(text: string, purpose: string): string;
  open(sealed: string, purpose: string): string;
}
const PURPOSE = 'downloads.ref';

/** The reference as the source needs it. */
export function refOf(row: Pick<ItemRow, 'ref' | 'ref_sealed'>, box: RefBox): string {
  return row.ref_sealed ? box.open(row.ref, PURPOSE) : row.ref;
}

/**
 * Rows of new items, whose ids sort in the order given and after all made before.
 * @param deps.first how many of the same `now` were made before
 */
export function newItems(
  seeds: readonly ItemSeed[],
  job: JobRow,
  deps: { box: RefBox; now: number; first: number },
): ItemRow[] {
  return seeds.map((seed, i) => newItem(seed, idOf(deps.first + i, deps.now), job, deps));
}

/** Six characters of an id behind its time say the place; the others are left to chance. */
function idOf(place: number, now: number): string {
  const id = createId(now);
  return `${id.slice(0, 10)}${place.toString().padStart(6, '0')}${id.slice(16)}`;
}

function newItem(
  seed: ItemSeed,
  id: string,
  job: JobRow,
  { box, now }: { box: RefBox; now: number },
): ItemRow {
  const { file, failure } = seed;
  // Only a plain address can hold a secret: the references of the other sources are names.
  const secret = seed.source === 'http' && /[?@]/.test(file.ref);
  const lane = failure ? LANE.failed : laneOfNew(job, now);
  const name = (seed.fileName ?? file.name).slice(0, 1000);
  return {
    id,
    job_id: job.id,
    lane,
    place: -job.priority,
    phase: lane === LANE.later ? 'held' : 'waiting',
    held_by: lane === LANE.later ? 'start-time' : null,
    source: seed.source,
    ref: secret ? box.seal(file.ref, PURPOSE) : file.ref,
    ref_sealed: secret ? 1 : 0,
    name,
    search_name: `${name} ${file.model?.name ?? ''}`.toLowerCase().slice(0, 1000),
    file_name: seed.fileName ?? null,
    host: seed.source === 'http' ? hostOf(file.ref) : null,
    size_bytes: file.sizeBytes,
    size_promised: file.sizeBytes === null ? 0 : 1,
    done_bytes: 0,
    wasted_bytes: 0,
    // What a person wants checked must hold, also where the source promises something else.
    hashes: toJson(seed.hashes && Object.keys(seed.hashes).length > 0 ? seed.hashes : file.hashes),
    model: file.model === null ? null : toJson(file.model),
    barrier: file.barrier?.slice(0, 40) ?? null,
    attempt: 0,
    retry_at: lane === LANE.later ? job.start_at : null,
    error: failure ? toJson(failure) : null,
    verdict: null,
    file_id: null,
    linked: 0,
    placing: null,
    created_at: now,
    started_at: null,
    finished_at: failure ? now : null,
  };
}

/** Where an item of a job waits that may run as far as it is concerned. */
export function laneOfNew(job: Pick<JobRow, 'wanted' | 'start_at'>, now: number): Lane {
  if (job.wanted === 'cancel') return LANE.cancelled;
  if (job.wanted === 'pause') return LANE.paused;
  return job.start_at !== null && job.start_at > now ? LANE.later : LANE.ready;
}

function hostOf(ref: string): string | null {
  const host = URL.parse(ref.replace(/^http:(?=https?:)/i, ''))?.hostname;
  return host ? host.slice(0, 253) : null;
}
