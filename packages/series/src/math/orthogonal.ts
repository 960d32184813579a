/**
 * Least squares by orthogonal transformations: slower than the normal equations (`least-squares.ts`) by the number of
 * columns, and safe where columns nearly depend on each other.
 */

/**
 * Householder's QR of k columns, in place: afterwards element i ≤ j of column j holds R(i, j). A further column y given
 * behind them becomes Qᵀ·y, so that the sum of squares of its elements from i on is what the first i columns leave over.
 *
 * @param columns arrays of n ≥ k values, overwritten. Elements below the diagonal are left undefined.
 * @param count   how many of the columns to eliminate; default all.
 *
 * Cost: O(n·k²). Source: Golub & Van Loan, Matrix Computations, 5.2.
 */
export function triangularise(columns: readonly Float64Array[], count = columns.length): void {
  const n = columns[0]?.length ?? 0;
  for (let j = 0; j < Math.min(count, n); j++) {
    const v = columns[j]!;
    const norm = lengthFrom(v, j);
    if (norm === 0) continue;
    const diagonal = v[j]! > 0 ? -norm : norm;
    v[j]! -= diagonal;
    const scale = -1 / (diagonal * v[j]!);
    for (let c = j + 1; c < columns.length; c++) {
      const column = columns[c]!;
      let sum = 0;
      for (let t = j; t < n; t++) sum += v[t]! * column[t]!;
      sum *= scale;
      for (let t = j; t < n; t++) column[t]! -= sum * v[t]!;
    }
    v[j] = diagonal;
  }
}

/** Euclidean length of the elements from `start` on, without overflow. */
function lengthFrom(values: Float64Array, start: number): number {
  let largest = 0;
  for (let t = start; t < values.length; t++) largest = Math.max(largest, Math.abs(values[t]!));
  if (largest === 0) return 0;
  let sum = 0;
  for (let t = start; t < values.length; t++) sum += (values[t]! / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/**
 * The shortest of all coefficient vectors with the least sum of squares; unique also where columns depend on each other.
 *
 * @param columns k arrays of n values. @param y n values.
 * @returns k coefficients. Directions with a singular value below `tolerance` times the largest count as absent.
 *
 * Cost: O(n·k² + k³ · sweeps). Source: one-sided Jacobi, Hestenes (1958); Golub & Van Loan, 8.6.
 * Compare: numpy 1.24 `linalg.lstsq`, whose tolerance `rcond=None` is 2⁻⁵² · max(n, k).
 */
export function minimumNormSolution(
  columns: readonly Float64Array[],
  y: Float64Array,
  tolerance = 2 ** -52 * Math.max(y.length, columns.length),
): Float64Array {
  const k = columns.length;
  const work = [...columns, y].map((column) => Float64Array.from(column));
  if (y.length > k) triangularise(work, k);
  const rows = Math.min(k, y.length);
  const triangular = y.length > k;
  const right = work[k]!.subarray(0, rows);
  const u = work
    .slice(0, k)
    .map((column, j) =>
      Float64Array.from({ length: rows }, (_, i) => (triangular && i > j ? 0 : column[i]!)),
    );
  const v = columns.map((_, j) => Float64Array.from({ length: k }, (__, i) => (i === j ? 1 : 0)));
  orthogonaliseColumns(u, v);
  const singular = u.map((column) => lengthFrom(column, 0));
  const limit = tolerance * Math.max(0, ...singular);
  const solution = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    const sigma = singular[j]!;
    if (!(sigma > limit)) continue;
    let along = 0;
    for (let i = 0; i < rows; i++) along += (u[j]![i]! / sigma) * right[i]!;
    for (let i = 0; i < k; i++) solution[i]! += (v[j]![i]! * along) / sigma;
  }
  return solution;
}

/**
 * Singular values of a matrix given by its k columns of n values each; in no particular order, k of them.
 *
 * Cost: O(n·k² + k³ · sweeps). Errors are some 2⁻⁵² of the largest. Compare: numpy 1.24 `linalg.svd(compute_uv=False)`,
 * which leaves out the k − n that are 0 where k > n.
 */
export function singularValues(columns: readonly Float64Array[]): Float64Array {
  const k = columns.length;
  const n = columns[0]?.length ?? 0;
  const work = columns.map((column) => column.slice());
  if (n > k) triangularise(work);
  const triangular = n > k;
  const u = work.map((column, j) => {
    const head = column.slice(0, Math.min(n, k));
    return triangular ? head.fill(0, j + 1) : head;
  });
  orthogonaliseColumns(
    u,
    u.map(() => new Float64Array(0)),
  );
  return Float64Array.from(u, (column) => lengthFrom(column, 0));
}

const SWEEPS = 40;

/** Rotates pairs of columns of u, and those of v with them, until all are orthogonal. */
function orthogonaliseColumns(u: readonly Float64Array[], v: readonly Float64Array[]): void {
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < u.length; p++) {
      for (let q = p + 1; q < u.length; q++) {
        const [a, b] = [u[p]!, u[q]!];
        let [aa, bb, ab] = [0, 0, 0];
        for (let i = 0; i < a.length; i++) {
          aa += a[i]! * a[i]!;
          bb += b[i]! * b[i]!;
          ab += a[i]! * b[i]!;
        }
        if (!(Math.abs(ab) > 2 ** -53 * Math.sqrt(aa * bb))) continue;
        rotated = true;
        const zeta = (bb - aa) / (2 * ab);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cosine = 1 / Math.hypot(1, tangent);
        rotate(a, b, cosine, cosine * tangent);
        rotate(v[p]!, v[q]!, cosine, cosine * tangent);
      }
    }
    if (!rotated) return;
  }
}

function rotate(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    a[i] = cosine * x - sine * b[i]!;
    b[i] = sine * x + cosine * b[i]!;
  }
}
