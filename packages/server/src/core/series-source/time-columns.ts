import type { ValueFormat } from '../csv/contract.ts';
import { inferColumn } from '../csv/infer.ts';
import { createMeasureParser, isEpoch, isSerialDay, type TimeKind } from './cells.ts';
import { bestNamed, filled, looksMeasured, MOSTLY, plainName } from './column-guess.ts';
import { seriesSourceErrors } from './errors.ts';
import { periodStart } from './period-start.ts';
import type { Source } from './source.ts';

const NAMES = [
  ...['ds', 't', 'time', 'date', 'datetime', 'timestamp', 'day'],
  ...['日付', '日時', '年月日', '抽せん日', '抽選日', '抽籤日'],
];
/** Times where they hold months, quarters or weeks; 202401 under another name is a number. */
const PERIOD_NAMES = [
  ...['period', 'month', 'yearmonth', 'yyyymm', 'ym', 'quarter', 'week'],
  ...['年月', '対象年月', '月', '四半期', '週'],
];
/** Days, whose numbers are those of a spreadsheet; a draw or a count is called otherwise. */
const DAY_NAMES = ['ds', 'date', 'datetime', 'day', '日付', '日時', '年月日'];
/** A table of years names them so; whole numbers are then places of their own, a step apart. */
const YEARS = ['year', 'years', 'fy', '年', '年度', '会計年度', '暦年'];
/** Beside one of these, the year is only part of a time. */
const PARTS_OF_YEARS = /^(?:month|quarter|week|day|mon|q|月|四半期|週|日)$/;

/** The column with the times that nobody named: by its name, else the only one with dates, else years. Null for none. */
export function findTime(
  source: Source,
  format: ValueFormat,
  used: ReadonlySet<number>,
): number | null {
  const free = (i: number) => !used.has(i);
  const named = (known: readonly string[], fits: (i: number) => boolean = free) =>
    bestNamed(known, source.columns, (i) => free(i) && fits(i));
  const periods = (i: number) => arePeriods(filled(source.samples[i]!));
  return named(NAMES) ?? named(PERIOD_NAMES, periods) ?? onlyDates() ?? onlyYears();

  function onlyDates(): number | null {
    const dates = source.columns.flatMap((_, i) =>
      free(i) && holdsDates(source.samples[i]!, format) ? [i] : [],
    );
    return dates.length === 1 ? dates[0]! : null;
  }

  function onlyYears(): number | null {
    if (source.columns.some((name) => PARTS_OF_YEARS.test(plainName(name)))) return null;
    return named(YEARS, (i) => looksMeasured(source.samples[i]!, format, MOSTLY));
  }
}

/** What the times of a column are. @throws SERIES_TIME_UNREADABLE */
export function timeKindOf(source: Source, time: number, format: ValueFormat): TimeKind {
  const samples = filled(source.samples[time]!);
  if (arePeriods(samples)) return 'date';
  const { type, nearly } = inferColumn(samples, format);
  const kind = type === 'text' ? nearly : type;
  if (kind === 'date' || kind === 'datetime') return kind;
  if (samples.length > 0 && samples.every(isEpoch)) return 'datetime';
  const isDay = DAY_NAMES.includes(plainName(source.columns[time]!));
  if (isDay && samples.length > 0 && samples.every(isSerialDay)) {
    return samples.some((text) => text.includes('.')) ? 'datetime' : 'date';
  }
  if (kind === 'integer' || kind === 'number') return 'index';
  const measure = createMeasureParser(format);
  // Codes with leading zeros and 第641回 are text to the guesser, and whole numbers all the same.
  if (samples.length > 0 && samples.every((text) => Number.isSafeInteger(measure(text)))) {
    return 'index';
  }
  // In a short file one wrong row in four is no other kind of column: that row is told, the rest counts.
  const dates = samples.filter((text) => holdsDates([text], format));
  if (2 * dates.length > samples.length) {
    return inferColumn(dates, format).type === 'datetime' ? 'datetime' : 'date';
  }
  const sample = samples.find((text) => !dates.includes(text)) ?? '';
  throw seriesSourceErrors.SERIES_TIME_UNREADABLE({ column: source.columns[time]!, sample });
}

/** Whether a column is called what times are called. */
export function isNamedTime(name: string): boolean {
  return NAMES.includes(plainName(name));
}

/** Whether the cells of a column are dates, whatever it is called; 202401 could as well be a number. */
export function holdsDates(samples: readonly string[], format: ValueFormat): boolean {
  const { type } = inferColumn(samples, format);
  if (type === 'date' || type === 'datetime') return true;
  const texts = filled(samples);
  return arePeriods(texts) && !texts.every((text) => /^\d+$/.test(text.normalize('NFKC').trim()));
}

function arePeriods(samples: readonly string[]): boolean {
  return samples.length > 0 && samples.every((text) => periodStart(text) !== null);
}
