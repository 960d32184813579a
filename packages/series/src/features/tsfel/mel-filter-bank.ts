/** One band: weights of the power at the lines from, from + 1, …. */
export interface MelFilter {
  readonly from: number;
  readonly weights: Float64Array;
}
export type MelFilterBank = readonly MelFilter[];

/**
 * Triangular bands, equally wide on the mel scale from 0 to fs / 2, each of area 1 in hertz.
 *
 * @param fs        samples a second.
 * @param filters   number of bands.
 * @param transform length of the transform whose lines 0 … transform / 2 are weighted.
 *
 * Where bands are narrower than a line (low `fs`), some have no weight at all.
 * Source: Davis & Mermelstein (1980), IEEE Trans. Acoust. 28(4); mel(f) = 2595·log₁₀(1 + f/700) from O'Shaughnessy (1987).
 */
export function melFilterBank(fs: number, filters: number, transform: number): MelFilterBank {
  const highest = 2595 * Math.log10(1 + fs / 2 / 700);
  const hertz = Array.from(
    { length: filters + 2 },
    (_, i) => 700 * (10 ** ((i * (highest / (filters + 1))) / 2595) - 1),
  );
  hertz[filters + 1] = 700 * (10 ** (highest / 2595) - 1);
  const line = hertz.map((f) => Math.floor(((transform + 1) * f) / fs));
  return Array.from({ length: filters }, (_, band) => {
    const [left, centre, right] = [line[band]!, line[band + 1]!, line[band + 2]!];
    const scale = 2 / (hertz[band + 2]! - hertz[band]!);
    const weights = Float64Array.from({ length: right - left }, (_, i) => {
      const k = left + i;
      const height = k < centre ? (k - left) / (centre - left) : (right - k) / (right - centre);
      return height * scale;
    });
    return { from: left, weights };
  });
}
