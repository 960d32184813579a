import { availableParallelism, cpus, totalmem } from 'node:os';
import {
  chartTicks,
  type KeyFigure,
  type ReportBlock,
  type ReportDocument,
  type ReportFormat,
} from '../../../core/reports/reports.ts';
import type { DownloadAnalytics, OptimiserView } from '../contract.ts';
import { REPORT_WORDS } from './report-words.ts';

/** What the report is made of; the JSON form is exactly this. */
export interface DownloadsReport {
  /** UTC epoch ms. */
  readonly createdAt: number;
  readonly organisation: string;
  readonly machine: Machine;
  readonly analytics: DownloadAnalytics;
  readonly optimiser: Pick<OptimiserView, 'mode' | 'networkClass' | 'last' | 'hosts'>;
}

interface Machine {
  readonly processor: string;
  readonly processors: number;
  readonly memoryBytes: number;
  readonly node: string;
  readonly platform: string;
}

export function thisMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() || process.arch,
    processors: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.version,
    platform: process.platform,
  };
}

const MAX_HOSTS = 15;

/** The report for people. */
export function downloadsReport(report: DownloadsReport, words: ReportFormat): ReportDocument {
  const { analytics } = report;
  const w = REPORT_WORDS[words.locale];
  const nothing = analytics.usage.downloads === 0 && analytics.failures.length === 0;
  const period = w.period(
    words.day(analytics.from),
    words.day(analytics.to - 1),
    analytics.timeZone,
  );
  return {
    locale: words.locale,
    title: w.title,
    subtitle: period,
    createdAt: report.createdAt,
    footer: w.footer(report.organisation, words.moment(report.createdAt)),
    blocks: [
      ...(nothing ? [{ kind: 'text', text: w.empty } as const] : []),
      ...glance(report, words),
      ...(nothing ? [] : [...course(analytics, words), ...origins(analytics, words)]),
      ...safety(analytics, words),
      ...failures(analytics, words),
      ...optimiser(report, words),
      { kind: 'heading', text: w.read },
      { kind: 'list', items: [...w.notes, w.machine(machineText(report.machine, words))] },
    ],
  };
}

function glance({ analytics }: DownloadsReport, words: ReportFormat): ReportBlock[] {
  const { usage, performance, recommendations } = analytics;
  const w = REPORT_WORDS[words.locale];
  const whole = (value: number) => words.number(value, 0);
  const or = (value: number | null, text: (value: number) => string) =>
    value === null ? '–' : text(value);
  const came = usage.bytes + usage.wastedBytes;
  const items: KeyFigure[] = [
    {
      label: w.completed,
      value: whole(usage.completed),
      ...(usage.successRate !== null && { note: w.ofEnded(words.percent(usage.successRate)) }),
    },
    { label: w.received, value: words.bytes(usage.bytes) },
    {
      label: w.speed,
      value: or(performance.medianBytesPerSecond, words.speed),
      ...(performance.p10BytesPerSecond !== null &&
        performance.p90BytesPerSecond !== null && {
          note: w.speedRange(
            words.speed(performance.p10BytesPerSecond),
            words.speed(performance.p90BytesPerSecond),
          ),
        }),
    },
    { label: w.duration, value: or(performance.medianSeconds, words.duration) },
    { label: w.failed, value: whole(usage.failed) },
    { label: w.retries, value: or(performance.retriesPerDownload, (n) => words.number(n, 2)) },
    {
      label: w.wasted,
      value: words.bytes(usage.wastedBytes),
      ...(came > 0 && { note: w.ofReceived(words.percent(usage.wastedBytes / came)) }),
    },
    {
      label: w.linked,
      value: whole(usage.linked),
      ...(usage.savedBytes > 0 && { note: w.saved(words.bytes(usage.savedBytes)) }),
    },
    { label: w.cancelled, value: whole(usage.cancelled) },
    { label: w.searches, value: whole(usage.searches) },
    {
      label: w.requests,
      value: whole(usage.apiRequests),
      ...(performance.medianApiMs !== null &&
        performance.p95ApiMs !== null && {
          note: w.api(whole(performance.medianApiMs), whole(performance.p95ApiMs)),
        }),
    },
  ];
  return [
    { kind: 'heading', text: w.glance },
    { kind: 'figures', items },
    { kind: 'heading', text: w.advice },
    recommendations.length === 0
      ? { kind: 'text', text: w.noAdvice, muted: true }
      : { kind: 'list', items: recommendations.map(({ text }) => text) },
  ];
}

function course(analytics: DownloadAnalytics, words: ReportFormat): ReportBlock[] {
  const w = REPORT_WORDS[words.locale];
  const { days, hours, trends } = analytics;
  const labels = days.map(({ day }) => `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`);
  const chart = (
    form: 'bars' | 'line',
    title: string,
    values: readonly (number | null)[],
    text: (value: number) => string,
    names = labels,
  ): ReportBlock => {
    const sum = values.reduce<number>((total, value) => total + (value ?? 0), 0);
    const highest = text(Math.max(0, ...values.map((value) => value ?? 0)));
    return {
      ...{ kind: 'chart', form, title, labels: names, values },
      // Speeds do not add up.
      description: form === 'line' ? highest : w.chart(highest, text(sum)),
      ticks: chartTicks(values, text),
    };
  };
  return [
    { kind: 'heading', text: w.course },
    chart(
      'bars',
      w.bytesByDay,
      days.map((day) => day.bytes),
      words.bytes,
    ),
    chart(
      'line',
      w.speedByDay,
      days.map((day) => day.medianBytesPerSecond),
      words.speed,
    ),
    chart(
      'bars',
      w.byHour,
      hours.map((hour) => hour.count),
      (value) => words.number(value),
      hours.map(({ hour }) => String(hour)),
    ),
    {
      ...{ kind: 'table', caption: w.trends, empty: w.none },
      columns: [{ title: w.measure }, { title: w.change, align: 'right' }],
      rows: (['downloads', 'bytes', 'bytesPerSecond', 'failureRate'] as const).map((name) => {
        const change = trends[name];
        return [w.trend[name], change === null ? w.tooLittle : words.change(change)];
      }),
    },
    { kind: 'text', text: w.trendsNote, muted: true },
  ];
}

function origins(analytics: DownloadAnalytics, words: ReportFormat): ReportBlock[] {
  const w = REPORT_WORDS[words.locale];
  const { sources, hosts, types } = analytics;
  const named = (
    caption: string,
    rows: readonly { name: string; count: number; bytes: number }[],
  ): ReportBlock => ({
    ...{ kind: 'table', caption, empty: w.none },
    columns: [
      { title: w.name },
      { title: w.count, align: 'right' },
      { title: w.bytes, align: 'right' },
    ],
    rows: rows.map(({ name, count, bytes }) => [
      name || w.unknown,
      words.number(count, 0),
      words.bytes(bytes),
    ]),
  });
  return [
    { kind: 'heading', text: w.from },
    named(w.sources, sources),
    {
      ...{ kind: 'table', caption: w.hosts, empty: w.none },
      columns: [
        { title: w.name },
        { title: w.count, align: 'right' },
        { title: w.bytes, align: 'right' },
        { title: w.speed, align: 'right' },
        { title: w.failures, align: 'right' },
      ],
      rows: hosts
        .slice(0, MAX_HOSTS)
        .map((host) => [
          host.name,
          words.number(host.count, 0),
          words.bytes(host.bytes),
          host.medianBytesPerSecond === null ? '–' : words.speed(host.medianBytesPerSecond),
          words.number(host.failures, 0),
        ]),
    },
    named(w.types, types),
  ];
}

function safety({ verdicts }: DownloadAnalytics, words: ReportFormat): ReportBlock[] {
  const w = REPORT_WORDS[words.locale];
  return [
    { kind: 'heading', text: w.safety },
    {
      ...{ kind: 'table', caption: w.verdicts, empty: w.none },
      columns: [{ title: w.name }, { title: w.count, align: 'right' }],
      rows: verdicts.map(({ name, count }) => [
        w.verdict[name] ?? (name || w.unknown),
        words.number(count, 0),
      ]),
    },
  ];
}

function failures(analytics: DownloadAnalytics, words: ReportFormat): ReportBlock[] {
  const w = REPORT_WORDS[words.locale];
  return [
    { kind: 'heading', text: w.failuresTitle },
    {
      ...{ kind: 'table', caption: w.failureKinds, empty: w.none },
      columns: [
        { title: w.reason },
        { title: w.failures, align: 'right' },
        { title: w.where },
        { title: w.last },
      ],
      rows: analytics.failures.map((failure) => [
        failure.message,
        words.number(failure.count, 0),
        failure.pattern === 'one-host'
          ? `${w.pattern['one-host']} (${failure.hosts[0] ?? w.unknown})`
          : (w.pattern[failure.pattern] ?? failure.pattern),
        words.moment(failure.lastAt),
      ]),
    },
  ];
}

function optimiser({ optimiser: view }: DownloadsReport, words: ReportFormat): ReportBlock[] {
  const w = REPORT_WORDS[words.locale];
  return [
    { kind: 'heading', text: w.optimiser },
    {
      kind: 'text',
      text: `${w.mode}: ${w.modes[view.mode]} · ${w.networkClass}: ${w.classes[view.networkClass]}`,
    },
    ...(view.last === null ? [] : [{ kind: 'text', text: view.last.explanation } as const]),
    {
      ...{ kind: 'table', caption: w.hostRecords, empty: w.none },
      columns: [
        { title: w.name },
        { title: w.networkClass },
        { title: w.speed, align: 'right' },
        { title: w.variation, align: 'right' },
        { title: w.failureRate, align: 'right' },
        { title: w.connections, align: 'right' },
      ],
      rows: view.hosts
        .slice(0, MAX_HOSTS)
        .map((host) => [
          host.host,
          w.classes[host.networkClass] ?? host.networkClass,
          words.speed(host.bytesPerSecond),
          words.percent(host.variation),
          words.percent(host.failureRate),
          String(host.bestConnections),
        ]),
    },
  ];
}

function machineText(machine: Machine, words: ReportFormat): string {
  const { processor, processors, memoryBytes, node, platform } = machine;
  return `${processor} × ${processors}, ${words.bytes(memoryBytes)}, ${platform}, Node ${node}`;
}
