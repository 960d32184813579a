import { requireWhole } from '../invalid-input.ts';
import { parametersOf, summariser } from './extract.ts';
import type { FeatureParameter, FeatureValue, SummarySet } from './feature.ts';

export interface TrailingOptions {
  /** Points in a window, default 90. */
  readonly window?: number;
  /** A window ends at every `step`-th point, counted from the first full one; default 1. */
  readonly step?: number;
  /** Names of the features to compute; all when left out. */
  readonly only?: ReadonlySet<string>;
  /** Parameters of the set, as for `summariser`. */
  readonly parameters?: Readonly<Record<string, FeatureParameter>>;
}

/**
 * The incremental form: takes in one value after the other and gives the features of the last `window` of them, or nothing
 * before the first full window and between steps.
 * @throws InvalidInput (`window`, `step`), and for unknown parameters; `push` never throws for data.
 */
export function trailingWindowStream(
  set: SummarySet,
  { window = 90, step = 1, only, parameters }: TrailingOptions = {},
): (value: number) => Record<string, FeatureValue> | undefined {
  requireWhole('window', window, 1);
  requireWhole('step', step, 1);
  const summarise = summariser(set, parameters, only);
  const ring = new Float64Array(window).fill(Number.NaN);
  let next = 0;
  let count = 0;
  return (value) => {
    ring[next] = value;
    next = (next + 1) % window;
    count++;
    if (count < window || (count - window) % step !== 0) return undefined;
    const values = new Float64Array(window);
    values.set(ring.subarray(next));
    values.set(ring.subarray(0, next), window - next);
    return summarise(values);
  };
}

/**
 * The features of a set over trailing windows: the value at t summarises the last `window` points, t included, and uses
 * nothing after t.
 *
 * @param y n values; what is not finite is missing and takes its place in a window all the same.
 * @returns one column of n values for each feature; a feature of several numbers gives one for each, `<feature>__<place>`.
 *          `NaN` before the first full window, between steps, where the feature is not defined, and for names.
 * @throws InvalidInput (`window`, `step`), and for unknown parameters.
 *
 * Cost: that of the set on `window` points for each of (n − window) / step windows. Memory: the columns.
 */
export function trailingWindows(
  set: SummarySet,
  y: Float64Array,
  options: TrailingOptions = {},
): Record<string, Float64Array> {
  const push = trailingWindowStream(set, options);
  // In the order in which features have their first value.
  const columns = new Map<string, Float64Array>();
  const columnOf = (name: string): Float64Array => {
    const column = columns.get(name) ?? new Float64Array(y.length).fill(Number.NaN);
    columns.set(name, column);
    return column;
  };
  let names: readonly string[] | undefined;
  // Of the features that are one number, by their place.
  const single: Float64Array[] = [];
  const withValues = new Set<string>();
  for (let t = 0; t < y.length; t++) {
    const values = push(y[t]!);
    if (values === undefined) continue;
    names ??= Object.keys(values);
    for (let k = 0; k < names.length; k++) {
      const value = values[names[k]!] ?? null;
      if (value === null) continue;
      if (typeof value === 'number') {
        single[k] ??= columnOf(names[k]!);
        single[k]![t] = value;
        continue;
      }
      withValues.add(names[k]!);
      for (const [i, part] of value.entries()) {
        const column = columnOf(`${names[k]!}__${i}`);
        if (typeof part === 'number') column[t] = part;
      }
    }
  }
  for (const { name } of set.features(parametersOf(set, options.parameters))) {
    const wanted = options.only?.has(name) ?? true;
    if (wanted && !withValues.has(name)) columnOf(name);
  }
  return Object.fromEntries(columns);
}
