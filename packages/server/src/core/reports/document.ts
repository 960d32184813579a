import type { Locale } from '../errors.ts';

/** A report as plain data: written as HTML by `reportHtml`, as PDF by `reportPdf`. All texts are in its language already. */
export interface ReportDocument {
  readonly locale: Locale;
  readonly title: string;
  /** Below the title: the period, the organisation. */
  readonly subtitle: string;
  /** UTC epoch ms. */
  readonly createdAt: number;
  /** At the foot of every page: who made it, when, on what. */
  readonly footer: string;
  readonly blocks: readonly ReportBlock[];
}

export type ReportBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly muted?: boolean }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'figures'; readonly items: readonly KeyFigure[] }
  | ReportTable
  | ReportChart;

export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
}

export interface ReportTable {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly { readonly title: string; readonly align?: 'right' }[];
  readonly rows: readonly (readonly string[])[];
  /** In the place of rows when there are none. */
  readonly empty: string;
}

export interface ReportChart {
  readonly kind: 'chart';
  readonly form: 'bars' | 'line';
  readonly title: string;
  /** What a person who does not see it should know. */
  readonly description: string;
  readonly labels: readonly string[];
  /** One for each label; null leaves a gap. None is negative. */
  readonly values: readonly (number | null)[];
  /** Places on the axis from 0 upwards, with their texts: see `chartTicks`. */
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/** Three to six round places from 0 to the highest value or a little above. */
export function chartTicks(
  values: readonly (number | null)[],
  text: (value: number) => string,
): { value: number; text: string }[] {
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  if (highest === 0) return [{ value: 0, text: text(0) }];
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10);
  const n = Math.ceil(highest / step - 1e-9);
  return Array.from({ length: n + 1 }, (_, i) => ({ value: i * step, text: text(i * step) }));
}
