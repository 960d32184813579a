/**
 * Seeded random numbers in [0, 1), 32 bits each; the same seed gives the same numbers everywhere.
 *
 * Source: sfc32 of the PractRand suite (C. Doty-Humphrey, public domain), with its 12 rounds of mixing in.
 *
 * @example const random = createRandom(7); random(); random();
 */
export function createRandom(seed: number): () => number {
  let a = 0;
  let b = seed | 0;
  let c = Math.floor(seed / 2 ** 32) | 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}
