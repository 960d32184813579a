import type { Complex, FourierPlan } from './fft-butterflies.ts';

/**
 * The transform of n values, n a large prime, in place, as a convolution with a chirp of a length that has small factors
 * only. Source: Bluestein, IEEE Trans. Audio Electroacoust. 18 (1970), 451–455.
 */
export function createBluestein(
  n: number,
  planFor: (length: number) => FourierPlan,
): (values: Complex) => void {
  const size = smoothLength(2 * n - 1);
  const plan = planFor(size);
  const { cos, sin } = chirpOf(n);
  const kernel = transformedChirp({ re: cos, im: sin }, size, plan);
  const padded = zeros(size);
  const spectrum = zeros(size);
  return ({ re, im }) => {
    padded.re.fill(0, n);
    padded.im.fill(0, n);
    for (let k = 0; k < n; k++) {
      padded.re[k] = re[k]! * cos[k]! + im[k]! * sin[k]!;
      padded.im[k] = im[k]! * cos[k]! - re[k]! * sin[k]!;
    }
    plan(padded, spectrum);
    for (let k = 0; k < size; k++) {
      const sr = spectrum.re[k]!;
      const si = spectrum.im[k]!;
      // Parts change places before and after: the forward transform is then the inverse one.
      padded.im[k] = sr * kernel.re[k]! - si * kernel.im[k]!;
      padded.re[k] = sr * kernel.im[k]! + si * kernel.re[k]!;
    }
    plan(padded, spectrum);
    for (let k = 0; k < n; k++) {
      const pr = spectrum.im[k]! / size;
      const pi = spectrum.re[k]! / size;
      re[k] = pr * cos[k]! + pi * sin[k]!;
      im[k] = pi * cos[k]! - pr * sin[k]!;
    }
  };
}

/** exp(iπ k² / n). */
function chirpOf(n: number): { readonly cos: Float64Array; readonly sin: Float64Array } {
  const cos = new Float64Array(n);
  const sin = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    // k² modulo 2n keeps the angle small and exact.
    const angle = (Math.PI * ((k * k) % (2 * n))) / n;
    cos[k] = Math.cos(angle);
    sin[k] = Math.sin(angle);
  }
  return { cos, sin };
}

function transformedChirp(chirp: Complex, size: number, plan: FourierPlan): Complex {
  const around = zeros(size);
  chirp.re.forEach((value, k) => {
    around.re[k] = value;
    around.im[k] = chirp.im[k]!;
    if (k > 0) {
      around.re[size - k] = value;
      around.im[size - k] = chirp.im[k]!;
    }
  });
  const kernel = zeros(size);
  plan(around, kernel);
  return kernel;
}

function zeros(n: number): Complex {
  return { re: new Float64Array(n), im: new Float64Array(n) };
}

/** The first number ≥ `least` without prime factors above 5. */
function smoothLength(least: number): number {
  for (let length = least; ; length++) {
    let rest = length;
    for (const p of [2, 3, 5]) while (rest % p === 0) rest /= p;
    if (rest === 1) return length;
  }
}
