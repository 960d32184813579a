import { fourierByDefinition } from './fourier-by-definition.ts';

/** Welch's estimate step by step; O(n · segment). Oracle of stats/welch.ts. */
export function welchByDefinition(y: Float64Array, segment: number): number[] {
  const length = Math.min(segment, y.length);
  const window = Array.from({ length }, (_, t) =>
    length === 1 ? 1 : Math.sin((Math.PI * t) / length) ** 2,
  );
  const energy = window.reduce((sum, weight) => sum + weight * weight, 0);
  const estimates: number[][] = [];
  for (let from = 0; from + length <= y.length; from += length - Math.floor(length / 2)) {
    const values = y.slice(from, from + length);
    const mean = values.reduce((sum, value) => sum + value, 0) / length;
    const { re, im } = fourierByDefinition(
      values.map((value, t) => (value - mean) * window[t]!),
      new Float64Array(length),
    );
    // Both halves of the spectrum, folded.
    const folded = new Array<number>(Math.floor(length / 2) + 1).fill(0);
    for (let k = 0; k < length; k++) {
      folded[Math.min(k, length - k)]! += (re[k]! ** 2 + im[k]! ** 2) / energy;
    }
    estimates.push(folded);
  }
  return estimates[0]!.map(
    (_, k) => estimates.reduce((sum, each) => sum + each[k]!, 0) / estimates.length,
  );
}
