import { createRandom } from '../math/random.ts';

/** Series that break careless code: every short length, gaps, infinities, extreme sizes, constants, ties. For tests only. */
export function* oddSeries(seed: number, rounds = 4): Generator<Float64Array> {
  const random = createRandom(seed);
  const kinds: readonly ((t: number) => number)[] = [
    () => random() - 0.5,
    () => Math.floor(random() * 3),
    () => (random() < 0.1 ? Number.NaN : random()),
    () => (random() < 0.1 ? Number.POSITIVE_INFINITY : random()),
    () => (random() < 0.1 ? Number.NEGATIVE_INFINITY : random()),
    () => Number.NaN,
    () => 0,
    () => 0.1,
    () => (random() - 0.5) * 1e300,
    () => (random() - 0.5) * 1e-300,
    () => (random() < 0.05 ? 1e300 : random()),
    () => 1e12 + random(),
    (t) => t,
    (t) => -(t ** 3),
    (t) => t % 2,
    (t) => Math.sin(t / 3),
    (t) => (t < 20 ? 0 : 1),
    () => Number.MAX_VALUE * (random() < 0.5 ? 1 : -1),
    () => Number.MIN_VALUE * Math.floor(random() * 3),
  ];
  for (const kind of kinds) {
    for (let n = 0; n <= 50; n += n < 16 ? 1 : 7) {
      yield Float64Array.from({ length: n }, (_, t) => kind(t));
    }
    for (let round = 0; round < rounds; round++) {
      const n = 51 + Math.floor(random() * 250);
      yield Float64Array.from({ length: n }, (_, t) => kind(t));
    }
  }
}
