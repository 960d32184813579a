/** A root re + i im. */
export interface Root {
  readonly re: number;
  readonly im: number;
}

const MOST_ROUNDS = 200;

/**
 * All complex roots of a polynomial, each as often as its multiplicity.
 *
 * @param coefficients of the powers k … 0, highest first. Leading zeros are passed over; each trailing zero is a root at 0.
 * @returns none for a constant, and none when a coefficient is not finite.
 *
 * Cost: O(k²) a round, usually below ten rounds. Precision: of simple roots as good as the coefficients determine them; of an
 *   m-fold root about 2⁻⁵³ to the power 1/m.
 * Source: Aberth (1973), Math. Comp. 27, 339–344; first guesses by Bini (1996), Numerical Algorithms 13, 179–200.
 * Compare: numpy `roots`.
 */
export function polynomialRoots(coefficients: readonly number[]): Root[] {
  if (!coefficients.every(Number.isFinite)) return [];
  const first = coefficients.findIndex((value) => value !== 0);
  if (first < 0) return [];
  const last = coefficients.findLastIndex((value) => value !== 0);
  const inner = coefficients.slice(first, last + 1);
  const zeros = Array.from({ length: coefficients.length - 1 - last }, () => ({ re: 0, im: 0 }));
  return [...aberth(inner), ...zeros];
}

function aberth(coefficients: readonly number[]): Root[] {
  const degree = coefficients.length - 1;
  if (degree === 0) return [];
  if (degree === 1) return [{ re: -coefficients[1]! / coefficients[0]!, im: 0 }];
  const { re, im } = firstGuesses(coefficients);
  const done = new Uint8Array(degree);
  for (let round = 0; round < MOST_ROUNDS && done.includes(0); round++) {
    for (let k = 0; k < degree; k++) {
      if (done[k]) continue;
      const step = newtonStep(coefficients, re[k]!, im[k]!);
      let awayRe = 0;
      let awayIm = 0;
      for (let j = 0; j < degree; j++) {
        if (j === k) continue;
        const dr = re[k]! - re[j]!;
        const di = im[k]! - im[j]!;
        const square = dr * dr + di * di;
        if (square === 0) continue;
        awayRe += dr / square;
        awayIm -= di / square;
      }
      // step / (1 − step · Σ 1 / (z − zⱼ))
      const divisor = {
        re: 1 - (step.re * awayRe - step.im * awayIm),
        im: -(step.re * awayIm + step.im * awayRe),
      };
      const move = divide(step.re, step.im, divisor.re, divisor.im);
      if (!Number.isFinite(move.re) || !Number.isFinite(move.im)) {
        done[k] = 1;
        continue;
      }
      re[k]! -= move.re;
      im[k]! -= move.im;
      if (Math.hypot(move.re, move.im) <= 2 ** -52 * Math.hypot(re[k]!, im[k]!)) done[k] = 1;
    }
  }
  return Array.from(re, (value, k) => ({ re: value, im: im[k]! }));
}

/** p(z) / p′(z); outside the unit circle by the reversed polynomial, so that no power overflows. */
function newtonStep(coefficients: readonly number[], re: number, im: number): Root {
  const degree = coefficients.length - 1;
  const outside = Math.hypot(re, im) > 1;
  const at = outside ? divide(1, 0, re, im) : { re, im };
  let p = { re: 0, im: 0 };
  let d = { re: 0, im: 0 };
  for (let i = 0; i <= degree; i++) {
    const next = outside ? coefficients[degree - i]! : coefficients[i]!;
    d = { re: d.re * at.re - d.im * at.im + p.re, im: d.re * at.im + d.im * at.re + p.im };
    p = { re: p.re * at.re - p.im * at.im + next, im: p.re * at.im + p.im * at.re };
  }
  if (!outside) return divide(p.re, p.im, d.re, d.im);
  // With q(w) = wᵏ p(1 / w): p / p′ = z q / (k q − w q′).
  const wd = { re: at.re * d.re - at.im * d.im, im: at.re * d.im + at.im * d.re };
  const ratio = divide(p.re, p.im, degree * p.re - wd.re, degree * p.im - wd.im);
  return { re: re * ratio.re - im * ratio.im, im: re * ratio.im + im * ratio.re };
}

function divide(ar: number, ai: number, br: number, bi: number): Root {
  const square = br * br + bi * bi;
  return { re: (ar * br + ai * bi) / square, im: (ai * br - ar * bi) / square };
}

/** On circles whose radii are the slopes of the upper hull of the logarithms of the sizes of the coefficients. */
function firstGuesses(coefficients: readonly number[]): { re: Float64Array; im: Float64Array } {
  const degree = coefficients.length - 1;
  const heightAt = (power: number) => Math.log(Math.abs(coefficients[degree - power]!));
  const hull: number[] = [];
  for (let power = 0; power <= degree; power++) {
    if (coefficients[degree - power] === 0) continue;
    while (hull.length > 1) {
      const [a, b] = [hull.at(-2)!, hull.at(-1)!];
      const below =
        (heightAt(b) - heightAt(a)) * (power - a) <= (heightAt(power) - heightAt(a)) * (b - a);
      if (!below) break;
      hull.pop();
    }
    hull.push(power);
  }
  const re = new Float64Array(degree);
  const im = new Float64Array(degree);
  for (let i = 1; i < hull.length; i++) {
    const [from, to] = [hull[i - 1]!, hull[i]!];
    const count = to - from;
    const radius = Math.exp((heightAt(from) - heightAt(to)) / count);
    for (let k = 0; k < count; k++) {
      // A turn that has no symmetry with the real axis.
      const angle = (2 * Math.PI * k) / count + (2 * Math.PI * i) / degree + 0.7;
      re[from + k] = radius * Math.cos(angle);
      im[from + k] = radius * Math.sin(angle);
    }
  }
  return { re, im };
}
