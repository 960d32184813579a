/** What several values of one place are made into. */
export type Combine = 'sum' | 'mean' | 'last' | 'first' | 'min' | 'max';

/**
 * One value for each of n places. Values that are not finite do not count.
 *
 * @param rows  rows of `values`, in order of time.
 * @param slots place of each of these rows, 0 to n − 1.
 * @returns `NaN` for a place without values; how many places are so; how many rows were combined with another.
 */
export function combineSlots(
  values: Float64Array,
  rows: Int32Array,
  slots: Int32Array,
  n: number,
  combine: Combine,
): { readonly values: Float64Array; readonly empty: number; readonly merged: number } {
  const out = new Float64Array(n).fill(Number.NaN);
  const counts = new Int32Array(n);
  let merged = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!;
    if (!Number.isFinite(value)) continue;
    const slot = slots[i]!;
    const seen = counts[slot]!++;
    if (seen === 0) {
      out[slot] = value;
      continue;
    }
    merged++;
    const before = out[slot]!;
    if (combine === 'sum') out[slot] = before + value;
    else if (combine === 'mean') out[slot] = before + (value - before) / (seen + 1);
    else if (combine === 'last') out[slot] = value;
    else if (combine === 'min') out[slot] = Math.min(before, value);
    else if (combine === 'max') out[slot] = Math.max(before, value);
  }
  let empty = 0;
  for (let slot = 0; slot < n; slot++) if (counts[slot] === 0) empty++;
  return { values: out, empty, merged };
}
