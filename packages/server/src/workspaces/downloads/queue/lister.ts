import type { Clock } from '../../../core/clock.ts';
import { fromJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { AppError } from '../../../core/errors.ts';
import { backoffDelay } from '../../../core/jobs/backoff.ts';
import type { Logger } from '../../../core/log.ts';
import { MAX_ITEMS } from '../contract.ts';
import type { SourceFile } from '../sources/source.ts';
import { changeJob, findJob, itemsOf } from '../store/jobs.ts';
import { downloadsQuery, type InputRow, type JobRow, type StoredInput } from '../store/tables.ts';
import { queueErrors } from './errors.ts';
import { toItemFailure } from './failure.ts';
import type { ItemSeed, RefBox } from './new-item.ts';
import { insertItems } from './queue.ts';
import type { SourceSet } from './source-set.ts';

const BASE_MS = 2_000;
const CAP_MS = 600_000;

/** Turns inputs into items, page by page. A page and where the next begins are kept together, so a killed process repeats none. */
export interface Lister {
  /** Lists one page of one input that is due; undefined when there is none. Gives the job it belongs to. */
  next(signal: AbortSignal): Promise<ListedPage | undefined>;
}
export interface ListedPage {
  readonly job: JobRow;
  readonly before: JobRow['state'];
}

export function createLister(deps: {
  db: Database;
  clock: Clock;
  log: Logger;
  random: () => number;
  box: RefBox;
  sources: SourceSet;
  maxAttempts: () => number;
}): Lister {
  const { db, clock, log, box, sources } = deps;
  const query = downloadsQuery(db);
  let lastNow = 0;

  /** Items of a page, and what becomes of its input, in one transaction; nothing when the job wants it no more. */
  async function keep(
    input: InputRow,
    seeds: readonly ItemSeed[],
    set: Partial<InputRow>,
  ): Promise<ListedPage | undefined> {
    return db.transaction(async (trx) => {
      const own = downloadsQuery(trx);
      const { numUpdatedRows } = await own
        .updateTable('downloads_inputs')
        .set(set)
        .where('id', '=', input.id)
        .where('open', '=', 1)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return undefined;
      // Takes the row's lock before its `wanted` is read.
      const locked = await changeJob(own, input.job_id, {}, clock.now());
      if (locked === undefined) return undefined;
      // Moves on with each page, so that later pages sort later.
      lastNow = Math.max(clock.now(), locked.job.created_at + 1, lastNow + 1);
      const now = lastNow;
      const added = await insertItems(own, seeds, locked.job, { box, now });
      const openInputs = set.open === 0 ? -1 : 0;
      const changed = await changeJob(own, input.job_id, { ...added, openInputs }, now);
      return changed && { job: changed.job, before: locked.before };
    });
  }

  async function list(input: InputRow, signal: AbortSignal): Promise<ListedPage | undefined> {
    const stored = fromJson(input.body);
    const job = await findJob(query, input.job_id);
    if (job === undefined) return undefined;
    const source = sources.get(stored.source);
    const page = await source.list(stored.input, input.page_cursor, signal);
    const room = MAX_ITEMS - itemsOf(job);
    const wanted = 'models' in stored.input ? stored.input.models - input.listed : Infinity;
    const { files, models } = firstModels(page.files, wanted);
    const chosen = chooseFiles(files, job.files, stored);
    const seeds: ItemSeed[] = chosen.slice(0, room).map((file) => ({
      source: stored.source,
      file,
      ...(chosen.length === 1 && input.page_cursor === null ? { fileName: stored.fileName } : {}),
      hashes: stored.hashes,
    }));
    if (chosen.length > room) {
      seeds.push(failedSeed(stored, queueErrors.DOWNLOADS_TOO_MANY_ITEMS({ limit: MAX_ITEMS })));
    }
    const isLast = page.nextCursor === null || chosen.length > room || models >= wanted;
    return keep(input, seeds, {
      page_cursor: page.nextCursor,
      listed: input.listed + models,
      attempt: 0,
      retry_at: 0,
      ...(isLast ? { open: 0 as const } : {}),
    });
  }

  async function failed(input: InputRow, error: unknown): Promise<ListedPage | undefined> {
    if (!(error instanceof AppError)) log.error({ err: error }, 'downloads.list.failed');
    const attempt = input.attempt + 1;
    const retryable = error instanceof AppError && error.retryable;
    if (retryable && attempt < deps.maxAttempts()) {
      const asked = Number(error.params.seconds);
      const wait = Number.isFinite(asked)
        ? asked * 1000
        : backoffDelay(BASE_MS, attempt, CAP_MS, deps.random);
      await query
        .updateTable('downloads_inputs')
        .set({ attempt, retry_at: clock.now() + wait })
        .where('id', '=', input.id)
        .execute();
      return undefined;
    }
    return keep(input, [failedSeed(fromJson(input.body), error)], { open: 0 });
  }

  return {
    async next(signal) {
      const input = await query
        .selectFrom('downloads_inputs')
        .selectAll()
        .where('open', '=', 1)
        .where('retry_at', '<=', clock.now())
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('downloads_jobs')
              .select('downloads_jobs.id')
              .whereRef('downloads_jobs.id', '=', 'downloads_inputs.job_id')
              .where('wanted', '=', 'run'),
          ),
        )
        .orderBy('retry_at')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      if (input === undefined) return undefined;
      try {
        return await list(input, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        return failed(input, error);
      }
    },
  };
}

/** A file that somebody named is that file; of models the primary one or all, as the job says. */
function chooseFiles(
  files: readonly SourceFile[],
  choice: 'primary' | 'all',
  { input }: StoredInput,
): readonly SourceFile[] {
  if (choice === 'all' || input.kind === 'file') return files;
  const versions = Map.groupBy(files, (file) => file.model?.versionId ?? file.ref);
  // Of a repository at the Hugging Face hub all files are primary: they belong together.
  return [...versions.values()].flatMap((of) => {
    const primary = of.filter((file) => file.primary);
    return primary.length > 0 ? primary : of.slice(0, 1);
  });
}

/** Files of at most so many models, and of how many they are. */
function firstModels(files: readonly SourceFile[], wanted: number) {
  const ids = new Set<string>();
  const taken = files.filter((file) => {
    const id = file.model?.id ?? file.ref;
    if (ids.size < wanted) ids.add(id);
    return ids.has(id);
  });
  return { files: taken, models: ids.size };
}

function failedSeed(stored: StoredInput, error: unknown): ItemSeed {
  const { input } = stored;
  const what = 'id' in input ? input.id : 'search' in input ? input.search.query : input.ref;
  return {
    source: stored.source,
    file: {
      ref: '',
      name: stored.fileName ?? `${input.kind} ${what}`.replace(/\?.*$/s, '').slice(0, 300),
      sizeBytes: null,
      hashes: {},
      primary: true,
      model: null,
      barrier: null,
    },
    failure: toItemFailure(error),
  };
}
