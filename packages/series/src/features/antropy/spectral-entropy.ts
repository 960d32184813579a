import { realSpectrum } from '../../math/fft.ts';
import { welchDensity } from '../../stats/welch.ts';
import { entropyOfShares, type Values } from './values.ts';

/** Entropy of the shares that frequencies have of the power, and how many frequencies there are. */
export interface SpectralEntropy {
  /** Bits; 0 for a constant series. */
  readonly entropy: number;
  readonly frequencies: number;
}

/** From the one-sided periodogram of the values without their mean. */
export function periodogramEntropy({ x, n, mean, constant }: Values): SpectralEntropy {
  const frequencies = (n >> 1) + 1;
  if (constant) return { entropy: 0, frequencies };
  const { re, im } = realSpectrum(x.map((value) => value - mean));
  const power = new Float64Array(frequencies);
  for (let k = 0; k < frequencies; k++) {
    const sides = k === 0 || 2 * k === n ? 1 : 2;
    power[k] = sides * (re[k]! * re[k]! + im[k]! * im[k]!);
  }
  return { entropy: entropyOfShares(power), frequencies };
}

/** From Welch's density with segments of at most `segment` values. */
export function welchEntropy({ x, n, constant }: Values, segment: number): SpectralEntropy {
  const frequencies = (Math.min(n, segment) >> 1) + 1;
  if (constant) return { entropy: 0, frequencies };
  return { entropy: entropyOfShares(welchDensity(x, segment)), frequencies };
}
