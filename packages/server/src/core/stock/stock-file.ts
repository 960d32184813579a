import {
  type ForecastPointsOptions,
  InvalidInput,
  type StockNeed,
  stockNeed,
} from '@kizashi/series';
import type { Locale } from '../errors.ts';
import {
  type ForecastFileSummary,
  type ForecastRun,
  forecastEach,
  requireForecastOptions,
} from '../forecast/forecast-each.ts';
import {
  type SeriesForecast,
  type SeriesRefused,
  type ToldWarning,
  toldForecast,
} from '../forecast/series-forecast.ts';
import { invalidInputWords } from '../invalid-input-words.ts';
import type { FileSeries } from '../series-source/file-series.ts';
import type { StockChoices } from './contract.ts';
import { stockErrors } from './errors.ts';

/** What to order of one series, beside the forecast that it comes from. */
export interface StockReply extends Omit<StockNeed, 'warnings'> {
  readonly onHand: number;
  readonly onOrder: number;
  readonly leadTime: number;
  readonly lotSize: number;
}

export type FileStock =
  | (SeriesForecast & { readonly stock: StockReply })
  | (SeriesRefused & { readonly stock: null });

export interface StockFileOptions extends ForecastRun {
  readonly choices: StockChoices;
  readonly forecast: Omit<ForecastPointsOptions, 'h' | 'levels'>;
  /** Gets each series, in the order of the file; `tell` says its warnings in a language. */
  readonly onSeries: (id: string, tell: (locale: Locale) => FileStock) => void;
}

/** Quantities that a column of the file can give. */
const QUANTITIES = ['leadTime', 'onHand', 'onOrder', 'lotSize'] as const;
type Quantities = Readonly<Record<(typeof QUANTITIES)[number], number>>;
const LONGEST = 10_000;

/**
 * What to order of every series of a CSV or Parquet file of demand: forecasts until the order after this one arrives, and
 * stock beyond it from the forecast's interval. The interval is the one whose upper end holds the demand of a step with the
 * service level, so that past errors decide it and not the shape of a normal law.
 *
 * @throws STOCK_OPTION_INVALID, STOCK_COLUMN_VALUE_INVALID, and as `forecastEach`
 */
export async function stockFile(options: StockFileOptions): Promise<ForecastFileSummary> {
  const { choices, forecast, onSeries } = options;
  const columns = QUANTITIES.flatMap((name) =>
    typeof choices[name] === 'string' ? [choices[name]] : [],
  );
  const level = intervalLevel(choices.serviceLevel);
  requireForecastOptions({ ...forecast, h: 1, levels: [level] });
  const known = new Map<string, { readonly quantities: Quantities; readonly missing: boolean }>();
  return forecastEach(
    { ...options, layout: { ...options.layout, exogenous: [...new Set(columns)] } },
    forecast.model ?? 'auto',
    (series) => {
      const found = quantitiesOf(series, choices);
      known.set(series.id, found);
      const cover = Math.ceil(found.quantities.leadTime + choices.reviewPeriod);
      // The columns are about the stock: no model may learn from them.
      const points = { t: series.t, y: series.y };
      return {
        points,
        options: { ...forecast, nonNegative: true, h: Math.min(LONGEST, cover), levels: [level] },
      };
    },
    (id, made) => {
      const { quantities, missing } = known.get(id)!;
      known.delete(id);
      onSeries(id, (locale) => {
        const told = toldForecast(made, locale);
        if (told.model === null) return { ...told, stock: null };
        const warnings = missing ? [...told.warnings, missingStock(locale)] : told.warnings;
        return { ...told, warnings, stock: needOf(id, told, level, { ...choices, ...quantities }) };
      });
    },
  );
}

/** The interval whose upper end is the quantile of the service level; one that past errors can tell something about. */
function intervalLevel(serviceLevel: number): number {
  return Math.min(0.98, Math.max(0.5, 2 * serviceLevel - 1));
}

function needOf(
  id: string,
  { mean, upper }: SeriesForecast,
  level: number,
  options: Omit<StockChoices, keyof Quantities> & Quantities,
): StockReply {
  const { onHand, onOrder, leadTime, lotSize } = options;
  const most = Float64Array.from(mean, (one, i) => Math.max(one, Object.values(upper)[0]![i]!));
  // Too much demand is what stock is for: of an interval that is cut at zero the lower half would make it look surer.
  const least = most.map((end, i) => 2 * mean[i]! - end);
  try {
    const { warnings: _, ...need } = stockNeed(
      { mean: Float64Array.from(mean), intervals: [{ level, lower: least, upper: most }] },
      options,
    );
    return { ...need, ...{ onHand, onOrder, leadTime, lotSize } };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw stockErrors.STOCK_OPTION_INVALID({
      reason: invalidInputWords({ argument: `${id}: ${error.argument}`, reason: error.reason }),
    });
  }
}

/** The numbers for all, or the last values of the columns. What a column never says is taken as nothing. */
function quantitiesOf({ id, t, x }: FileSeries, choices: StockChoices) {
  let missing = false;
  const one = (name: (typeof QUANTITIES)[number]): number => {
    const asked = choices[name];
    if (typeof asked === 'number') return asked;
    const values = x[asked] ?? new Float64Array(0);
    const value = values[values.findLastIndex(Number.isFinite)];
    if (value === undefined) missing = true;
    else if (name !== 'onHand' && value < 0) {
      const reason = `>= 0: ${value}`;
      throw stockErrors.STOCK_COLUMN_VALUE_INVALID({ column: asked, series: id, reason });
    }
    return value ?? (name === 'lotSize' ? 1 : 0);
  };
  const quantities: Quantities = {
    leadTime: Math.min(LONGEST, one('leadTime')),
    onHand: one('onHand'),
    onOrder: one('onOrder'),
    lotSize: one('lotSize'),
  };
  return { quantities, missing: missing && t.length > 0 };
}

function missingStock(locale: Locale): ToldWarning {
  const texts = {
    en: 'A column named for the stock has no value in this series; it counts as nothing (a lot size as 1).',
    ja: '在庫に関する列にこの系列の値がないため、0（発注単位は 1）とみなしました。',
  };
  return { code: 'stock-value-missing', message: texts[locale] };
}
