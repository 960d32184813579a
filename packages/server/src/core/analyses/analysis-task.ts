import { rename, writeFile } from 'node:fs/promises';
import { type AnomalyMethod, type PointModel, parseIsoDate } from '@kizashi/series';
import type { z } from 'zod';
import { detectFile } from '../anomalies/detect-file.ts';
import { clusterReply } from '../clusters/cluster-reply.ts';
import { readColumns } from '../clusters/read-columns.ts';
import { customersReply } from '../customers/outlook-reply.ts';
import { readPurchases } from '../customers/read-purchases.ts';
import { recommendReply } from '../customers/recommend-reply.ts';
import type { Locale } from '../errors.ts';
import { forecastFile } from '../forecast/forecast-file.ts';
import type { AnalysisKind, AnalysisOptions } from './contract.ts';

type OptionsOf<K extends AnalysisKind> = z.output<AnalysisOptions[K]>;

export interface AnalysisTask {
  readonly kind: AnalysisKind;
  /** As checked by `analysisOptions[kind]`. */
  readonly options: unknown;
  readonly file: string;
  readonly result: string;
  readonly locale: Locale;
}

/** Runs in a worker thread: one analysis of one file. The result has its name only when it is whole. */
export async function run({ kind, options, file, result, locale }: AnalysisTask): Promise<void> {
  const analyse = analyses[kind] as (
    file: string,
    options: unknown,
    locale: Locale,
  ) => Promise<string>;
  const partial = `${result}.part`;
  await writeFile(partial, await analyse(file, options, locale));
  await rename(partial, result);
}

/** Each gives the document that the command of its name prints with --json. */
const analyses: {
  readonly [K in AnalysisKind]: (
    file: string,
    options: OptionsOf<K>,
    locale: Locale,
  ) => Promise<string>;
} = {
  async forecast(file, { layout, h, season, model, levels, country, nonNegative }, locale) {
    const series: string[] = [];
    await forecastFile({
      file,
      layout,
      forecast: {
        h,
        levels,
        model: model as PointModel,
        timeZone: layout.timeZone,
        ...(season === undefined ? {} : { m: season }),
        ...(nonNegative === undefined ? {} : { nonNegative }),
      },
      locale,
      ...(country === undefined ? {} : { country: country.toUpperCase() }),
      onSeries: (id, forecast) => series.push(member(id, forecast)),
    });
    return `{"series":{${series.join(',')}}}`;
  },
  async anomalies(file, { layout, method, threshold, level, season }) {
    const series: string[] = [];
    await detectFile({
      file,
      layout,
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
  async customers(file, { customer, time, amount, quantity, item, until, ...options }) {
    const columns = { customer, time, amount, quantity, item };
    const purchases = await readPurchases(file, columns, textOf(options));
    return JSON.stringify(customersReply(purchases, { ...options, until: dayOf(until) }));
  },
  async recommend(file, { customer, item, time, quantity, order, until, ...options }) {
    const columns = { customer, item, time, quantity, order };
    const purchases = await readPurchases(file, columns, textOf(options));
    return JSON.stringify(recommendReply(purchases, { ...options, until: dayOf(until) }));
  },
  async cluster(file, { columns, id, ...options }) {
    const numbers = await readColumns(file, { columns, id }, textOf(options));
    return JSON.stringify(clusterReply(numbers, { ...options, names: columns }));
  },
};

function member(id: string, value: unknown): string {
  return `${JSON.stringify(id)}:${JSON.stringify(value)}`;
}

function dayOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : parseIsoDate(date);
}

/** How the file is written, as far as it was said. */
function textOf<T extends object>(options: T): Partial<Pick<T, keyof T & TextChoice>> {
  const known: readonly string[] = ['encoding', 'delimiter', 'hasHeader', 'dateOrder'];
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => known.includes(name) && value !== undefined),
  ) as Partial<Pick<T, keyof T & TextChoice>>;
}

type TextChoice = 'encoding' | 'delimiter' | 'hasHeader' | 'dateOrder';
