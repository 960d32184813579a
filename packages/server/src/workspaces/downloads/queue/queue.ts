import type { z } from 'zod';
import type { Audit } from '../../../core/audit/audit.ts';
import type { Clock } from '../../../core/clock.ts';
import { toJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { bulkInsert, type Value } from '../../../core/db/write.ts';
import { AppError } from '../../../core/errors.ts';
import { createId } from '../../../core/ids.ts';
import { stateWords } from '../../../core/state-words.ts';
import {
  type DownloadAction,
  type DownloadInput,
  type DownloadState,
  type Hashes,
  type jobBody,
  MAX_ITEMS,
  type SourceName,
} from '../contract.ts';
import { checkTemplate } from '../library/path-template.ts';
import { findItem, itemIdsOf, moveItems } from '../store/items.ts';
import { changeJob, findJob } from '../store/jobs.ts';
import {
  type DownloadsQuery,
  downloadsQuery,
  type InputRow,
  type ItemRow,
  type JobRow,
  type StoredInput,
} from '../store/tables.ts';
import { queueErrors } from './errors.ts';
import { toItemFailure } from './failure.ts';
import { type ItemSeed, laneOfNew, newItems, type RefBox } from './new-item.ts';
import type { SourceSet } from './source-set.ts';
import { ACTIONS, LANE, type Lane, lanesOf, mayBecome, stateOf, type Wanted } from './states.ts';

/** Rows of one transaction: short enough that others get their turn in between. */
const CHUNK = 500;
/** Links read, or rows made and inserted, before the event loop gets its turn: some 10 ms. */
const ROWS_AT_ONCE = 200;

export type NewJob = Omit<z.output<typeof jobBody>, 'inputs'>;
type NewInput =
  | (DownloadInput & { fileName?: string | undefined; hashes?: Hashes | undefined })
  /** A line of a list that cannot be read. */
  | { readonly line: number; readonly error: AppError };

/** What is to be downloaded. Every change is in the tables before it is answered; the runner hears of it by `wake`. */
export interface DownloadQueue {
  /** @throws DOWNLOADS_TOO_MANY_ITEMS, DOWNLOADS_TEMPLATE_INVALID */
  add(job: NewJob, inputs: readonly NewInput[], actor: string): Promise<JobRow>;
  /** @throws DOWNLOADS_JOB_NOT_FOUND, DOWNLOADS_JOB_STATE */
  actOnJob(id: string, action: DownloadAction, actor: string): Promise<JobRow>;
  /** @throws DOWNLOADS_ITEM_NOT_FOUND, DOWNLOADS_ITEM_STATE */
  actOnItem(id: string, action: DownloadAction): Promise<ItemRow>;
  actOnAll(action: 'pause' | 'resume', actor: string): Promise<void>;
  setJobPriority(id: string, priority: number): Promise<JobRow>;
  setItemPriority(id: string, priority: number): Promise<ItemRow>;
  /** @throws DOWNLOADS_JOB_NOT_FOUND, DOWNLOADS_JOB_OPEN */
  forget(id: string, actor: string): Promise<void>;
  requireJob(id: string): Promise<JobRow>;
  requireItem(id: string): Promise<ItemRow>;
  /** Goes on with what a process was killed in the midst of. */
  settle(): Promise<void>;
}

export interface QueueDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly box: RefBox;
  readonly sources: SourceSet;
  /** Tells the runner, wherever it is, that something has changed. */
  readonly wake: (what?: { jobId?: string; sweep?: boolean }) => void;
  /** Hears of what a person did, after it is kept. */
  readonly onAction?: (
    action: DownloadAction | 'created',
    what: { job: JobRow; item?: ItemRow },
  ) => void;
}

export function createDownloadQueue(deps: QueueDeps): DownloadQueue {
  const { db, clock, audit, box } = deps;
  const query = downloadsQuery(db);
  let lastNow = 0;
  /** Moves on with each call, so that what is added later sorts later. */
  function nextNow(): number {
    lastNow = Math.max(clock.now(), lastNow + 1);
    return lastNow;
  }

  async function requireJob(id: string): Promise<JobRow> {
    const row = await findJob(query, id);
    if (row === undefined) throw queueErrors.DOWNLOADS_JOB_NOT_FOUND();
    return row;
  }
  async function requireItem(id: string): Promise<ItemRow> {
    const row = await findItem(query, id);
    if (row === undefined) throw queueErrors.DOWNLOADS_ITEM_NOT_FOUND();
    return row;
  }

  /** Links to plain files are items at once; what has to be asked for is listed by the runner. */
  async function sort(inputs: readonly NewInput[]) {
    const seeds: ItemSeed[] = [];
    const listed: StoredInput[] = [];
    for (const [n, each] of inputs.entries()) {
      if (n % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await breathe();
      if ('error' in each) {
        seeds.push(unusable(`#${each.line}`, each.error));
        continue;
      }
      const { fileName, hashes, ...given } = each;
      const input = given as DownloadInput;
      const extra = { fileName, hashes };
      if (input.kind === 'link') {
        seeds.push(...(await ofLink(input.url, extra, listed)));
      } else {
        const source = sourceOf(input);
        if (source === 'http') seeds.push(...(await plainFiles(input, extra)));
        else listed.push({ source, input, ...extra });
      }
    }
    return { seeds, listed };
  }

  /** A link that cannot be used is an item that says so: one wrong line of ten thousand stops none of the others. */
  async function ofLink(
    link: string,
    extra: Pick<ItemSeed, 'fileName' | 'hashes'>,
    listed: StoredInput[],
  ): Promise<ItemSeed[]> {
    try {
      const { source, input } = deps.sources.recognise(link);
      if (source === 'http') return await plainFiles(input, extra);
      listed.push({ source, input, ...extra });
      return [];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return [{ ...unusable(link, error), ...extra }];
    }
  }

  function sourceOf(input: StoredInput['input']): SourceName {
    if (input.kind === 'file') return deps.sources.ofRef(input.ref);
    return input.kind === 'search' ? input.search.source : input.source;
  }

  async function plainFiles(
    input: StoredInput['input'],
    extra: Pick<ItemSeed, 'fileName' | 'hashes'>,
  ): Promise<ItemSeed[]> {
    const signal = new AbortController().signal;
    const { files } = await deps.sources.get('http').list(input, null, signal);
    return files.map((file) => ({ source: 'http' as const, file, ...extra }));
  }

  async function store(
    given: NewJob,
    seeds: readonly ItemSeed[],
    listed: readonly StoredInput[],
    actor: string,
  ): Promise<JobRow> {
    if (seeds.length + listed.length > MAX_ITEMS) {
      throw queueErrors.DOWNLOADS_TOO_MANY_ITEMS({ limit: MAX_ITEMS });
    }
    if (given.pathTemplate !== undefined) checkTemplate(given.pathTemplate);
    const now = nextNow();
    const job: JobRow = {
      id: createId(now),
      name: given.name || defaultName(seeds, listed),
      state: 'PENDING',
      wanted: given.paused ? 'pause' : 'run',
      strategy: given.strategy,
      parallel_files: given.parallelFiles,
      priority: given.priority,
      files: given.files,
      path_template: given.pathTemplate ?? null,
      start_at: given.startAt ?? null,
      n_pending: 0,
      n_processing: 0,
      n_completed: 0,
      n_failed: 0,
      n_cancelled: 0,
      n_paused: 0,
      size_bytes: 0,
      done_bytes: 0,
      open_inputs: 0,
      created_by: actor.slice(0, 300),
      created_at: now,
      finished_at: null,
    };
    const inputs: InputRow[] = listed.map((input) => ({
      id: createId(now),
      job_id: job.id,
      open: 1,
      body: toJson(input),
      page_cursor: null,
      listed: 0,
      attempt: 0,
      retry_at: 0,
    }));
    const kept = await db.transaction(async (trx) => {
      const own = downloadsQuery(trx);
      await own.insertInto('downloads_jobs').values(job).execute();
      await insertRows(own, 'downloads_inputs', inputs);
      const added = await insertItems(own, seeds, job, { box, now });
      return changeJob(own, job.id, { ...added, openInputs: inputs.length }, now);
    });
    await audit.write({
      actor,
      action: 'downloads.job.added',
      target: job.id,
      details: { name: job.name, items: seeds.length, inputs: inputs.length },
    });
    const row = kept?.job ?? job;
    deps.onAction?.('created', { job: row });
    deps.wake({ jobId: row.id });
    return row;
  }

  /** A few hundred at a time, each with the numbers of the job. */
  async function spread(
    jobId: string,
    from: readonly Lane[],
    to: (job: JobRow) => Lane,
    set: (lane: Lane, job: JobRow) => Partial<ItemRow>,
  ): Promise<void> {
    for (;;) {
      const job = await findJob(query, jobId);
      if (job === undefined) return;
      const lane = to(job);
      const ids = await itemIdsOf(
        query,
        jobId,
        from.filter((each) => each !== lane),
        CHUNK,
      );
      if (ids.length === 0) return;
      const moved = await db.transaction((trx) =>
        moveItems(
          downloadsQuery(trx),
          { jobId, ids, from, to: lane, set: set(lane, job) },
          clock.now(),
        ),
      );
      if (moved === undefined) return;
      await breathe();
    }
  }

  const lanesFrom = (action: DownloadAction): readonly Lane[] =>
    ACTIONS[action].from.flatMap((state) => lanesOf(state));

  function targetLane(action: DownloadAction, job: JobRow): Lane {
    if (action === 'pause') return LANE.paused;
    if (action === 'cancel') return LANE.cancelled;
    return laneOfNew({ ...job, wanted: 'run' }, clock.now());
  }

  function settled(action: DownloadAction, lane: Lane, job: JobRow): Partial<ItemRow> {
    const now = clock.now();
    const later = lane === LANE.later;
    return {
      phase: later ? 'held' : 'waiting',
      held_by: later ? 'start-time' : null,
      retry_at: later ? job.start_at : null,
      finished_at: lane === LANE.cancelled ? now : null,
      ...(action === 'retry' ? { attempt: 0, error: null, verdict: null, barrier: null } : {}),
    };
  }

  async function want(
    id: string,
    wanted: Wanted,
    inputs: { from: 0 | 1 | 2; to: 0 | 1 | 2 } | null,
  ) {
    return db.transaction(async (trx) => {
      const own = downloadsQuery(trx);
      let openInputs = 0;
      if (inputs !== null) {
        const { numUpdatedRows } = await own
          .updateTable('downloads_inputs')
          .set({ open: inputs.to, attempt: 0, retry_at: 0 })
          .where('job_id', '=', id)
          .where('open', '=', inputs.from)
          .executeTakeFirst();
        openInputs = inputs.to === 1 ? Number(numUpdatedRows) : -Number(numUpdatedRows);
      }
      return changeJob(own, id, { openInputs }, clock.now(), wanted);
    });
  }

  async function actOnJob(id: string, action: DownloadAction, actor: string): Promise<JobRow> {
    const before = await requireJob(id);
    if (!jobAllows(before, action))
      throw queueErrors.DOWNLOADS_JOB_STATE({ state: stateWords(before.state) });
    const wanted: Wanted = action === 'pause' ? 'pause' : action === 'cancel' ? 'cancel' : 'run';
    const inputs =
      action === 'cancel'
        ? ({ from: 1, to: 2 } as const)
        : action === 'retry'
          ? ({ from: 2, to: 1 } as const)
          : null;
    await want(id, wanted, inputs);
    deps.wake();
    await follow(id, action, before.state);
    await audit.write({
      actor,
      action: `downloads.job.${action}`,
      target: id,
      details: { name: before.name },
    });
    const job = await requireJob(id);
    deps.onAction?.(action, { job });
    deps.wake({ jobId: id, sweep: action === 'cancel' });
    return job;
  }

  const follow = (id: string, action: DownloadAction, state: DownloadState) =>
    spread(
      id,
      // A file that somebody cancelled by itself stays so; those of a cancelled job were cancelled with it.
      lanesFrom(action).filter(
        (lane) => action !== 'retry' || lane !== LANE.cancelled || state === 'CANCELLED',
      ),
      (job) => targetLane(action, job),
      (lane, job) => settled(action, lane, job),
    );

  return {
    requireJob,
    requireItem,
    async add(job, inputs, actor) {
      const { seeds, listed } = await sort(inputs);
      return store(job, seeds, listed, actor);
    },
    actOnJob,
    async actOnItem(id, action) {
      const item = await requireItem(id);
      const job = await requireJob(item.job_id);
      const state = stateOf(item.lane);
      if (!ACTIONS[action].from.includes(state)) {
        throw queueErrors.DOWNLOADS_ITEM_STATE({ state: stateWords(state) });
      }
      const to = targetLane(action, job);
      if (!mayBecome(state, stateOf(to)))
        throw queueErrors.DOWNLOADS_ITEM_STATE({ state: stateWords(state) });
      const moved = await db.transaction(async (trx) => {
        const own = downloadsQuery(trx);
        // A single file of a job that was cancelled or paused as a whole goes on: the job runs again, its others stay.
        const wakesJob = (action === 'resume' || action === 'retry') && job.wanted !== 'run';
        if (wakesJob) await changeJob(own, job.id, {}, clock.now(), 'run');
        return moveItems(
          own,
          {
            jobId: job.id,
            ids: [id],
            from: lanesOf(state),
            to,
            set: settled(action, to, job),
          },
          clock.now(),
        );
      });
      const row = await requireItem(id);
      if (moved === undefined) {
        throw queueErrors.DOWNLOADS_ITEM_STATE({ state: stateWords(stateOf(row.lane)) });
      }
      deps.onAction?.(action, { job: moved.job, item: row });
      deps.wake({ jobId: job.id, sweep: action === 'cancel' });
      return row;
    },
    async actOnAll(action, actor) {
      const states: readonly DownloadState[] =
        action === 'pause' ? ['PENDING', 'PROCESSING'] : ['PAUSED'];
      const jobs = await query
        .selectFrom('downloads_jobs')
        .selectAll()
        .where(({ eb, or, and }) =>
          or([
            eb('state', 'in', states),
            // Single paused items of a job that runs.
            and([eb('n_paused', '>', 0), eb('state', 'in', ['PENDING', 'PROCESSING'])]),
          ]),
        )
        .execute();
      for (const job of jobs) {
        if (jobAllows(job, action)) await actOnJob(job.id, action, actor);
      }
    },
    async setJobPriority(id, priority) {
      await requireJob(id);
      await query.updateTable('downloads_jobs').set({ priority }).where('id', '=', id).execute();
      const open = [LANE.processing, LANE.ready, LANE.later, LANE.paused, LANE.failed] as const;
      for (;;) {
        const rows = await query
          .selectFrom('downloads_items')
          .select('id')
          .where('job_id', '=', id)
          .where('lane', 'in', open)
          .where('place', '<>', -priority)
          .limit(CHUNK)
          .execute();
        if (rows.length === 0) break;
        await query
          .updateTable('downloads_items')
          .set({ place: -priority })
          .where(
            'id',
            'in',
            rows.map((row) => row.id),
          )
          .execute();
        await breathe();
      }
      deps.wake();
      return requireJob(id);
    },
    async setItemPriority(id, priority) {
      await requireItem(id);
      await query
        .updateTable('downloads_items')
        .set({ place: -priority })
        .where('id', '=', id)
        .execute();
      deps.wake();
      return requireItem(id);
    },
    async forget(id, actor) {
      const job = await requireJob(id);
      const isOpen = job.n_pending + job.n_processing + job.n_paused + job.open_inputs > 0;
      if (isOpen) throw queueErrors.DOWNLOADS_JOB_OPEN();
      await removeJob(db, id);
      await audit.write({
        actor,
        action: 'downloads.job.forgotten',
        target: id,
        details: { name: job.name },
      });
      deps.wake({ sweep: true });
    },
    async settle() {
      const jobs = await query
        .selectFrom('downloads_jobs')
        .selectAll()
        .where('wanted', '<>', 'run')
        .where('state', 'in', ['PENDING', 'PROCESSING', 'PAUSED', 'CANCELLED'])
        .where(({ eb, or }) =>
          or([eb('n_pending', '>', 0), eb('n_processing', '>', 0), eb('n_paused', '>', 0)]),
        )
        .execute();
      for (const job of jobs) {
        await follow(job.id, job.wanted === 'pause' ? 'pause' : 'cancel', job.state);
      }
    },
  };
}

function jobAllows(job: JobRow, action: DownloadAction): boolean {
  const { state } = job;
  if (action === 'retry') return job.n_failed > 0 || state === 'CANCELLED';
  if (action === 'resume') return state === 'PAUSED' || job.n_paused > 0;
  return ACTIONS[action].from.includes(state);
}

/** Takes the items of a job into its numbers. Only in the transaction that makes or locks the job. */
export async function insertItems(
  trx: DownloadsQuery,
  seeds: readonly ItemSeed[],
  job: JobRow,
  deps: { box: RefBox; now: number },
) {
  const counts: Partial<Record<DownloadState, number>> = {};
  let sizeBytes = 0;
  for (let first = 0; first < seeds.length; first += ROWS_AT_ONCE) {
    if (first > 0) await breathe();
    const rows = newItems(seeds.slice(first, first + ROWS_AT_ONCE), job, { ...deps, first });
    await insertRows(trx, 'downloads_items', rows);
    for (const row of rows) {
      const state = stateOf(row.lane);
      counts[state] = (counts[state] ?? 0) + 1;
      sizeBytes += row.size_bytes ?? 0;
    }
  }
  return { counts, sizeBytes };
}

async function insertRows(
  trx: DownloadsQuery,
  table: 'downloads_items' | 'downloads_inputs',
  rows: readonly (ItemRow | InputRow)[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  await bulkInsert(trx, {
    table,
    columns,
    rows: rows.map((row) => columns.map((column) => (row as never)[column] as Value)),
  });
}

/** A job with its items; files of the library stay. Some hundreds at a time, the job last. */
export async function removeJob(db: Database, id: string): Promise<void> {
  const query = downloadsQuery(db);
  for (;;) {
    const rows = await query
      .selectFrom('downloads_items')
      .select('id')
      .where('job_id', '=', id)
      .limit(CHUNK)
      .execute();
    if (rows.length === 0) break;
    const ids = rows.map((row) => row.id);
    await query.deleteFrom('downloads_items').where('id', 'in', ids).execute();
    await breathe();
  }
  await query.deleteFrom('downloads_inputs').where('job_id', '=', id).execute();
  await query.deleteFrom('downloads_jobs').where('id', '=', id).execute();
}

/** Its link is a secret as far as it has a query: the name says what it was. */
function unusable(url: string, error: AppError): ItemSeed {
  const shown = url.replace(/(?<=.)[?#].*$/s, '').replace(/\/\/[^/@]*@/, '//');
  const failure = toItemFailure(error);
  return {
    source: 'http',
    file: {
      ref: shown,
      name: shown.slice(0, 300),
      sizeBytes: null,
      hashes: {},
      primary: true,
      model: null,
      barrier: null,
    },
    failure,
  };
}

function defaultName(seeds: readonly ItemSeed[], listed: readonly StoredInput[]): string {
  const first = seeds[0]?.fileName ?? seeds[0]?.file.name;
  if (first !== undefined) {
    const others = seeds.length + listed.length - 1;
    return (others > 0 ? `${first} +${others}` : first).slice(0, 300);
  }
  const input = listed[0]?.input;
  if (input === undefined) return '—';
  const what = 'id' in input ? input.id : 'search' in input ? input.search.query : input.ref;
  return `${input.kind} ${what}`.slice(0, 300);
}

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));
