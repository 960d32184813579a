/** Which facts a measure is asked over. Days are local calendar days of the reporting zone, both ends included. */
export interface MeasureQuery {
  /** `YYYY-MM-DD`. */
  readonly from: string;
  /** `YYYY-MM-DD`. */
  readonly to: string;
  readonly bucket: 'day' | 'week' | 'month';
  /** Dimension name → accepted values; empty or absent means all. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

export interface MeasureSeries {
  /** First local day of each bucket, ascending, without gaps. */
  readonly t: readonly string[];
  /** Value per bucket; null where it is undefined (a ratio without a denominator). */
  readonly y: readonly (number | null)[];
}

export type MeasureUnit = 'money' | 'count' | 'ratio' | 'number';

/**
 * A number a workspace can tell over time. What is declared here can be charted, forecast and alerted on
 * by the core without the core knowing the workspace.
 */
export interface Measure {
  /** `sales.revenue`. */
  readonly id: string;
  readonly title: { readonly en: string; readonly ja: string };
  /** `money` values are in major units of the organisation's currency. */
  readonly unit: MeasureUnit;
  readonly nonNegative: boolean;
  /** Permission needed to see it. */
  readonly permission: string;
  /** Dimensions it can be filtered by. */
  readonly dimensions: readonly string[];
  /** First and last local day with data, or undefined when there is none. */
  range(): Promise<{ from: string; to: string } | undefined>;
  series(query: MeasureQuery): Promise<MeasureSeries>;
}
