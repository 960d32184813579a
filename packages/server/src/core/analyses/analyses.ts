import { createReadStream } from 'node:fs';
import { access, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Compute } from '../compute/compute.ts';
import type { Locale } from '../errors.ts';
import { createId } from '../ids.ts';
import type { JobDefinition, JobRecord, Queue } from '../jobs/queue.ts';
import type { Prune } from '../prune/prune.ts';
import { stateWords } from '../state-words.ts';
import { receiveUpload } from '../upload/receive-upload.ts';
import type { AnalysisTask } from './analysis-task.ts';
import { type AnalysisKind, analysisKindSchema, analysisOptions } from './contract.ts';
import { analysesErrors } from './errors.ts';
import { resultName } from './result-name.ts';

const JOB = 'core.analyse';
const NAME_CHARS = 120;

const payloadSchema = z.object({
  folder: z.string(),
  name: z.string(),
  kind: analysisKindSchema,
  options: z.unknown(),
  userId: z.string(),
});
type Payload = z.infer<typeof payloadSchema>;

/** An analysis is a task of the queue and a folder of this machine with its file and its result. */
export interface AnalysisRecord {
  readonly job: JobRecord;
  readonly name: string;
  readonly kind: AnalysisKind;
}

export interface Submission {
  readonly kind: AnalysisKind;
  readonly name: string;
  /** JSON. */
  readonly options: string;
  readonly userId: string;
  readonly actor: string;
}

/** Forecasts, anomalies, customers … of a file that somebody brings, without storing what is in it. */
export interface Analyses {
  // biome-ignore lint/suspicious/noExplicitAny: a list of jobs with different payloads has no common type parameter
  readonly jobs: readonly JobDefinition<any>[];
  readonly prune: Prune;
  /** @throws ANALYSES_OPTIONS_INVALID, and as `receiveUpload` */
  submit(source: Readable, submission: Submission): Promise<AnalysisRecord>;
  /** Of that person's own. @throws ANALYSES_NOT_FOUND */
  require(id: string, userId: string): Promise<AnalysisRecord>;
  /** The document, its words in that language. @throws ANALYSES_NOT_FOUND, ANALYSES_NOT_DONE */
  result(id: string, userId: string, locale: Locale): Promise<Readable>;
  /** Cancels it, and removes its file and result. @throws ANALYSES_NOT_FOUND */
  remove(id: string, userId: string): Promise<void>;
}

export function createAnalyses(deps: {
  readonly folder: string;
  readonly limitMb: number;
  /** How long files and results are kept. */
  readonly keptMs: number;
  readonly queue: Queue;
  readonly compute: Compute;
  readonly clock: Clock;
}): Analyses {
  const { queue, clock, compute } = deps;
  const inFolder = (folder: string, name: string): string => join(deps.folder, folder, name);
  const filePath = ({ folder, name }: Payload): string => inFolder(folder, fileName(name));

  const job: JobDefinition<Payload> = {
    name: JOB,
    payload: payloadSchema,
    timeoutMs: 3_600_000,
    maxAttempts: 2,
    backoffMs: 1000,
    concurrency: 2,
    async handler(payload, { signal, progress }) {
      const { port1, port2 } = new MessageChannel();
      port1.on('message', (told: Parameters<typeof progress>) => progress(...told));
      const task: AnalysisTask = {
        kind: payload.kind,
        options: payload.options,
        file: filePath(payload),
        folder: join(deps.folder, payload.folder),
        port: port2,
      };
      try {
        const module = new URL('./analysis-task.ts', import.meta.url);
        await compute.run<void>(module, task, { signal, transfer: [port2] });
      } finally {
        port1.close();
      }
      await rm(task.file, { force: true });
    },
  };

  async function find(id: string, userId: string): Promise<[JobRecord, Payload]> {
    const record = await queue.get(id);
    const payload = payloadSchema.safeParse(record?.name === JOB ? record.payload : undefined);
    if (record === undefined || !payload.success || payload.data.userId !== userId) {
      throw analysesErrors.ANALYSES_NOT_FOUND();
    }
    return [record, payload.data];
  }

  const analyses: Analyses = {
    jobs: [job],
    prune: {
      name: 'analyses.files',
      async remove(now, limit) {
        const folders = await readdir(deps.folder).catch(() => []);
        let removed = 0;
        for (const folder of folders) {
          const { mtimeMs } = await stat(join(deps.folder, folder));
          if (removed === limit || mtimeMs >= now - deps.keptMs) continue;
          await rm(join(deps.folder, folder), { recursive: true, force: true });
          removed++;
        }
        return removed;
      },
    },
    async submit(source, { kind, name, options, userId, actor }) {
      const payload: Payload = {
        ...{ kind, name, userId },
        options: checked(kind, options),
        folder: createId(clock.now()),
      };
      await mkdir(deps.folder, { recursive: true });
      await receiveUpload(source, { path: filePath(payload), name, limitMb: deps.limitMb });
      const id = await queue.enqueue(JOB, payload, { requestedBy: actor });
      return analyses.require(id, userId);
    },
    async require(id, userId) {
      const [record, { name, kind }] = await find(id, userId);
      return { job: record, name, kind };
    },
    async result(id, userId, locale) {
      const [{ state }, { folder }] = await find(id, userId);
      if (state !== 'done') throw analysesErrors.ANALYSES_NOT_DONE({ state: stateWords(state) });
      // Documents without words are there in one language only.
      for (const own of [locale, 'en'] as const) {
        const path = inFolder(folder, resultName(own));
        if (await exists(path)) return createReadStream(path);
      }
      throw analysesErrors.ANALYSES_NOT_FOUND();
    },
    async remove(id, userId) {
      const [, { folder }] = await find(id, userId);
      await queue.cancel(id);
      // Its thread is being ended, and may still write.
      await rm(join(deps.folder, folder), { recursive: true, force: true, maxRetries: 3 });
    },
  };
  return analyses;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The name that a person gave, as a file can have it: messages about the file repeat it. */
function fileName(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N} ._()-]/gu, '_').slice(-NAME_CHARS);
  return safe.startsWith('.') || /^result\.\w+\.json/.test(safe) ? `_${safe}` : safe;
}

/** @throws ANALYSES_OPTIONS_INVALID */
function checked(kind: AnalysisKind, json: string): unknown {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch (cause) {
    throw analysesErrors.ANALYSES_OPTIONS_INVALID({ problems: 'JSON' }, { cause });
  }
  const options = analysisOptions[kind].safeParse(given);
  if (options.success) return options.data;
  const problems = options.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw analysesErrors.ANALYSES_OPTIONS_INVALID({ problems: problems.join('; ') });
}
