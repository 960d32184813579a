import { basename } from 'node:path';
import {
  type EventOption,
  type ForecastPointsOptions,
  forecastPoints,
  type Holiday,
  holidayDays,
  InvalidInput,
  type TimedPoints,
} from '@kizashi/series';
import type { Locale } from '../errors.ts';
import { namedHolidays } from '../holidays/named-holidays.ts';
import type { SeriesLayout, TimeKind } from '../series-source/contract.ts';
import { idColumn } from '../series-source/id-column.ts';
import { columnsOf } from '../series-source/layout.ts';
import { openFile } from '../series-source/open-file.ts';
import { readSeries } from '../series-source/read-series.ts';
import { forecastErrors } from './errors.ts';
import { forecastSeries, type SeriesForecast, type SeriesRefused } from './series-forecast.ts';

export type { SeriesForecast } from './series-forecast.ts';

/** What `kizashi forecast FILE` can be told besides the layout of the file. */
export interface ForecastFileOptions {
  readonly file: string;
  readonly layout: SeriesLayout;
  readonly forecast: ForecastPointsOptions;
  /** ISO country of the holidays for `prophet`, and of the days on which a series of business days is closed. */
  readonly country?: string;
  /** A further file: times and exogenous columns of the future. */
  readonly future?: string;
  readonly locale: Locale;
  /** Gets each series, in the order of the file. */
  readonly onSeries: (id: string, forecast: SeriesForecast | SeriesRefused) => void;
}

export type FileForecast = SeriesForecast | SeriesRefused;

export interface ForecastFileSummary {
  readonly series: number;
  readonly rowsRejected: number;
}

/** Holidays are known for the past from here on … */
const FIRST_YEAR = 1970;
/** … and for this many years to come. */
const YEARS_AHEAD = 10;
const DAY = 86_400_000;

/**
 * Forecasts every series of a CSV or Parquet file, without server or database.
 *
 * @throws FORECAST_OPTION_INVALID, FORECAST_COUNTRY_UNKNOWN, FORECAST_FUTURE_IN_PAST, FORECAST_FILE_NO_VALUES, SERIES_…
 */
export async function forecastFile(options: ForecastFileOptions): Promise<ForecastFileSummary> {
  const { file, layout, locale, country, onSeries } = options;
  requireOptions(options.forecast);
  const holidays = country === undefined ? [] : await holidaysOf(country);
  const closedDays = holidayDays(holidays);
  const future = options.future === undefined ? null : await readFuture(options.future, layout);
  // Nothing is said of series without a forecast before there is one: without any, the whole file is refused.
  const waiting: [string, FileForecast][] = [];
  let forecasts = 0;
  const summary = await eachSeries(file, layout, (id, points, kind) => {
    const rows = future?.get(id);
    const made = told(options, id, () =>
      forecastSeries(
        points,
        kind,
        {
          ...options.forecast,
          closedDays,
          additive: {
            ...options.forecast.additive,
            events: [...(options.forecast.additive?.events ?? []), ...eventsOf(holidays, points)],
          },
          ...(rows && { future: rows }),
        },
        locale,
      ),
    );
    if (made.model !== null) forecasts++;
    waiting.push([id, made]);
    if (forecasts > 0) for (const one of waiting.splice(0)) onSeries(...one);
  });
  if (forecasts === 0) {
    const reason = waiting[0]?.[1].warnings.at(-1)?.message ?? '';
    throw forecastErrors.FORECAST_FILE_NO_VALUES({ name: basename(file), reason });
  }
  return summary;
}

/** Calls back with every series of a file. */
async function eachSeries(
  file: string,
  layout: SeriesLayout,
  onSeries: (id: string, points: TimedPoints, kind: TimeKind) => void,
): Promise<ForecastFileSummary> {
  const source = await openFile(file, layout);
  try {
    const id = layout.id ?? idColumn(source, layout);
    const columns = columnsOf(source, { exogenous: [], ...layout, ...(id && { id }) });
    const read = await readSeries(source, columns);
    try {
      const several = read.names.some(({ loto }) => loto !== read.names[0]!.loto);
      for (const { series, t, y, x } of read.spool.drain({ sameTimes: 'keep' })) {
        const { loto, uniqueId } = read.names[series]!;
        const named = Object.fromEntries(columns.exogenous.map(({ name }, i) => [name, x[i]!]));
        onSeries(several ? `${loto}/${uniqueId}` : uniqueId, { t, y, x: named }, columns.timeKind);
      }
      return { series: read.names.length, rowsRejected: read.rowsRejected };
    } finally {
      read.spool.close();
    }
  } finally {
    await source.close();
  }
}

type FutureRows = NonNullable<ForecastPointsOptions['future']>;

/** Times and exogenous columns by series. The first of the columns is read as the values are. */
async function readFuture(file: string, layout: SeriesLayout): Promise<Map<string, FutureRows>> {
  const [first, ...rest] = layout.exogenous ?? [];
  if (first === undefined) {
    const reason = 'future rows are of use with exogenous columns only: name them';
    throw forecastErrors.FORECAST_OPTION_INVALID({ reason });
  }
  const rows = new Map<string, FutureRows>();
  await eachSeries(file, { ...layout, y: first, exogenous: rest }, (id, { t, y, x }) => {
    rows.set(id, { t, x: { [first]: y, ...x } });
  });
  return rows;
}

async function holidaysOf(country: string): Promise<readonly Holiday[]> {
  const lastYear = new Date().getUTCFullYear() + YEARS_AHEAD;
  const holidays = await namedHolidays(country, FIRST_YEAR, lastYear);
  if (holidays === null) throw forecastErrors.FORECAST_COUNTRY_UNKNOWN({ country });
  return holidays;
}

/** Holidays by name, of those names that fall into the history: others cannot be learned. */
function eventsOf(holidays: readonly Holiday[], { t }: TimedPoints): EventOption[] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of t) {
    first = Math.min(first, time / DAY);
    last = Math.max(last, time / DAY);
  }
  const byName = new Map<string, number[]>();
  for (const { day, name } of holidays) {
    const days = byName.get(name);
    if (days === undefined) byName.set(name, [day]);
    else days.push(day);
  }
  return [...byName]
    .filter(([, days]) => days.some((day) => day >= first - 1 && day <= last))
    .map(([name, days]) => ({ name, days }));
}

/** Before any reading: a wrong option must not cost the reading of a large file. */
function requireOptions(options: ForecastPointsOptions): void {
  const one = Float64Array.of(0);
  try {
    forecastPoints({ t: one, y: one }, options);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw optionInvalid(error);
  }
}

/** With the name that the option has for the caller. */
function optionInvalid({ argument, reason }: InvalidInput) {
  const name = argument === 'm' ? 'season' : argument;
  return forecastErrors.FORECAST_OPTION_INVALID({ reason: `${name}: ${reason}` });
}

function told<T>(options: ForecastFileOptions, series: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    if (error.argument.startsWith('future.t')) {
      const name = basename(options.future ?? options.file);
      throw forecastErrors.FORECAST_FUTURE_IN_PAST({ name, series });
    }
    throw optionInvalid(error);
  }
}
