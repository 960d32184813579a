import { availableParallelism } from 'node:os';
import type { FeatureParameter } from '@kizashi/series';
import type { SeriesLayout, TimeKind } from '../../../core/series-source/contract.ts';
import { withJoinedTime } from '../../../core/series-source/joined-time.ts';
import { type Columns, columnsOf } from '../../../core/series-source/layout.ts';
import { openFile } from '../../../core/series-source/open-file.ts';
import { type ReadSeries, readSeries } from '../../../core/series-source/read-series.ts';
import { drawsAt, gameOf, numberSeries } from '../draws.ts';
import { FIRST_HOLIDAY_YEAR, holidaysOf } from '../holidays.ts';
import { checkedParameters, findSet, readParameters } from '../sets.ts';
import { createExtractor, type ExtractSeries, type ExtractTask } from './extract-task.ts';

/** Below this many points the start of threads costs more than they save. */
const ALONE_POINTS = 20_000;
/** Points that a thread is given at once. */
const TASK_POINTS = 10_000;

export interface ExtractOptions {
  readonly file: string;
  readonly layout: SeriesLayout;
  readonly set: string;
  /** `name=value` as typed. */
  readonly parameters: readonly string[];
  /** ISO country of the holidays in calendar sets; `none` for none. */
  readonly country?: string;
  readonly threads?: number;
  /** Gets each series with its features as JSON, in the order of the file. */
  readonly onSeries: (id: string, json: string) => void;
}

export interface ExtractSummary {
  readonly series: number;
  readonly points: number;
  readonly rowsRejected: number;
  readonly duplicates: number;
  readonly kind: 'summary' | 'columns';
}

/**
 * The features of every series of a file, without server or database. Reads the file first, then a few series at a time.
 * @throws FEATURES_SET_UNKNOWN, FEATURES_PARAMETER_INVALID, SERIES_…
 */
export async function extractFeatures(options: ExtractOptions): Promise<ExtractSummary> {
  const set = findSet(options.set);
  const parameters = {
    ...(set.pipeline === 'calendar' ? await holidayParameter(options.country ?? 'JP') : {}),
    ...readParameters(set, options.parameters),
  };
  checkedParameters(set, parameters);
  const source = await openFile(options.file, options.layout);
  try {
    const table = withJoinedTime(source, options.layout);
    const columns = columnsOf(table, options.layout);
    const read = await readSeries(table, columns);
    try {
      const points = read.rowsRead - read.rowsRejected;
      const { timeKind } = columns;
      const job = { set: set.name, parameters, timeKind };
      const counted =
        set.pipeline === 'lottery'
          ? extractDraws(read, job, columns, options)
          : points < ALONE_POINTS || read.names.length === 1
            ? extractHere(read, job, options)
            : await extractInThreads(read, job, options);
      return {
        series: read.names.length,
        points: counted.points,
        rowsRejected: read.rowsRejected,
        duplicates: counted.duplicates,
        kind: set.kind,
      };
    } finally {
      read.spool.close();
    }
  } finally {
    await source.close();
  }
}

interface Job {
  readonly set: string;
  readonly parameters: Readonly<Record<string, FeatureParameter>>;
  readonly timeKind: TimeKind;
}

function extractHere(read: ReadSeries, job: Job, { onSeries }: ExtractOptions) {
  const extract = createExtractor(findSet(job.set), job.parameters, job.timeKind);
  const idOf = createIds(read);
  const counted = { points: 0, duplicates: 0 };
  for (const { series, t, y, duplicates } of read.spool.drain()) {
    counted.points += t.length;
    counted.duplicates += duplicates;
    const id = idOf(series);
    onSeries(id, extract({ id, t, y }));
  }
  return counted;
}

/** Series of a number game are looked at together: a draw is a value of each. Their files are small. */
function extractDraws(read: ReadSeries, job: Job, columns: Columns, { onSeries }: ExtractOptions) {
  const extract = createExtractor(findSet(job.set), job.parameters, job.timeKind);
  const idOf = createIds(read);
  const all = [...read.spool.drain()].map((series) => ({
    ...series,
    ...read.names[series.series]!,
  }));
  const counted = { points: 0, duplicates: 0 };
  for (const { series, loto, t, y, x, duplicates } of all) {
    counted.points += t.length;
    counted.duplicates += duplicates;
    const game = gameOf(loto);
    const wanted = game === undefined ? [] : numberSeries(game);
    const siblings = wanted.flatMap(
      (id) => all.find((other) => other.loto === loto && other.uniqueId === id) ?? [],
    );
    const exogenous = Object.fromEntries(columns.exogenous.map(({ name }, i) => [name, x[i]!]));
    const group = game === undefined ? {} : { game, draws: drawsAt(t, siblings, exogenous) };
    const id = idOf(series);
    onSeries(id, extract({ id, t, y, ...group }));
  }
  return counted;
}

/** Holidays to ten years from now. */
async function holidayParameter(country: string): Promise<Record<string, FeatureParameter>> {
  if (country === 'none') return {};
  const lastYear = new Date().getUTCFullYear() + 10;
  return { holidays: await holidaysOf(country, FIRST_HOLIDAY_YEAR, lastYear) };
}

async function extractInThreads(read: ReadSeries, job: Job, options: ExtractOptions) {
  const { createCompute } = await import('../../../core/compute/worker-pool.ts');
  const threads = options.threads ?? availableParallelism();
  const compute = createCompute({ threads });
  const module = new URL('./extract-task.ts', import.meta.url);
  const idOf = createIds(read);
  const counted = { points: 0, duplicates: 0 };
  const waiting: { ids: string[]; texts: Promise<string[]> }[] = [];
  let batch: ExtractSeries[] = [];
  let batchPoints = 0;

  const start = (): void => {
    const task: ExtractTask = { ...job, series: batch };
    const transfer = batch.flatMap(({ t, y }) => [
      t.buffer as ArrayBuffer,
      y.buffer as ArrayBuffer,
    ]);
    const texts = compute.run<string[]>(module, task, { transfer });
    texts.catch(() => {});
    waiting.push({ ids: batch.map(({ id }) => id), texts });
    batch = [];
    batchPoints = 0;
  };
  const finishOne = async (): Promise<void> => {
    const { ids, texts } = waiting.shift()!;
    for (const [i, text] of (await texts).entries()) options.onSeries(ids[i]!, text);
  };

  try {
    for (const { series, t, y, duplicates } of read.spool.drain()) {
      counted.points += t.length;
      counted.duplicates += duplicates;
      batch.push({ id: idOf(series), t, y });
      batchPoints += t.length;
      if (batchPoints < TASK_POINTS) continue;
      // No more in flight than keeps the threads busy: memory stays bounded.
      while (waiting.length > 2 * threads) await finishOne();
      start();
    }
    if (batch.length > 0) start();
    while (waiting.length > 0) await finishOne();
    return counted;
  } finally {
    await compute.stop();
  }
}

/** The series' own name, behind that of its group where there are several groups. */
function createIds({ names }: ReadSeries): (series: number) => string {
  const several = names.some(({ loto }) => loto !== names[0]!.loto);
  return (series) => {
    const { loto, uniqueId } = names[series]!;
    return several ? `${loto}/${uniqueId}` : uniqueId;
  };
}
