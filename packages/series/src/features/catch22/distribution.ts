import type { ZScores } from './z-scores.ts';

/**
 * Centre of the fullest of `bins` equally wide bins over the range of the z-scores; the mean of the centres where several are
 * equally full. The last bin includes its upper edge.
 */
export function histogramMode({ z, min, max }: ZScores, bins: number): number {
  const width = (max - min) / bins;
  const counts = binCounts(z, min, width, bins);
  const most = Math.max(...counts);
  let sum = 0;
  let fullest = 0;
  for (let i = 0; i < bins; i++) {
    if (counts[i] !== most) continue;
    sum += min + (i + 0.5) * width;
    fullest++;
  }
  return sum / fullest;
}

/** How many values fall in each of `bins` bins of one width; values past an end count in the bin there. */
export function binCounts(
  values: Float64Array,
  low: number,
  width: number,
  bins: number,
): Int32Array {
  const counts = new Int32Array(bins);
  for (let t = 0; t < values.length; t++) {
    const bin = Math.floor((values[t]! - low) / width);
    counts[bin < 0 ? 0 : bin >= bins ? bins - 1 : bin]!++;
  }
  return counts;
}
