import { createRandom } from '../math/random.ts';

/** Histories drawn from the BG/NBD model, in weeks; ages spread evenly over `newcomers` weeks before the end. */
export function simulatedBgNbd(
  n: number,
  { r, alpha, a, b }: { r: number; alpha: number; a: number; b: number },
  weeks: number,
  newcomers: number,
  seed = 1,
) {
  const random = createRandom(seed);
  const frequency = new Float64Array(n);
  const recency = new Float64Array(n);
  const age = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    age[i] = weeks - newcomers * random();
    const rate = gammaDraw(r, random) / alpha;
    const first = gammaDraw(a, random);
    const second = gammaDraw(b, random);
    // Of tiny shapes both underflow: the chance is then 0 or 1.
    const chance = first + second > 0 ? first / (first + second) : random() < a / (a + b) ? 1 : 0;
    let t = -Math.log(1 - random()) / rate;
    while (t < age[i]!) {
      frequency[i]!++;
      recency[i] = t;
      if (random() < chance) break;
      t -= Math.log(1 - random()) / rate;
    }
  }
  return { frequency, recency, age };
}

/** A gamma variable of the given shape and rate 1: Marsaglia & Tsang (2000), ACM TOMS 26(3). */
export function gammaDraw(shape: number, random: () => number): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random()) < 0.5 * normal * normal + d - d * v + d * Math.log(v)) return d * v;
  }
}
