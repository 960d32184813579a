import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { type AnomalyMethod, type PointModel, parseIsoDate } from '@kizashi/series';
import type { z } from 'zod';
import { detectFile } from '../anomalies/detect-file.ts';
import { clusterReply } from '../clusters/cluster-reply.ts';
import { readColumns } from '../clusters/read-columns.ts';
import { toldClusters } from '../clusters/warning-texts.ts';
import { customersReply } from '../customers/outlook-reply.ts';
import { readPurchases } from '../customers/read-purchases.ts';
import { recommendReply } from '../customers/recommend-reply.ts';
import type { Locale } from '../errors.ts';
import type { ForecastRun } from '../forecast/forecast-each.ts';
import { forecastFile } from '../forecast/forecast-file.ts';
import type { ReportProgress } from '../series-source/series-progress.ts';
import { stockFile } from '../stock/stock-file.ts';
import type { AnalysisKind, AnalysisOptions } from './contract.ts';
import { resultName } from './result-name.ts';

type OptionsOf<K extends AnalysisKind> = z.output<AnalysisOptions[K]>;

export interface AnalysisTask {
  readonly kind: AnalysisKind;
  /** As checked by `analysisOptions[kind]`. */
  readonly options: unknown;
  readonly file: string;
  /** Folder of the result. */
  readonly folder: string;
  /** Told how far it is: `[fraction, note]`. */
  readonly port: MessagePort;
}

/** JSON; where it holds words, one in each language. */
type Document = string | Readonly<Record<Locale, string>>;
type Analyse<Options> = (
  file: string,
  options: Options,
  progress: ReportProgress,
) => Promise<Document>;

/** Runs in a worker thread: one analysis of one file. The result has its name only when it is whole. */
export async function run({ kind, options, file, folder, port }: AnalysisTask): Promise<void> {
  const analyse = analyses[kind] as Analyse<unknown>;
  const document = await analyse(file, options, createReport(port));
  const texts =
    typeof document === 'string' ? ([['en', document]] as const) : Object.entries(document);
  for (const [locale, text] of texts as readonly (readonly [Locale, string])[]) {
    const path = join(folder, resultName(locale));
    await writeFile(`${path}.part`, text);
    await rename(`${path}.part`, path);
  }
}

const REPORT_MS = 100;

/** Series may be made faster than anybody looks. */
function createReport(port: MessagePort): ReportProgress {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (...progress) => {
    const now = performance.now();
    if (now - toldAt < REPORT_MS && progress[0] < 1) return;
    toldAt = now;
    port.postMessage(progress);
  };
}

/** Each gives the document that the command of its name prints with --json. */
const analyses: { readonly [K in AnalysisKind]: Analyse<OptionsOf<K>> } = {
  async forecast(file, { h, levels, nonNegative, ...options }, progress) {
    const document = createSeriesDocument();
    await forecastFile({
      ...runOf(file, options, progress),
      forecast: {
        ...{ h, levels },
        ...modelOf(options),
        ...(nonNegative === undefined ? {} : { nonNegative }),
      },
      onSeries: document.add,
    });
    return document.texts();
  },
  async stock(file, options, progress) {
    const document = createSeriesDocument();
    await stockFile({
      ...runOf(file, options, progress),
      choices: options,
      forecast: modelOf(options),
      onSeries: document.add,
    });
    return document.texts();
  },
  async anomalies(file, { layout, method, threshold, level, season }, progress) {
    const series: string[] = [];
    await detectFile({
      ...{ file, layout, progress },
      choices: {
        ...(threshold === undefined ? {} : { threshold }),
        ...(level === undefined ? {} : { level }),
        ...(method === undefined ? {} : { method: method as AnomalyMethod }),
        ...(season === undefined ? {} : { m: season }),
      },
      onSeries: (id, points) => series.push(member(id, { points })),
    });
    return `{"series":{${series.join(',')}}}`;
  },
  async customers(file, { customer, time, amount, quantity, item, until, ...options }, progress) {
    const columns = { customer, time, amount, quantity, item };
    const [read, made] = parts(progress, READING);
    const purchases = await readPurchases(file, columns, options, read);
    const asked = { ...options, until: dayOf(until), onProgress: made };
    return JSON.stringify(customersReply(purchases, asked));
  },
  async recommend(file, { customer, item, time, quantity, order, until, ...options }, progress) {
    const columns = { customer, item, time, quantity, order };
    const [read, made] = parts(progress, READING);
    const purchases = await readPurchases(file, columns, options, read);
    const asked = { ...options, until: dayOf(until), onProgress: made };
    return JSON.stringify(recommendReply(purchases, asked));
  },
  async cluster(file, { columns, id, ...options }, progress) {
    const [read, made] = parts(progress, READING);
    const numbers = await readColumns(file, { columns, id }, options, read);
    const reply = clusterReply(numbers, { ...options, names: columns, onProgress: made });
    if (reply.warnings.length === 0) return JSON.stringify(reply);
    return { en: JSON.stringify(reply), ja: JSON.stringify(toldClusters(reply, 'ja')) };
  },
};

/** Share of the bar that reading the file takes. */
const READING = 0.2;

/** Progress of two stages, of which the first is this share. */
function parts(progress: ReportProgress, share: number) {
  return [
    (fraction: number) => progress(share * fraction),
    (fraction: number) => progress(share + (1 - share) * fraction),
  ] as const;
}

type ForecastOptions = Pick<
  OptionsOf<'forecast'>,
  'layout' | 'season' | 'model' | 'country' | 'events' | 'pooled'
>;

function runOf(
  file: string,
  { layout, country, events, pooled }: ForecastOptions,
  progress: ReportProgress,
): ForecastRun {
  return {
    ...{ file, layout, progress, pooled },
    ...(country === undefined ? {} : { country: country.toUpperCase() }),
    ...(events === undefined ? {} : { events }),
  };
}

function modelOf({ model, season, layout }: ForecastOptions) {
  return {
    model: model as PointModel,
    timeZone: layout.timeZone,
    ...(season === undefined ? {} : { m: season }),
  };
}

/** Series by their names in both languages: who reads it may speak another than who asked. */
function createSeriesDocument() {
  const series = { en: [] as string[], ja: [] as string[] };
  const text = (locale: Locale) => `{"series":{${series[locale].join(',')}}}`;
  return {
    add(id: string, tell: (locale: Locale) => unknown): void {
      for (const locale of ['en', 'ja'] as const) series[locale].push(member(id, tell(locale)));
    },
    texts: () => ({ en: text('en'), ja: text('ja') }),
  };
}

function member(id: string, value: unknown): string {
  return `${JSON.stringify(id)}:${JSON.stringify(value)}`;
}

function dayOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : parseIsoDate(date);
}
