import { createZoneCalendar, isoDate } from '@kizashi/series';
import type { Transaction } from 'kysely';
import { type AnyQuery, dialectOf } from '../../../core/db/dialects/dialect.ts';
import { openDatabase } from '../../../core/db/open-database.ts';
import { firstIdAt } from '../../../core/ids.ts';
import { createLogger } from '../../../core/log.ts';
import type { EventKind } from '../contract.ts';
import { failurePattern } from './failure-pattern.ts';
import type { AnalyticsFigures } from './figures.ts';
import {
  createNumbers,
  createOutcomes,
  type HalfFigures,
  type Named,
  type Numbers,
  OUTCOMES,
  type OutcomeRow,
  type Outcomes,
} from './outcomes.ts';
import { recommend } from './recommendations.ts';
import { type EventTables, eventsQuery } from './tables.ts';

const MAX_NAMES = 30;
/** Fewer downloads than this in either half show no trend. */
const LEAST_OF_HALF = 5;

export interface AnalysisTask {
  readonly databaseUrl: string;
  /** UTC epoch ms; `to` is not part of it. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
}

type Query = Transaction<EventTables>;

/** Reads a range of events in a worker thread: the ends of downloads and the times of requests in one pass each. */
export async function run(task: AnalysisTask): Promise<AnalyticsFigures> {
  const log = createLogger({ level: 'silent' });
  const db = await openDatabase({ url: task.databaseUrl, poolSize: 1, log });
  try {
    // One view of the table for all questions, and what a cursor needs on PostgreSQL.
    return await eventsQuery(db)
      .transaction()
      .execute((trx) => analyse(trx, task));
  } finally {
    await db.stop();
  }
}

async function analyse(query: Query, task: AnalysisTask): Promise<AnalyticsFigures> {
  const { from, to, timeZone } = task;
  const counts = await countKinds(query, task);
  const outcomes = await readOutcomes(query, task);
  const apiMs = await readApiTimes(query, task);
  const verdicts = await countVerdicts(query, task);
  const messages = await lastMessages(query, task, topFailures(outcomes));
  const count = (kind: EventKind) => counts.get(kind) ?? 0;
  const completed = outcomes.counts.download_completed;
  // A failure before the range, or after which the process ended, may lack its other half.
  const failed = Math.max(0, outcomes.counts.download_failed);
  const ended = completed + failed;
  const { download_linked: linked, download_cancelled: cancelled } = outcomes.counts;
  const figures: Omit<AnalyticsFigures, 'recommendations'> = {
    ...{ from, to, timeZone },
    usage: {
      downloads: completed + failed + cancelled + linked,
      ...{ completed, failed, cancelled, linked },
      bytes: outcomes.bytes,
      savedBytes: outcomes.savedBytes,
      wastedBytes: outcomes.wastedBytes,
      searches: count('search_performed'),
      apiRequests: count('api_request'),
      successRate: ended === 0 ? null : completed / ended,
    },
    performance: {
      medianBytesPerSecond: outcomes.speeds.quantile(0.5),
      p10BytesPerSecond: outcomes.speeds.quantile(0.1),
      p90BytesPerSecond: outcomes.speeds.quantile(0.9),
      medianSeconds: outcomes.seconds.quantile(0.5),
      medianApiMs: apiMs.quantile(0.5),
      p95ApiMs: apiMs.quantile(0.95),
      retriesPerDownload: ended === 0 ? null : outcomes.counts.download_retried / ended,
    },
    days: daysOf(outcomes, task),
    trends: trendsOf(outcomes.halves),
    sources: namedOf(outcomes.sources),
    hosts: topHosts(outcomes).map(([name, host]) => ({
      ...{ name, count: host.count, bytes: host.bytes, failures: host.failures },
      medianBytesPerSecond: host.speeds.quantile(0.5),
    })),
    types: namedOf(outcomes.types),
    verdicts,
    hours: outcomes.hours.map(({ count, bytes }, hour) => ({ hour, count, bytes })),
    failures: topFailures(outcomes).map(([code, failure]) => ({
      code,
      message: messages.get(code) ?? null,
      count: failure.count,
      hosts: [...failure.hosts]
        .sort((a, b) => b[1] - a[1])
        .slice(0, MAX_NAMES)
        .map(([host]) => host),
      lastAt: failure.lastAt,
      pattern: failurePattern(failure, outcomes.hosts.size, outcomes.sizes),
    })),
  };
  return { ...figures, recommendations: recommend(figures, outcomes) };
}

async function countKinds(query: Query, task: AnalysisTask): Promise<Map<EventKind, number>> {
  const rows = await query
    .selectFrom('downloads_events')
    .select((by) => ['kind', by.fn.countAll<number>().as('count')])
    .where('kind', 'in', ['search_performed', 'api_request'])
    .where('id', '>=', firstIdAt(task.from))
    .where('id', '<', firstIdAt(task.to))
    .groupBy('kind')
    .execute();
  return new Map(rows.map((row) => [row.kind, Number(row.count)]));
}

async function countVerdicts(query: Query, task: AnalysisTask) {
  const rows = await query
    .selectFrom('downloads_events')
    .select((by) => ['code', by.fn.countAll<number>().as('count')])
    .where('kind', '=', 'file_scanned')
    .where('id', '>=', firstIdAt(task.from))
    .where('id', '<', firstIdAt(task.to))
    .groupBy('code')
    .execute();
  return rows
    .map((row) => ({ name: row.code ?? '', count: Number(row.count) }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

async function readOutcomes(query: Query, task: AnalysisTask): Promise<Outcomes> {
  const outcomes = createOutcomes(task.timeZone, (task.from + task.to) / 2);
  // One kind after the other: each comes in the order of time, which is what the local clock is fast at.
  for (const kind of OUTCOMES) {
    const select = `select at, kind, source, host, bytes, duration_ms, code, model_type, size_bytes, wasted_bytes
      from downloads_events where ${rangeOf(kind, task)} order by id`;
    for await (const rows of rowsOf(query, select)) {
      for (const row of rows) outcomes.add(row as unknown as OutcomeRow);
    }
  }
  return outcomes.figures;
}

async function readApiTimes(query: Query, task: AnalysisTask): Promise<Numbers> {
  const times = createNumbers();
  const select = `select duration_ms from downloads_events where ${rangeOf('api_request', task)}`;
  for await (const rows of rowsOf(query, select)) {
    for (const { duration_ms: ms } of rows) if (ms !== null) times.add(Number(ms));
  }
  return times;
}

/** Ids and kinds are our own words: nothing of a caller comes into the statement. */
function rangeOf(kind: EventKind, { from, to }: AnalysisTask): string {
  return `kind = '${kind}' and id >= '${firstIdAt(from)}' and id < '${firstIdAt(to)}'`;
}

function rowsOf(query: Query, select: string) {
  const any = query as unknown as AnyQuery;
  return dialectOf(any).readRows(any, select);
}

async function lastMessages(
  query: Query,
  task: AnalysisTask,
  failures: ReturnType<typeof topFailures>,
): Promise<Map<string, { en: string; ja: string }>> {
  const messages = new Map<string, { en: string; ja: string }>();
  for (const [code, { lastAt }] of failures) {
    const row = await query
      .selectFrom('downloads_events')
      .select('details')
      .where('kind', '=', 'download_failed')
      .where('code', '=', code)
      .where('id', '>=', firstIdAt(lastAt))
      .where('id', '<', firstIdAt(task.to))
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    const message = row && (JSON.parse(row.details) as { message?: { en: string; ja: string } });
    if (message?.message) messages.set(code, message.message);
  }
  return messages;
}

function topFailures(outcomes: Outcomes) {
  return [...outcomes.failures].sort((a, b) => b[1].count - a[1].count).slice(0, MAX_NAMES);
}

function topHosts(outcomes: Outcomes) {
  return [...outcomes.hosts]
    .filter(([name]) => name !== '')
    .sort((a, b) => b[1].bytes - a[1].bytes || b[1].failures - a[1].failures)
    .slice(0, MAX_NAMES);
}

function namedOf(groups: ReadonlyMap<string, Named>) {
  return [...groups]
    .map(([name, { count, bytes }]) => ({ name, count, bytes }))
    .sort((a, b) => b.bytes - a.bytes || b.count - a.count)
    .slice(0, MAX_NAMES);
}

function daysOf(outcomes: Outcomes, { from, to, timeZone }: AnalysisTask) {
  const calendar = createZoneCalendar(timeZone);
  const days = [];
  for (let day = calendar.dayOf(from); day <= calendar.dayOf(to - 1); day++) {
    const figures = outcomes.days.get(day);
    days.push({
      day: isoDate(day),
      completed: figures?.completed ?? 0,
      failed: Math.max(0, figures?.failed ?? 0),
      bytes: figures?.bytes ?? 0,
      medianBytesPerSecond: figures?.speeds.quantile(0.5) ?? null,
    });
  }
  return days;
}

function trendsOf([first, second]: readonly [HalfFigures, HalfFigures]) {
  const enough = first.downloads >= LEAST_OF_HALF && second.downloads >= LEAST_OF_HALF;
  const change = (a: number | null, b: number | null) =>
    enough && a !== null && b !== null && a > 0 ? b / a - 1 : null;
  const failureRate = (half: HalfFigures) => {
    const failed = Math.max(0, half.failed);
    return failed / (failed + half.downloads);
  };
  return {
    downloads: change(first.downloads, second.downloads),
    bytes: change(first.bytes, second.bytes),
    bytesPerSecond: change(first.speeds.quantile(0.5), second.speeds.quantile(0.5)),
    failureRate: change(failureRate(first), failureRate(second)),
  };
}
