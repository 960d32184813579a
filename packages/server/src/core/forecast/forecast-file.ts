import type { ForecastPointsOptions } from '@kizashi/series';
import type { Locale } from '../errors.ts';
import type { SeriesLayout } from '../series-source/contract.ts';
import { readFileSeries } from '../series-source/file-series.ts';
import { forecastErrors } from './errors.ts';
import {
  type ForecastFileSummary,
  type ForecastRun,
  forecastEach,
  requireForecastOptions,
} from './forecast-each.ts';
import { type FileForecast, toldForecast } from './series-forecast.ts';

/** What `kizashi forecast FILE` can be told. */
export interface ForecastFileOptions extends ForecastRun {
  readonly forecast: ForecastPointsOptions;
  /** A further file: times and exogenous columns of the future. */
  readonly future?: string;
  /** Gets each series, in the order of the file; `tell` says its warnings in a language. */
  readonly onSeries: (id: string, tell: (locale: Locale) => FileForecast) => void;
}

/**
 * Forecasts every series of a CSV or Parquet file, without server or database.
 *
 * @throws as `forecastEach`
 */
export async function forecastFile(options: ForecastFileOptions): Promise<ForecastFileSummary> {
  const { layout, forecast, onSeries } = options;
  requireForecastOptions(forecast);
  const future = options.future === undefined ? null : await readFuture(options.future, layout);
  return forecastEach(
    options,
    forecast.model ?? 'auto',
    (series) => {
      const rows = future?.get(series.id);
      return {
        points: series,
        options: { ...forecast, ...(rows && { future: rows }) },
        ...(options.future !== undefined && { futureName: options.future }),
      };
    },
    (id, made) => onSeries(id, (locale) => toldForecast(made, locale)),
  );
}

type FutureRows = NonNullable<ForecastPointsOptions['future']>;

/** Times and exogenous columns by series. The first of the columns is read as the values are. */
async function readFuture(file: string, layout: SeriesLayout): Promise<Map<string, FutureRows>> {
  const [first, ...rest] = layout.exogenous ?? [];
  if (first === undefined) {
    const reason = {
      en: 'future rows are of use with exogenous columns only: name them',
      ja: '未来の行は外生変数の列があるときだけ使えます。列を指定してください',
    };
    throw forecastErrors.FORECAST_OPTION_INVALID({ reason });
  }
  const reading = await readFileSeries(file, { ...layout, y: first, exogenous: rest });
  try {
    const rows = new Map<string, FutureRows>();
    for (const { id, t, y, x } of reading.each()) rows.set(id, { t, x: { [first]: y, ...x } });
    return rows;
  } finally {
    reading.close();
  }
}
