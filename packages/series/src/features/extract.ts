import { InvalidInput, show } from '../invalid-input.ts';
import type {
  ColumnSet,
  FeatureParameter,
  FeatureValue,
  SetParameters,
  SummarySet,
  TimedSeries,
} from './feature.ts';
import { createSharedSeries, type SharedSeries } from './shared-series.ts';

/**
 * Parameters of a set as its features take them: the defaults, with what a caller overrides.
 *
 * @param overrides values by name, of the type of the default.
 * @returns every parameter of the set.
 * @throws InvalidInput (the name) for one that the set does not have, saying which it has, and for a value of another type.
 */
export function parametersOf(
  set: SummarySet | ColumnSet,
  overrides: Readonly<Record<string, FeatureParameter>> = {},
): SetParameters {
  for (const [name, value] of Object.entries(overrides)) {
    const known = set.defaults[name];
    if (known === undefined) {
      const names = Object.keys(set.defaults).join(', ') || 'none';
      throw new InvalidInput(name, `is not a parameter of ${set.name}; it has ${names}`);
    }
    if (typeof known !== typeof value) {
      throw new InvalidInput(name, `must be a ${typeof known}, got ${show(value)}`);
    }
  }
  return { ...set.defaults, ...overrides };
}

/**
 * A function that gives the features of a whole series by name; null where one is not defined for it. Make it once for
 * many series: the catalogue of a large set takes longer than a short series.
 * @param only names to compute; all when left out. Names the set does not have are passed over.
 * @throws InvalidInput for unknown parameters; the function it returns never throws for data.
 */
export function summariser(
  set: SummarySet,
  overrides?: Readonly<Record<string, FeatureParameter>>,
  only?: ReadonlySet<string>,
): (series: Float64Array | SharedSeries) => Record<string, FeatureValue> {
  const all = set.features(parametersOf(set, overrides));
  const features = only === undefined ? all : all.filter(({ name }) => only.has(name));
  return (series) => {
    const shared = series instanceof Float64Array ? createSharedSeries(series) : series;
    const out: Record<string, FeatureValue> = {};
    for (const feature of features) {
      const value = feature.compute(shared);
      out[feature.name] = typeof value === 'number' && Number.isNaN(value) ? null : value;
    }
    return out;
  };
}

/**
 * Features by time: what a set says at each point of a series.
 *
 * @param set as `columnSet` finds it by name.
 * @param series n values with their days (the calendar set needs them) and draws (the lottery set).
 * @param overrides parameters that differ from the set's defaults.
 * @returns by name, n values each in the unit the catalogue states; NaN where not defined, as before the first full window.
 * @throws InvalidInput for a parameter that the set does not know or a value it does not allow; never for data.
 *
 * @example columns(columnSet('rolling'), { y }).rolling_mean_7
 */
export function columns(
  set: ColumnSet,
  series: TimedSeries,
  overrides?: Readonly<Record<string, FeatureParameter>>,
): Record<string, Float64Array> {
  const out: Record<string, Float64Array> = {};
  for (const group of set.groups(parametersOf(set, overrides))) {
    const values = group.compute(series);
    group.columns.forEach(({ name }, i) => {
      out[name] = values[i]!;
    });
  }
  return out;
}
