import { InvalidInput, requireWhole } from '../../invalid-input.ts';
import { fillMissing } from '../../transform/fill-missing.ts';
import type { AdditiveForecast } from '../additive/predict-additive.ts';
import { mstl } from '../mstl/mstl.ts';

/** What one part of a forecast adds at each step. */
export interface ForecastPart {
  readonly kind: 'trend' | 'season' | 'event' | 'regressor' | 'remainder';
  /** Of an event, a regressor or a named season; else the kind. */
  readonly name: string;
  /** Season length in samples; null where there is none. */
  readonly m: number | null;
  /** h values in the unit of y. */
  readonly values: Float64Array;
}

/** A regressor of a linear model: its coefficient and its values over history and forecast. */
export interface KnownRegressor {
  readonly coefficient: number;
  /** n values. */
  readonly past: Float64Array;
  /** h values. */
  readonly future: Float64Array;
}

/**
 * Splits the mean of a forecast into trend, seasons and what regressors add, in parts that add up to it.
 *
 * The history continued by the forecast is decomposed as one series (`mstl`), so that the parts mean the same whatever the model
 * is, and differ from a model's own states where these are not additive. The remainder is what fits neither: an average of
 * several models, or autoregression that has not yet faded.
 *
 * @param y          n values, oldest first; one that is not finite counts as missing.
 * @param mean       h values that follow.
 * @param seasons    lengths in samples, whole numbers ≥ 2; those of which history and forecast do not hold more than two are
 *                   left out. Without any the mean is all trend.
 * @param regressors by name; what they add is taken off first.
 * @returns the trend first, the remainder last. `trend + all others = mean` up to rounding.
 * @throws InvalidInput (`y` with no finite value, `seasons`, `regressors` of the wrong length).
 *
 * Cost: that of `mstl` over n + h values.
 */
export function explainForecast(
  y: Float64Array,
  mean: Float64Array,
  {
    seasons,
    regressors = {},
  }: {
    readonly seasons: readonly number[];
    readonly regressors?: Readonly<Record<string, KnownRegressor>>;
  },
): ForecastPart[] {
  const n = y.length;
  const h = mean.length;
  seasons.forEach((m, i) => {
    requireWhole(`seasons[${i}]`, m, 2);
  });
  if (!y.some((value) => Number.isFinite(value))) {
    throw new InvalidInput('y', `must hold at least one finite value, got none in ${n}`);
  }
  const rest = new Float64Array(n + h);
  rest.set(y);
  rest.set(mean, n);
  const parts: ForecastPart[] = [];
  for (const [name, { coefficient, past, future }] of Object.entries(regressors)) {
    if (past.length !== n || future.length !== h) {
      throw new InvalidInput(`regressors.${name}`, `must hold ${n} past and ${h} future values`);
    }
    for (let t = 0; t < n; t++) rest[t]! -= coefficient * past[t]!;
    for (let i = 0; i < h; i++) rest[n + i]! -= coefficient * future[i]!;
    const values = future.map((value) => coefficient * value);
    parts.push({ kind: 'regressor', name, m: null, values });
  }
  const usable = [...new Set(seasons)].filter((m) => n + h > 2 * m);
  const { values } = fillMissing(rest, usable[0] ?? 1);
  const tail = (series: Float64Array) => series.slice(n);
  if (usable.length === 0) parts.unshift(partOf('trend', tail(values)));
  else {
    const found = mstl(values, { seasons: usable });
    const inOrder = found.seasons.map(({ m, seasonal }) => ({
      ...partOf('season', tail(seasonal)),
      m,
    }));
    parts.unshift(partOf('trend', tail(found.trend)), ...inOrder);
  }
  return [...parts, remainderOf(mean, parts)];
}

/**
 * The parts of a forecast by `fitAdditive`, which knows its own: trend, seasons, events such as holidays, regressors.
 *
 * @param forecast as `AdditiveModel.predict` gives it, of h steps.
 * @returns h values each, unit of y, that add up to the mean; the remainder, what fits no part (the cut at zero), is last.
 */
export function explainAdditive({ mean, trend, components }: AdditiveForecast): ForecastPart[] {
  const parts = [
    partOf('trend', trend),
    ...components.map(({ name, kind, contribution }) => ({
      ...partOf(kind === 'seasonality' ? 'season' : kind, contribution),
      name,
    })),
  ];
  return [...parts, remainderOf(mean, parts)];
}

function partOf(kind: ForecastPart['kind'], values: Float64Array): ForecastPart {
  return { kind, name: kind, m: null, values };
}

function remainderOf(mean: Float64Array, parts: readonly ForecastPart[]): ForecastPart {
  const values = mean.map((value, i) =>
    parts.reduce((left, part) => left - part.values[i]!, value),
  );
  return partOf('remainder', values);
}
