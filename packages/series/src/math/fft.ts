/**
 * Discrete Fourier transform of any length: decimation in time by the factors 4, 2, 3, 5 and other small primes, and
 * Bluestein's chirp for what is left. O(n log n) for every n; errors grow like log n.
 * Sources: Cooley and Tukey, Math. Comp. 19 (1965); Bluestein, IEEE Trans. Audio Electroacoust. 18 (1970).
 */
export interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Primes up to this are transformed directly, larger ones by Bluestein's convolution. */
const LARGEST_DIRECT_PRIME = 100;

/** Frequencies 0 … floor(n / 2) of a real series of length n, unscaled: X[k] = Σ y[t] exp(−2πi k t / n). */
export function realSpectrum(y: Float64Array): Spectrum {
  const n = y.length;
  if (n === 0) return { re: new Float64Array(0), im: new Float64Array(0) };
  return n % 2 === 0 ? evenRealSpectrum(y) : firstHalf(y, n);
}

function firstHalf(y: Float64Array, n: number): Spectrum {
  const { re, im } = fourier(y, new Float64Array(n));
  return { re: re.slice(0, (n >> 1) + 1), im: im.slice(0, (n >> 1) + 1) };
}

/** An even number of real values as half as many complex ones, taken apart afterwards. */
function evenRealSpectrum(y: Float64Array): Spectrum {
  const half = y.length >> 1;
  const even = new Float64Array(half);
  const odd = new Float64Array(half);
  for (let i = 0; i < half; i++) {
    even[i] = y[2 * i]!;
    odd[i] = y[2 * i + 1]!;
  }
  const z = fourier(even, odd);
  const re = new Float64Array(half + 1);
  const im = new Float64Array(half + 1);
  const { cos, sin } = roots(y.length);
  for (let k = 0; k <= half; k++) {
    const a = k === half ? 0 : k;
    const b = k === 0 ? 0 : half - k;
    const evenRe = (z.re[a]! + z.re[b]!) / 2;
    const evenIm = (z.im[a]! - z.im[b]!) / 2;
    const oddRe = (z.im[a]! + z.im[b]!) / 2;
    const oddIm = (z.re[b]! - z.re[a]!) / 2;
    re[k] = evenRe + cos[k]! * oddRe - sin[k]! * oddIm;
    im[k] = evenIm + cos[k]! * oddIm + sin[k]! * oddRe;
  }
  return { re, im };
}

/** The transform of a complex series, unscaled; inputs are left as they are. */
export function fourier(re: Float64Array, im: Float64Array): Spectrum {
  const n = re.length;
  if (n <= 1) return { re: re.slice(), im: im.slice() };
  const factors = factorise(n);
  if (factors.at(-1)! > LARGEST_DIRECT_PRIME) return bluestein(re, im);
  const out: Spectrum = { re: new Float64Array(n), im: new Float64Array(n) };
  const { cos, sin } = roots(n);
  decimate({ re, im, out, cos, sin, factors }, 0, 1, 0, n, 0);
  return out;
}

/** The inverse of `fourier`, scaled by 1 / n. */
export function inverseFourier(re: Float64Array, im: Float64Array): Spectrum {
  const swapped = fourier(im, re);
  const n = re.length;
  return { re: swapped.im.map((v) => v / n), im: swapped.re.map((v) => v / n) };
}

interface Roots {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/** Many series have few lengths, and sines cost more than the transform: the newest tables are remembered. */
const KEPT_TABLES = 8;
const tables = new Map<number, Roots>();

/** exp(−2πi k / n) for k = 0 … n − 1. */
function roots(n: number): Roots {
  const known = tables.get(n);
  if (known !== undefined) return known;
  const cos = new Float64Array(n);
  const sin = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    cos[k] = Math.cos((2 * Math.PI * k) / n);
    sin[k] = -Math.sin((2 * Math.PI * k) / n);
  }
  if (tables.size === KEPT_TABLES) tables.delete(tables.keys().next().value!);
  const made = { cos, sin };
  tables.set(n, made);
  return made;
}

/** Fours first, then primes, ascending. */
function factorise(n: number): readonly number[] {
  const factors: number[] = [];
  let rest = n;
  while (rest % 4 === 0) {
    factors.push(4);
    rest /= 4;
  }
  for (let p = 2; p * p <= rest; p++) {
    while (rest % p === 0) {
      factors.push(p);
      rest /= p;
    }
  }
  if (rest > 1) factors.push(rest);
  return factors;
}

interface Plan extends Spectrum, Roots {
  readonly out: Spectrum;
  readonly factors: readonly number[];
}

/** Transforms every `stride`-th value from `from` into out[at … at + length). */
function decimate(
  plan: Plan,
  from: number,
  stride: number,
  at: number,
  length: number,
  level: number,
): void {
  const { re, im, out } = plan;
  const radix = plan.factors[level]!;
  const part = length / radix;
  if (part === 1) {
    for (let j = 0; j < radix; j++) {
      out.re[at + j] = re[from + j * stride]!;
      out.im[at + j] = im[from + j * stride]!;
    }
  } else {
    for (let j = 0; j < radix; j++) {
      decimate(plan, from + j * stride, stride * radix, at + j * part, part, level + 1);
    }
  }
  if (radix === 2) combineTwo(plan, at, part, stride);
  else if (radix === 4) combineFour(plan, at, part, stride);
  else combineAny(plan, at, part, stride, radix);
}

function combineTwo({ out: { re, im }, cos, sin }: Plan, at: number, part: number, stride: number) {
  for (let k = 0; k < part; k++) {
    const a = at + k;
    const b = a + part;
    const c = cos[k * stride]!;
    const s = sin[k * stride]!;
    const tr = re[b]! * c - im[b]! * s;
    const ti = re[b]! * s + im[b]! * c;
    re[b] = re[a]! - tr;
    im[b] = im[a]! - ti;
    re[a] = re[a]! + tr;
    im[a] = im[a]! + ti;
  }
}

function combineFour(
  { out: { re, im }, cos, sin }: Plan,
  at: number,
  part: number,
  stride: number,
) {
  for (let k = 0; k < part; k++) {
    const a = at + k;
    const b = a + part;
    const c = b + part;
    const d = c + part;
    const c1 = cos[k * stride]!;
    const s1 = sin[k * stride]!;
    const c2 = cos[2 * k * stride]!;
    const s2 = sin[2 * k * stride]!;
    const c3 = cos[3 * k * stride]!;
    const s3 = sin[3 * k * stride]!;
    const br = re[b]! * c1 - im[b]! * s1;
    const bi = re[b]! * s1 + im[b]! * c1;
    const cr = re[c]! * c2 - im[c]! * s2;
    const ci = re[c]! * s2 + im[c]! * c2;
    const dr = re[d]! * c3 - im[d]! * s3;
    const di = re[d]! * s3 + im[d]! * c3;
    const sumRe = re[a]! + cr;
    const sumIm = im[a]! + ci;
    const difRe = re[a]! - cr;
    const difIm = im[a]! - ci;
    const bdRe = br + dr;
    const bdIm = bi + di;
    const bmRe = br - dr;
    const bmIm = bi - di;
    re[a] = sumRe + bdRe;
    im[a] = sumIm + bdIm;
    re[c] = sumRe - bdRe;
    im[c] = sumIm - bdIm;
    // Minus i times (b − d).
    re[b] = difRe + bmIm;
    im[b] = difIm - bmRe;
    re[d] = difRe - bmIm;
    im[d] = difIm + bmRe;
  }
}

function combineAny(
  { out: { re, im }, cos, sin }: Plan,
  at: number,
  part: number,
  stride: number,
  radix: number,
) {
  const n = cos.length;
  const pr = new Float64Array(radix);
  const pi = new Float64Array(radix);
  for (let k = 0; k < part; k++) {
    for (let j = 0; j < radix; j++) {
      pr[j] = re[at + j * part + k]!;
      pi[j] = im[at + j * part + k]!;
    }
    for (let q = 0; q < radix; q++) {
      const step = (k + q * part) * stride;
      let w = 0;
      let sumRe = pr[0]!;
      let sumIm = pi[0]!;
      for (let j = 1; j < radix; j++) {
        w += step;
        if (w >= n) w -= n;
        sumRe += pr[j]! * cos[w]! - pi[j]! * sin[w]!;
        sumIm += pr[j]! * sin[w]! + pi[j]! * cos[w]!;
      }
      re[at + q * part + k] = sumRe;
      im[at + q * part + k] = sumIm;
    }
  }
}

/** As a convolution with a chirp, of a power of two in length. */
function bluestein(re: Float64Array, im: Float64Array): Spectrum {
  const n = re.length;
  const size = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const cos = new Float64Array(n);
  const sin = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    // k² modulo 2n keeps the angle small and exact.
    const angle = (Math.PI * ((k * k) % (2 * n))) / n;
    cos[k] = Math.cos(angle);
    sin[k] = Math.sin(angle);
  }
  const ar = new Float64Array(size);
  const ai = new Float64Array(size);
  const br = new Float64Array(size);
  const bi = new Float64Array(size);
  for (let k = 0; k < n; k++) {
    ar[k] = re[k]! * cos[k]! + im[k]! * sin[k]!;
    ai[k] = im[k]! * cos[k]! - re[k]! * sin[k]!;
    br[k] = cos[k]!;
    bi[k] = sin[k]!;
    if (k > 0) {
      br[size - k] = cos[k]!;
      bi[size - k] = sin[k]!;
    }
  }
  const a = fourier(ar, ai);
  const b = fourier(br, bi);
  for (let k = 0; k < size; k++) {
    const tr = a.re[k]! * b.re[k]! - a.im[k]! * b.im[k]!;
    a.im[k] = a.re[k]! * b.im[k]! + a.im[k]! * b.re[k]!;
    a.re[k] = tr;
  }
  const product = inverseFourier(a.re, a.im);
  const out: Spectrum = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let k = 0; k < n; k++) {
    out.re[k] = product.re[k]! * cos[k]! + product.im[k]! * sin[k]!;
    out.im[k] = product.im[k]! * cos[k]! - product.re[k]! * sin[k]!;
  }
  return out;
}
