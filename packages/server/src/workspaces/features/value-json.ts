import type { FeatureValue } from '@kizashi/series';

// Feature values as JSON: what is not defined is null, infinities are the texts that the reference files write.

/** One number. */
export function numberJson(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'null' : value > 0 ? '"Infinity"' : '"-Infinity"';
}

/** A whole column. */
export function columnJson(values: Float64Array): string {
  let text = '[';
  for (let i = 0; i < values.length; i++) text += (i === 0 ? '' : ',') + numberJson(values[i]!);
  return `${text}]`;
}

export function valueJson(value: FeatureValue): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return numberJson(value);
  const parts = (value as readonly (number | string)[]).map((part) =>
    typeof part === 'number' ? numberJson(part) : JSON.stringify(part),
  );
  return `[${parts.join(',')}]`;
}

/** The features of one set for one series: `{"name":value,…}`. */
export function summaryJson(values: Readonly<Record<string, FeatureValue>>): string {
  const parts = Object.entries(values).map(
    ([name, value]) => `${JSON.stringify(name)}:${valueJson(value)}`,
  );
  return `{${parts.join(',')}}`;
}
