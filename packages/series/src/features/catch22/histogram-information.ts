import type { ZScores } from './z-scores.ts';

const LAG = 2;
const BINS = 5;
/** How far the outer bins reach beyond the smallest and largest value. */
const MARGIN = 0.1;

/** Mutual information (nats) between z[t] and z[t + 2] from a histogram of 5 by 5 equal bins. */
export function histogramInformation({ z, n, min, max }: ZScores): number {
  const low = min - MARGIN;
  const width = (max + MARGIN - low) / BINS;
  const bins = new Uint8Array(n);
  for (let t = 0; t < n; t++) bins[t] = Math.floor((z[t]! - low) / width);
  const pairs = n - LAG;
  const joint = new Int32Array(BINS * BINS);
  const early = new Int32Array(BINS);
  const late = new Int32Array(BINS);
  for (let t = 0; t < pairs; t++) {
    const [a, b] = [bins[t]!, bins[t + LAG]!];
    joint[a * BINS + b]!++;
    early[a]!++;
    late[b]!++;
  }
  if (pairs < 1) return Number.NaN;
  let information = 0;
  for (let a = 0; a < BINS; a++) {
    for (let b = 0; b < BINS; b++) {
      const count = joint[a * BINS + b]!;
      if (count === 0) continue;
      information += (count / pairs) * Math.log((count * pairs) / (early[a]! * late[b]!));
    }
  }
  return information;
}
