import { createBluestein } from './fft-bluestein.ts';
import {
  type Complex,
  type FourierPlan,
  type Stage,
  stageOfAny,
  stageOfFive,
  stageOfFour,
  stageOfThree,
  stageOfTwo,
} from './fft-butterflies.ts';

/** Primes up to this are transformed by the definition, larger ones by Bluestein's convolution. */
const LARGEST_DIRECT_PRIME = 100;

/** Many series have few lengths, and sines cost more than the transform: the newest plans are remembered. */
const KEPT_PLANS = 24;
const LONGEST_KEPT = 1 << 17;
const plans = new Map<number, FourierPlan>();

/** How to transform n ≥ 1 values. */
export function fourierPlan(n: number): FourierPlan {
  const known = plans.get(n);
  if (known !== undefined) return known;
  const plan = createPlan(n);
  if (n > LONGEST_KEPT) return plan;
  if (plans.size === KEPT_PLANS) plans.delete(plans.keys().next().value!);
  plans.set(n, plan);
  return plan;
}

function createPlan(n: number): FourierPlan {
  const steps = createStages(n).map((stage, i, { length }) => ({
    run: runStage(stage),
    // Stages take turns between two places; the last one must write to the result.
    intoResult: (length - 1 - i) % 2 === 0,
  }));
  const spare = { re: new Float64Array(n), im: new Float64Array(n) };
  return (from, to) => {
    let source = from;
    for (const { run, intoResult } of steps) {
      const target = intoResult ? to : spare;
      run(source, target);
      source = target;
    }
    if (source === from) {
      to.re.set(from.re);
      to.im.set(from.im);
    }
  };
}

function createStages(n: number): readonly Stage[] {
  const { re: cos, im: sin } = unitRoots(n);
  let before = 1;
  return factorise(n).map((radix) => {
    const after = n / before / radix;
    const stage: Stage = {
      radix,
      before,
      after,
      cos: new Float64Array((radix - 1) * after),
      sin: new Float64Array((radix - 1) * after),
    };
    for (let j = 1; j < radix; j++) {
      for (let t = 0; t < after; t++) {
        stage.cos[(j - 1) * after + t] = cos[(j * t * before) % n]!;
        stage.sin[(j - 1) * after + t] = sin[(j * t * before) % n]!;
      }
    }
    before *= radix;
    return stage;
  });
}

function runStage(stage: Stage): FourierPlan {
  const { radix } = stage;
  if (radix === 2) return (from, to) => stageOfTwo(stage, from, to);
  if (radix === 3) return (from, to) => stageOfThree(stage, from, to);
  if (radix === 4) return (from, to) => stageOfFour(stage, from, to);
  if (radix === 5) return (from, to) => stageOfFive(stage, from, to);
  const column = { re: new Float64Array(radix), im: new Float64Array(radix) };
  const transform =
    radix > LARGEST_DIRECT_PRIME ? createBluestein(radix, fourierPlan) : byDefinition(radix);
  return (from, to) => stageOfAny(stage, from, to, column, transform);
}

/** An odd prime number of values by the definition; the values p − j and j share their sums. */
function byDefinition(p: number): (column: Complex) => void {
  const { re: cos, im: sin } = unitRoots(p);
  const half = (p - 1) >> 1;
  const sum = { re: new Float64Array(half + 1), im: new Float64Array(half + 1) };
  const difference = { re: new Float64Array(half + 1), im: new Float64Array(half + 1) };
  return ({ re, im }) => {
    const firstRe = re[0]!;
    const firstIm = im[0]!;
    let totalRe = firstRe;
    let totalIm = firstIm;
    for (let j = 1; j <= half; j++) {
      sum.re[j] = re[j]! + re[p - j]!;
      sum.im[j] = im[j]! + im[p - j]!;
      difference.re[j] = re[j]! - re[p - j]!;
      difference.im[j] = im[j]! - im[p - j]!;
      totalRe += sum.re[j]!;
      totalIm += sum.im[j]!;
    }
    re[0] = totalRe;
    im[0] = totalIm;
    for (let k = 1; k <= half; k++) {
      let evenRe = firstRe;
      let evenIm = firstIm;
      let oddRe = 0;
      let oddIm = 0;
      for (let j = 1, w = k; j <= half; j++) {
        evenRe += sum.re[j]! * cos[w]!;
        evenIm += sum.im[j]! * cos[w]!;
        oddRe -= difference.im[j]! * sin[w]!;
        oddIm += difference.re[j]! * sin[w]!;
        w += k;
        if (w >= p) w -= p;
      }
      re[k] = evenRe + oddRe;
      im[k] = evenIm + oddIm;
      re[p - k] = evenRe - oddRe;
      im[p - k] = evenIm - oddIm;
    }
  };
}

/** exp(−2πi k / n) for k = 0 … n − 1, exact on the axes. */
export function unitRoots(n: number): Complex {
  const cos = new Float64Array(n);
  const sin = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    // The nearest quarter turn, and an angle of at most π / 4 from there.
    const quarter = Math.round((4 * k) / n);
    const angle = (Math.PI / 2) * ((4 * k - quarter * n) / n);
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    cos[k] = quarter === 1 ? -s : quarter === 2 ? -c : quarter === 3 ? s : c;
    sin[k] = quarter === 1 ? -c : quarter === 2 ? s : quarter === 3 ? c : -s;
  }
  return { re: cos, im: sin };
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
