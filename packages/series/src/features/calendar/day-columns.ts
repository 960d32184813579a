import type { FeatureInfo } from '../feature.ts';

/** Columns that follow from the day alone. */
export interface DayColumns {
  readonly columns: readonly FeatureInfo[];
  /** Writes the values of a whole, existing day. */
  readonly write: (day: number, out: Float64Array) => void;
}

/** How a column of the calendar reads in the catalogue. */
export function dayInfo(name: string, formula: string, unit = '1'): FeatureInfo {
  return {
    name,
    formula,
    source: 'Proleptic Gregorian calendar; ISO 8601 for weeks; names as pandas Series.dt',
    unit,
    cost: 'n',
    missing: 'kept',
    pointInTime: true,
  };
}
