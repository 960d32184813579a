/** Minimises ½ xᵀHx − bᵀx + Σ λᵢ|xᵢ|, the subproblem of every step of the fit. */
export interface SparseQuadratic {
  /** p × p, positive semidefinite; only the lower triangle is read. */
  readonly h: Float64Array;
  readonly b: Float64Array;
  /** p weights ≥ 0; 0 leaves a variable free. */
  readonly lambda: Float64Array;
}

/** A variable whose pivot is below this share of its diagonal depends on those before it; it is left as it is. */
const DEPENDENT = 1e-13;

/**
 * Exact minimum by feature-sign search: the signs of the variables that are not zero are guessed, the smooth problem that
 * follows is solved, and the objective is searched along the way there, where variables that cross zero may leave.
 *
 * @param x start; overwritten with the minimum.
 *
 * Cost: O(a³) for each change of the set of a variables that are not zero; a warm start needs one or two.
 * Source: Lee, Battle, Raina & Ng (2007), NIPS 19, algorithm 1.
 */
export function minimiseSparseQuadratic(problem: SparseQuadratic, x: Float64Array): void {
  const { h, b, lambda } = problem;
  const p = x.length;
  const sign = new Int8Array(p);
  const gradient = new Float64Array(p);
  const scratch = new Float64Array(p * p);
  const target = new Float64Array(p);
  let active: number[] = [];
  for (let i = 0; i < p; i++) {
    sign[i] = Math.sign(x[i]!);
    if (lambda[i] === 0 || x[i] !== 0) active.push(i);
  }
  // Every round lowers the objective and there are finitely many signs; the bound is for rounding alone.
  for (let round = 0; round < 20 * p + 20; round++) {
    const crossed = stepTowards(problem, x, sign, active, target, scratch);
    if (crossed) {
      active = active.filter((i) => lambda[i] === 0 || x[i] !== 0);
      for (const i of active) sign[i] = Math.sign(x[i]!);
      continue;
    }
    gradientAt(h, b, x, gradient);
    let worst = -1;
    let excess = 0;
    for (let i = 0; i < p; i++) {
      if (lambda[i] === 0 || x[i] !== 0) continue;
      const over = Math.abs(gradient[i]!) - lambda[i]!;
      if (over > excess && over > 1e-9 * lambda[i]!) {
        excess = over;
        worst = i;
      }
    }
    if (worst === -1 || active.includes(worst)) return;
    sign[worst] = -Math.sign(gradient[worst]!);
    active.push(worst);
  }
}

/** Moves x to the minimum for the present signs, or to the best point before it where a variable is zero; then true. */
function stepTowards(
  { h, b, lambda }: SparseQuadratic,
  x: Float64Array,
  sign: Int8Array,
  active: readonly number[],
  target: Float64Array,
  scratch: Float64Array,
): boolean {
  const p = x.length;
  for (const i of active) target[i] = b[i]! - lambda[i]! * sign[i]!;
  solveActive(h, active, target, scratch, x, p);
  const cuts: number[] = [];
  for (const i of active) {
    const from = x[i]!;
    const to = target[i]!;
    if (lambda[i]! > 0 && from !== 0 && from * to < 0) cuts.push(from / (from - to));
  }
  if (cuts.length === 0) {
    for (const i of active) x[i] = target[i]!;
    return active.some((i) => lambda[i]! > 0 && x[i] === 0);
  }
  cuts.push(1);
  // Objective along x + s·d: c1·s + c2·s²/2 + Σ λ|x + s·d|.
  let c1 = 0;
  let c2 = 0;
  for (const i of active) {
    const di = target[i]! - x[i]!;
    let hx = 0;
    for (let j = 0; j < p; j++) hx += h[i >= j ? i * p + j : j * p + i]! * x[j]!;
    c1 += di * (hx - b[i]!);
    for (const j of active) c2 += di * h[i >= j ? i * p + j : j * p + i]! * (target[j]! - x[j]!);
  }
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (const s of cuts) {
    let value = c1 * s + (c2 * s * s) / 2;
    for (const i of active) {
      if (lambda[i]! > 0) value += lambda[i]! * Math.abs(x[i]! + s * (target[i]! - x[i]!));
    }
    if (value < least) {
      least = value;
      best = s;
    }
  }
  for (const i of active) {
    const from = x[i]!;
    const to = target[i]!;
    const zeroHere = lambda[i]! > 0 && from * to < 0 && from / (from - to) === best;
    x[i] = zeroHere ? 0 : from + best * (to - from);
  }
  return true;
}

/** Solves H[active, active] · z = target[active] (other variables are 0) by Cholesky; the solution replaces the target. */
function solveActive(
  h: Float64Array,
  active: readonly number[],
  target: Float64Array,
  l: Float64Array,
  x: Float64Array,
  p: number,
): void {
  const a = active.length;
  for (let r = 0; r < a; r++) {
    const i = active[r]!;
    const row = r * a;
    for (let c = 0; c <= r; c++) {
      const j = active[c]!;
      let sum = h[i >= j ? i * p + j : j * p + i]!;
      const other = c * a;
      for (let k = 0; k < c; k++) sum -= l[row + k]! * l[other + k]!;
      if (c < r) l[row + c] = l[other + c] === 0 ? 0 : sum / l[other + c]!;
      else l[row + r] = sum > DEPENDENT * h[i * p + i]! ? Math.sqrt(sum) : 0;
    }
  }
  for (let r = 0; r < a; r++) {
    const i = active[r]!;
    const diagonal = l[r * a + r]!;
    let sum = target[i]!;
    for (let k = 0; k < r; k++) sum -= l[r * a + k]! * target[active[k]!]!;
    target[i] = diagonal === 0 ? 0 : sum / diagonal;
  }
  for (let r = a - 1; r >= 0; r--) {
    const i = active[r]!;
    const diagonal = l[r * a + r]!;
    let sum = target[i]!;
    for (let k = r + 1; k < a; k++) sum -= l[k * a + r]! * target[active[k]!]!;
    target[i] = diagonal === 0 ? x[i]! : sum / diagonal;
  }
}

function gradientAt(h: Float64Array, b: Float64Array, x: Float64Array, out: Float64Array): void {
  const p = x.length;
  for (let i = 0; i < p; i++) {
    let sum = -b[i]!;
    for (let j = 0; j <= i; j++) sum += h[i * p + j]! * x[j]!;
    for (let j = i + 1; j < p; j++) sum += h[j * p + i]! * x[j]!;
    out[i] = sum;
  }
}
