export interface BoundedMinimum {
  readonly x: number;
  readonly value: number;
}

/** Where golden section puts a new point, as a share of the larger part. */
const GOLDEN = (3 - Math.sqrt(5)) / 2;
const ROUNDING = Math.sqrt(2.2e-16);

/**
 * Local minimum of a function of one variable inside (low, high): parabolas through the best three points where they help,
 * golden section where not. The ends themselves are never tried.
 *
 * @param f         may be NaN, which counts as worse than anything.
 * @param precision wanted for x, > 0.
 *
 * Cost: 10 to 30 calls for smooth functions, at most 500.
 * Source: Brent (1973), Algorithms for Minimization Without Derivatives, chapter 5. Compare: scipy 1.10
 *   `minimize_scalar(method="bounded")`, which takes the same steps.
 */
export function boundedMinimum(
  f: (x: number) => number,
  low: number,
  high: number,
  precision = 1e-5,
): BoundedMinimum {
  let [a, b] = [low, high];
  // The best point, the second best, and the second best before.
  let x = a + GOLDEN * (b - a);
  let w = x;
  let v = x;
  let fx = f(x);
  let fw = fx;
  let fv = fx;
  let step = 0;
  let before = 0;
  for (let calls = 1; calls < 500; calls++) {
    const middle = (a + b) / 2;
    const least = ROUNDING * Math.abs(x) + precision / 3;
    if (Math.abs(x - middle) <= 2 * least - (b - a) / 2) break;
    const parabola = parabolicStep(x, w, v, fx, fw, fv);
    const useful =
      Math.abs(before) > least &&
      Math.abs(parabola) < Math.abs(before / 2) &&
      x + parabola > a &&
      x + parabola < b;
    if (useful) {
      before = step;
      step = parabola;
      const next = x + step;
      if (next - a < 2 * least || b - next < 2 * least) step = middle >= x ? least : -least;
    } else {
      before = x >= middle ? a - x : b - x;
      step = GOLDEN * before;
    }
    const u = x + (step >= 0 ? 1 : -1) * Math.max(Math.abs(step), least);
    const fu = f(u);
    if (fu <= fx) {
      if (u >= x) a = x;
      else b = x;
      [v, w, x] = [w, x, u];
      [fv, fw, fx] = [fw, fx, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) {
        [v, w] = [w, u];
        [fv, fw] = [fw, fu];
      } else if (fu <= fv || v === x || v === w) {
        v = u;
        fv = fu;
      }
    }
  }
  return { x, value: fx };
}

/** From x to the lowest point of the parabola through three points; not finite where there is none. */
function parabolicStep(
  x: number,
  w: number,
  v: number,
  fx: number,
  fw: number,
  fv: number,
): number {
  const r = (x - w) * (fx - fv);
  const q = (x - v) * (fx - fw);
  return -((x - v) * q - (x - w) * r) / (2 * (q - r));
}
