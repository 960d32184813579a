import { normalQuantile } from '../../math/normal.ts';
import { createRandom } from '../../math/random.ts';
import { select } from '../../math/select.ts';

/** What the futures are drawn from, in scaled units. */
export interface FutureLaw {
  /** Changes of slope expected for each unit of time after 1. */
  readonly changesPerUnit: number;
  /** Mean size of a change. */
  readonly changeScale: number;
  readonly sigma: number;
}

/**
 * Quantiles of simulated futures, time by time.
 *
 * A future draws a Poisson number of changes of slope after the last value, as often and as large on average as those found
 * in the past (Laplace), and adds normal noise at each time.
 *
 * @param t     scaled times in ascending order; the history ends at 1.
 * @param valueAt mean of y at point i when the bent line is `shift` above the expected one.
 * @param shares probabilities in (0, 1).
 * @returns one array of quantiles for each share.
 *
 * Source: Taylor & Letham (2018), section 3.1.4. Departure: at each time the noise of the futures is the same set of normal
 *   quantiles, dealt out anew, which takes most of the chance out of the width.
 * Cost: O(samples) for each time.
 */
export function simulatedQuantiles(
  t: Float64Array,
  valueAt: (i: number, shift: number) => number,
  law: FutureLaw,
  { samples, seed, shares }: { samples: number; seed: number; shares: readonly number[] },
): Float64Array[] {
  const random = createRandom(seed);
  const end = t.at(-1) ?? 1;
  const futures = Array.from({ length: samples }, () => drawChanges(law, end, random));
  const noise = Float64Array.from(
    { length: samples },
    (_, i) => law.sigma * normalQuantile((i + 0.5) / samples),
  );
  shuffle(noise, random);
  const position = new Int32Array(samples);
  const slope = new Float64Array(samples);
  const start = new Float64Array(samples);
  const values = new Float64Array(samples);
  const quantiles = shares.map(() => new Float64Array(t.length));
  for (let i = 0; i < t.length; i++) {
    const now = t[i]!;
    const turn = Math.floor(random() * samples);
    for (let s = 0; s < samples; s++) {
      const { times, sizes } = futures[s]!;
      let next = position[s]!;
      while (next < times.length && times[next]! < now) {
        slope[s]! += sizes[next]!;
        start[s]! -= sizes[next]! * times[next]!;
        next++;
      }
      position[s] = next;
      const other = s + turn < samples ? s + turn : s + turn - samples;
      values[s] = valueAt(i, slope[s]! * now + start[s]!) + noise[other]!;
    }
    shares.forEach((share, k) => {
      quantiles[k]![i] = quantile(values, share);
    });
  }
  return quantiles;
}

function drawChanges(
  { changesPerUnit, changeScale }: FutureLaw,
  end: number,
  random: () => number,
) {
  const times: number[] = [];
  const sizes: number[] = [];
  // Waiting times of a Poisson process are exponential.
  if (changesPerUnit > 0) {
    let now = 1 - Math.log1p(-random()) / changesPerUnit;
    while (now < end) {
      times.push(now);
      const u = random() - 0.5;
      sizes.push(-changeScale * Math.sign(u) * Math.log1p(-2 * Math.abs(u)));
      now -= Math.log1p(-random()) / changesPerUnit;
    }
  }
  return { times, sizes };
}

function shuffle(values: Float64Array, random: () => number): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
}

/** R's type 7, as `quantileOfSorted`, without sorting. Reorders the values. */
function quantile(values: Float64Array, share: number): number {
  const place = share * (values.length - 1);
  const below = Math.floor(place);
  const low = select(values, below);
  if (below === place) return low;
  // What lies behind the place is not smaller.
  let high = Number.POSITIVE_INFINITY;
  for (let i = below + 1; i < values.length; i++) high = Math.min(high, values[i]!);
  return low + (place - below) * (high - low);
}
