import { InvalidInput } from '../../invalid-input.ts';
import type { EffectMode, SeasonalityOption, SettledOptions } from './options.ts';
import { type AdditivePoints, requireFinite, wallClockDays } from './points.ts';

/** A group of columns of the regression that a reader sees as one thing: a season, an event, a regressor. */
export interface Effect {
  readonly name: string;
  readonly kind: 'seasonality' | 'event' | 'regressor';
  readonly mode: EffectMode;
  readonly priorScale: number;
  readonly columns: number;
  /** @param days wall clock of the points */
  readonly write: (
    points: AdditivePoints,
    days: Float64Array,
    out: readonly Float64Array[],
  ) => void;
}

/** The columns of points, in the order of the effects. */
export function effectColumns(
  effects: readonly Effect[],
  points: AdditivePoints,
  timeZone: string,
): Float64Array[] {
  const days = wallClockDays(points.t, timeZone);
  return effects.flatMap((effect) => {
    const out = Array.from({ length: effect.columns }, () => new Float64Array(days.length));
    effect.write(points, days, out);
    return out;
  });
}

/** What the options ask for, given the history (rows in order of time). */
export function chooseEffects(history: AdditivePoints, options: SettledOptions): Effect[] {
  return [
    ...seasonalitiesFor(history.t, options).map((one) => seasonalEffect(one, options)),
    ...options.events.map((event): Effect => {
      const { name, days, before = 0, after = 0 } = event;
      const width = before + after + 1;
      const known = new Set(days);
      return {
        name,
        kind: 'event',
        mode: event.mode ?? options.mode,
        priorScale: event.priorScale ?? options.eventPriorScale,
        columns: width,
        write(_, clock, out) {
          for (let i = 0; i < clock.length; i++) {
            const day = Math.floor(clock[i]!);
            for (let j = 0; j < width; j++) if (known.has(day - (j - before))) out[j]![i] = 1;
          }
        },
      };
    }),
    ...options.regressors.map((regressor): Effect => {
      const { name } = regressor;
      const past = valuesOf(history, name);
      const { mean, deviation } = scaleOf(past, regressor.standardise);
      return {
        name,
        kind: 'regressor',
        mode: regressor.mode ?? options.mode,
        priorScale: regressor.priorScale ?? options.eventPriorScale,
        columns: 1,
        write(points, _, [out]) {
          const values = valuesOf(points, name);
          for (let i = 0; i < values.length; i++) out![i] = (values[i]! - mean) / deviation;
        },
      };
    }),
  ];
}

/** Prophet's rule for what a history can tell. */
function seasonalitiesFor(t: Float64Array, options: SettledOptions): SeasonalityOption[] {
  const day = 86_400_000;
  const span = (t.at(-1)! - t[0]!) / day;
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < t.length; i++) {
    const step = (t[i]! - t[i - 1]!) / day;
    if (step > 0 && step < shortest) shortest = step;
  }
  const usual = [
    { name: 'yearly', periodDays: 365.25, order: 10, fits: span >= 730 },
    { name: 'weekly', periodDays: 7, order: 3, fits: span >= 14 && shortest < 7 },
    { name: 'daily', periodDays: 1, order: 4, fits: span >= 2 && shortest < 1 },
  ] as const;
  const own = new Set(options.seasonalities.map(({ name }) => name));
  return [
    ...usual.flatMap(({ name, periodDays, order, fits }) => {
      const choice = options[name];
      if (choice === false || own.has(name) || (choice === 'auto' && !fits)) return [];
      return [{ name, periodDays, order: choice === 'auto' ? order : choice }];
    }),
    ...options.seasonalities,
  ];
}

function seasonalEffect(seasonality: SeasonalityOption, options: SettledOptions): Effect {
  const { name, periodDays, order, condition } = seasonality;
  return {
    name,
    kind: 'seasonality',
    mode: seasonality.mode ?? options.mode,
    priorScale: seasonality.priorScale ?? options.seasonalityPriorScale,
    columns: 2 * order,
    write(points, days, out) {
      const holds = condition === undefined ? null : conditionOf(points, condition);
      for (let i = 0; i < days.length; i++) {
        if (holds !== null && !holds[i]) continue;
        const angle = 2 * Math.PI * ((days[i]! / periodDays) % 1);
        const sine = Math.sin(angle);
        const cosine = Math.cos(angle);
        // sin and cos of the multiples by turning on: two calls of the library instead of 2 · order.
        let s = 0;
        let c = 1;
        for (let k = 0; k < order; k++) {
          const next = s * cosine + c * sine;
          c = c * cosine - s * sine;
          s = next;
          out[2 * k]![i] = s;
          out[2 * k + 1]![i] = c;
        }
      }
    },
  };
}

function conditionOf(points: AdditivePoints, name: string): ArrayLike<number | boolean> {
  const values = points.conditions?.[name];
  if (values?.length === points.t.length) return values;
  throw new InvalidInput(
    `conditions.${name}`,
    `must hold ${points.t.length} values, got ${values?.length ?? 'none'}`,
  );
}

function valuesOf(points: AdditivePoints, name: string): Float64Array {
  const values = points.regressors?.[name];
  if (values === undefined) {
    throw new InvalidInput(`regressors.${name}`, `must hold ${points.t.length} values, got none`);
  }
  requireFinite(`regressors.${name}`, values, points.t.length);
  return values;
}

function scaleOf(values: Float64Array, standardise: boolean | undefined) {
  const none = { mean: 0, deviation: 1 };
  if (standardise ?? !values.every((value) => value === 0 || value === 1)) {
    const n = values.length;
    const mean = values.reduce((sum, value) => sum + value / n, 0);
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / Math.max(1, n - 1));
    return deviation > 0 && Number.isFinite(deviation) ? { mean, deviation } : none;
  }
  return none;
}
