import { valueFormatSchema } from '../csv/contract.ts';
import { filled, plainName } from './column-guess.ts';
import type { SeriesLayout } from './contract.ts';
import { seriesSourceErrors } from './errors.ts';
import type { Source, SourceCell } from './source.ts';
import { holdsDates, isNamedTime } from './time-columns.ts';

const YEAR = /^(?:year|yyyy|yr|年|西暦)$/;
const MONTH = /^(?:month|mon|mm|月)$/;
const QUARTER = /^(?:quarter|qtr|q|四半期)$/;
const DAY = /^(?:day|dd|dayofmonth|日)$/;
const DATE = /^(?:date|日付|年月日)$/;
const CLOCK = /^(?:time|hour|hh|時刻|時間|時)$/;
const TIME_OF_DAY = /^(?:\d{1,2}時?|\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/;

/**
 * A table whose times are spread over columns as one that has them in one: year and month (and day), year and quarter, a
 * date and a time of day. Such columns are found where nothing else is a time, or named as `year,month`; they are then parts
 * of the new column and no columns of their own.
 *
 * @returns the source itself where nothing is to be joined
 * @throws SERIES_COLUMN_UNKNOWN, SERIES_COLUMN_TWICE
 */
export function withJoinedTime(source: Source, choices: SeriesLayout): Source {
  const parts =
    choices.time === undefined ? foundParts(source, choices) : chosenParts(source, choices.time);
  if (parts === null) return source;
  const kept = source.columns.flatMap((_, i) => (parts.includes(i) ? [] : [i]));
  const join = createJoin(parts.map((i) => source.columns[i]!));
  const name = choices.time ?? parts.map((i) => source.columns[i]).join(',');
  const rows = source.samples[parts[0]!]!.map((_, row) =>
    join(parts.map((i) => source.samples[i]![row]!)),
  );
  return {
    ...source,
    columns: [...kept.map((i) => source.columns[i]!), name],
    samples: [...kept.map((i) => source.samples[i]!), rows.map((cell) => cell ?? '')],
    async *read(wanted) {
      const under: number[] = [];
      const take = (index: number) => under.push(index) - 1;
      const places = wanted.map((i) => (i < kept.length ? take(kept[i]!) : parts.map(take)));
      for await (const batch of source.read(under)) {
        const cells = batch.rows.map((row) =>
          places.map((at) => (typeof at === 'number' ? row[at]! : join(at.map((i) => row[i]!)))),
        );
        yield { ...batch, rows: cells };
      }
    },
  };
}

function chosenParts({ columns }: Source, time: string): number[] | null {
  if (columns.includes(time) || !time.includes(',')) return null;
  const names = time.split(',').map((name) => name.trim());
  return names.map((column, i) => {
    if (names.indexOf(column) !== i) throw seriesSourceErrors.SERIES_COLUMN_TWICE({ column });
    const index = columns.indexOf(column);
    if (index !== -1) return index;
    throw seriesSourceErrors.SERIES_COLUMN_UNKNOWN({ column, columns: columns.join(', ') });
  });
}

function foundParts(source: Source, choices: SeriesLayout): number[] | null {
  const { columns, samples } = source;
  const { id, loto, y, numbers, series = [], exogenous = [] } = choices;
  const taken = new Set([id, loto, y, numbers, ...series, ...exogenous]);
  const format = valueFormatSchema.parse({
    dateOrder: choices.dateOrder ?? source.text?.dateOrder,
    decimalMark: source.text?.decimalMark,
  });
  const called = (pattern: RegExp) => {
    const index = columns.findIndex((name) => pattern.test(plainName(name)) && !taken.has(name));
    return index === -1 ? [] : [index];
  };
  const isDate = (i: number) => holdsDates(samples[i]!, format);
  const isAlone = (parts: readonly number[]) =>
    !columns.some((name, i) => !parts.includes(i) && (isNamedTime(name) || isDate(i)));
  const isClock = (i: number) => filled(samples[i]!).every((text) => TIME_OF_DAY.test(text.trim()));

  const [year] = called(YEAR);
  const months = called(MONTH);
  const within = months.length > 0 ? [...months, ...called(DAY)] : called(QUARTER);
  if (year !== undefined && within.length > 0) {
    const parts = [year, ...within];
    if (isAlone(parts)) return parts;
  }
  const [date] = called(DATE);
  const [clock] = called(CLOCK);
  if (date === undefined || clock === undefined || !isDate(date) || !isClock(clock)) return null;
  return isAlone([date, clock]) ? [date, clock] : null;
}

/** Joins the cells of a row as the parsers of times read them: `2024-6`, `2024-Q2`, `2024-6-30`, `2024-06-30 09:00`. */
function createJoin(names: readonly string[]): (cells: readonly SourceCell[]) => string | null {
  const isQuarter = names.map((name) => QUARTER.test(plainName(name)));
  return (cells) => {
    const texts = cells.map((cell) =>
      cell === null ? '' : String(cell).normalize('NFKC').trim().replace(/\.0$/, ''),
    );
    if (texts.includes('')) return null;
    const [first = '', ...rest] = texts;
    if (!/^\d{4}年?$/.test(first)) return [first, ...rest.map(timeOfDay)].join(' ');
    return texts
      .map((text, i) =>
        isQuarter[i] ? text.replace(/^.*([1-4]).*$/, 'Q$1') : text.replace(/[年月日]$/, ''),
      )
      .join('-');
  };
}

function timeOfDay(text: string): string {
  const hour = text.replace(/時$/, '');
  return /^\d{1,2}$/.test(hour) ? `${hour.padStart(2, '0')}:00` : text;
}
