import { safeScale } from '../../math/safe-scale.ts';
import type { FeatureTable } from './feature-table.ts';

/** A column of numbers made from a table's column. Plain data. */
export interface DesignColumn {
  /** `age`, `age is missing`, `colour 2` (code 2). */
  readonly name: string;
  /** Position of the table's column. */
  readonly source: number;
  /** Its value, whether it is missing, or whether it is one category. */
  readonly kind: 'value' | 'missing' | 'category';
  readonly code: number;
  /** What stands for a missing value: the mean of the training rows. */
  readonly fill: number;
}

/**
 * How a table becomes numbers without gaps, for models that need them: a missing quantity is filled by the mean, with a column
 * that says so; of a category each code but the most frequent has a column of 0 and 1, so an unseen one counts as the most
 * frequent.
 */
export function designOf({ columns, names, kinds }: FeatureTable): readonly DesignColumn[] {
  return columns.flatMap((values, source): DesignColumn[] => {
    const name = names[source]!;
    const missing = values.some((value) => !Number.isFinite(value));
    const indicator = {
      name: `${name} is missing`,
      source,
      kind: 'missing',
      code: 0,
      fill: 0,
    } as const;
    const lost = missing && values.some(Number.isFinite) ? [indicator] : [];
    if (kinds[source] !== 'category') {
      return [{ name, source, kind: 'value', code: 0, fill: moments(values).mean }, ...lost];
    }
    const others = codesByRows(values).slice(1);
    return [
      ...others.map(
        (code) => ({ name: `${name} ${code}`, source, kind: 'category', code, fill: 0 }) as const,
      ),
      ...lost,
    ];
  });
}

/** The design's columns for the rows of a table, without missing values. */
export function designColumns(
  design: readonly DesignColumn[],
  table: FeatureTable,
): readonly Float64Array[] {
  return design.map(({ source, kind, code, fill }) => {
    const values = table.columns[source]!;
    if (kind === 'category') return values.map((value) => (value === code ? 1 : 0));
    if (kind === 'missing') return values.map((value) => (Number.isFinite(value) ? 0 : 1));
    return values.map((value) => (Number.isFinite(value) ? value : fill));
  });
}

/** Codes by number of rows, the most frequent first. */
function codesByRows(values: Float64Array): number[] {
  const rows = new Map<number, number>();
  for (const value of values)
    if (Number.isInteger(value) && value >= 0) rows.set(value, (rows.get(value) ?? 0) + 1);
  return [...rows].toSorted(([a, m], [b, n]) => n - m || a - b).map(([code]) => code);
}

/** Mean and standard deviation (divisor n) of the finite values, without overflow; 0 of none. */
export function moments(values: Float64Array): { mean: number; deviation: number } {
  let largest = 0;
  let n = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    largest = Math.max(largest, Math.abs(value));
    n++;
  }
  if (n === 0) return { mean: 0, deviation: 0 };
  const scale = safeScale(largest);
  let sum = 0;
  for (const value of values) if (Number.isFinite(value)) sum += value / scale;
  const mean = sum / n;
  let squares = 0;
  for (const value of values) if (Number.isFinite(value)) squares += (value / scale - mean) ** 2;
  return { mean: mean * scale, deviation: Math.sqrt(squares / n) * scale };
}

/** Columns less their mean, over their standard deviation; a constant one is all 0, and what is missing stays so. */
export interface Standardised {
  readonly columns: readonly Float64Array[];
  readonly means: Float64Array;
  /** 0 of a constant column. */
  readonly deviations: Float64Array;
}

/**
 * Brings columns to mean 0 and standard deviation 1 (divisor n), so that their units do not matter to distances.
 *
 * @param columns arrays of any length; values that are not finite are missing, and `NaN` in the result. Not modified.
 * @returns the columns, all 0 of a constant one (up to rounding: a deviation below 1e-13 of the mean is none), with means and
 *   deviations in the columns' units.
 *
 * Cost: O(values). Values of ±1e300 are safe. Compare: scikit-learn `StandardScaler`.
 */
export function standardise(columns: readonly Float64Array[]): Standardised {
  const all = columns.map(moments);
  // What is left of a constant by rounding is no spread.
  const spread = all.map(({ mean, deviation }) =>
    deviation > 1e-13 * Math.abs(mean) ? deviation : 0,
  );
  return {
    columns: columns.map((values, k) => {
      const { mean } = all[k]!;
      const deviation = spread[k]!;
      return values.map((value) => {
        if (!Number.isFinite(value)) return Number.NaN;
        return deviation > 0 ? value / deviation - mean / deviation : 0;
      });
    }),
    means: Float64Array.from(all, ({ mean }) => mean),
    deviations: Float64Array.from(spread),
  };
}
