import { fitEts } from '../ets/fit-ets.ts';
import { LARGEST_VALUE, prepareSeries, requireInRange } from '../prepared-series.ts';
import type {
  Fit,
  FittedModel,
  Forecast,
  ModelFollower,
  SeriesWarning,
  WarningCode,
} from '../types.ts';
import { warning } from '../warnings.ts';
import { mstl, type SeasonalPart, sortedSeasons } from './mstl.ts';

export interface StlModelOptions {
  /** Season lengths in samples, each a whole number ≥ 2, at least one. */
  readonly seasons: readonly number[];
  /** Fits what is left when the seasons are taken out; default automatic ETS without a season. */
  readonly model?: Fit;
  /** Whether outliers should count less in the seasons; default false. */
  readonly robust?: boolean;
}

/**
 * Takes one or several seasons out by STL and forecasts the rest with any model; the last shape of each season is repeated.
 *
 * @param y n ≥ 1 values at equal spacing, oldest first; one that is not finite counts as missing. A season of which the series
 *   does not hold more than two is left out, with the warning `too-short-for-season`.
 * @returns a model named `STL(24, 168) + …`, with the parameters and intervals of the inner one (the seasons count as known).
 *   It has no likelihood, since the inner one's belongs to another series. `applyTo` keeps the seasons that were found.
 * @throws InvalidInput (`y`, `seasons`), and what `model` throws.
 *
 * Cost: that of `mstl` and of `model`. Source: Hyndman & Athanasopoulos (2021), section 5.7. Compare: R forecast 8.20 `stlf()`.
 */
export function fitStl(y: Float64Array, options: StlModelOptions): FittedModel {
  const asked = sortedSeasons(options.seasons);
  const { model = (rest: Float64Array) => fitEts(rest, { m: 1 }), robust = false } = options;
  const { values, start, warnings } = prepareSeries(y, asked[0]!);
  const n = values.length;
  const seasons = asked.filter((m) => n > 2 * m);
  const unknown = asked.filter((m) => n <= 2 * m);
  const parts = seasons.length === 0 ? [] : mstl(values, { seasons, robust }).seasons;
  const seasonal = seasonOf(parts, n);
  return stlModel(model(y.map((value, i) => restOf(value, seasonal(i - start)))), y, {
    prefix: seasons.length === 0 ? '' : `STL(${seasons.join(', ')}) + `,
    seasonal,
    warnings: [...warnings, ...unknown.map((m) => warning('too-short-for-season', { n, m }))],
  });
}

/** What the inner model says of the values it got: what was left of those that people know. */
const OF_VALUES: readonly WarningCode[] = ['not-positive', 'constant', 'single-value'];

interface Seasons {
  readonly prefix: string;
  /** The sum of all seasons at time t, counted from the first value that is present. */
  seasonal(t: number): number;
  readonly warnings: readonly SeriesWarning[];
}

/** The seasons as found, and the last of each repeated after them. */
function seasonOf(parts: readonly SeasonalPart[], n: number): (t: number) => number {
  return (t) => {
    let sum = 0;
    for (const { m, seasonal } of parts) sum += seasonal[t < n ? t : n - m + ((t - n) % m)] ?? 0;
    return sum;
  };
}

/** @param inner fitted to `y` without the seasons. */
function stlModel(inner: FittedModel, y: Float64Array, seasons: Seasons): FittedModel {
  const { seasonal, prefix, warnings } = seasons;
  const start = y.findIndex((value) => Number.isFinite(value));
  const at = (i: number) => seasonal(i - start);
  const codes = new Set(warnings.map(({ code }) => code));
  if (prefix !== '') for (const code of OF_VALUES) codes.add(code);
  return {
    name: prefix + inner.name,
    fitted: shifted(inner.fitted, at),
    residuals: inner.residuals,
    parameters: inner.parameters,
    logLikelihood: null,
    aicc: null,
    warnings: [...warnings, ...inner.warnings.filter(({ code }) => !codes.has(code))],
    forecast: (h, levels) => shiftedForecast(inner.forecast(h, levels), (i) => at(y.length + i)),
    applyTo(next) {
      const first = next.findIndex((value) => Number.isFinite(value));
      return stlModel(
        inner.applyTo(next.map((value, i) => restOf(value, seasonal(i - first)))),
        next,
        {
          ...seasons,
          warnings: [],
        },
      );
    },
    ...(inner.follow && { follow: () => followRest(inner.follow!(), at) }),
  };
}

function followRest(rest: ModelFollower, seasonal: (i: number) => number): ModelFollower {
  return {
    get n() {
      return rest.n;
    },
    get expected() {
      return rest.expected + seasonal(rest.n);
    },
    update(value) {
      requireInRange(value);
      return rest.update(restOf(value, seasonal(rest.n)));
    },
    forecast(h, levels) {
      const { n } = rest;
      return shiftedForecast(rest.forecast(h, levels), (i) => seasonal(n + i));
    },
  };
}

/** What is left of a value without its season: again within the range that models take, or missing. */
function restOf(value: number, season: number): number {
  if (!Number.isFinite(value)) return Number.NaN;
  return Math.min(LARGEST_VALUE, Math.max(-LARGEST_VALUE, value - season));
}

function shifted(values: Float64Array, by: (i: number) => number): Float64Array {
  return values.map((value, i) => value + by(i));
}

function shiftedForecast({ mean, intervals }: Forecast, by: (i: number) => number): Forecast {
  return {
    mean: shifted(mean, by),
    intervals: intervals.map(({ level, lower, upper }) => ({
      level,
      lower: shifted(lower, by),
      upper: shifted(upper, by),
    })),
  };
}
