import { bestPanelProducts } from '../kernels/best-panel-products.ts';
import { type PanelProducts, ROWS } from '../kernels/panel-products.ts';
import { invertByCholesky } from './cholesky.ts';

/** Columns eliminated together: a panel of 64 columns of 4,000 rows is 2 MB, which a second cache holds. */
const BLOCK = 64;

/**
 * Inverse of a large symmetric positive definite matrix, written over it, both triangles.
 *
 * Block Gauss–Jordan ("sweeps"): for a block K of columns with P = A[K,K]⁻¹ (by Cholesky), every other entry becomes
 * A[i,j] − A[i,K]·P·A[K,j], A[i,K] becomes A[i,K]·P and A[K,K] becomes −P; after all blocks the matrix is −A⁻¹. It takes as
 * many operations as the way over a full Cholesky factor, but nearly all of them in one loop over packed memory.
 *
 * @param a n·n values by rows; only the lower triangle is read.
 * @param onBlock is told the share done, in (0, 1].
 * @returns false when the matrix is not positive definite: `a` then holds nothing of use.
 *
 * Cost: n³ operations, with vectors 6 · 10⁹ of them a second; 5·n·64 doubles of memory besides.
 * Precision: A·A⁻¹ is the identity to 1e-11 (test). Source: Lange, Numerical Analysis for Statisticians, 7.4–7.6.
 */
export function invertPositive(
  a: Float64Array,
  n: number,
  onBlock?: (done: number) => void,
): boolean {
  const panel = new Float64Array(n * BLOCK);
  const scaled = new Float64Array(n * BLOCK);
  const products = bestPanelProducts(n, BLOCK);
  for (let from = 0; from < n; from += BLOCK) {
    const width = Math.min(BLOCK, n - from);
    copyPanel(a, n, from, width, panel);
    const pivot = panel.slice(from * BLOCK, (from + width) * BLOCK);
    const inverse = new Float64Array(width * width);
    for (let i = 0; i < width; i++) {
      for (let k = 0; k < width; k++) inverse[i * width + k] = pivot[i * BLOCK + k]!;
    }
    if (!invertByCholesky(inverse, width)) return false;
    scalePanel(panel, inverse, n, width, scaled);
    // Rows of the block take no part in the update: with zeros it leaves them as they are.
    panel.fill(0, from * BLOCK, (from + width) * BLOCK);
    scaled.fill(0, from * BLOCK, (from + width) * BLOCK);
    products.setPanel(panel);
    subtractProducts(a, n, scaled, products);
    scalePanelBack(a, n, from, width, scaled, inverse);
    onBlock?.((from + width) / n);
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = -a[i * n + j]!;
      a[i * n + j] = value;
      a[j * n + i] = value;
    }
  }
  return true;
}

/** Columns from … from + width − 1 of the whole matrix, read from its lower triangle. */
function copyPanel(
  a: Float64Array,
  n: number,
  from: number,
  width: number,
  panel: Float64Array,
): void {
  if (width < BLOCK) panel.fill(0);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < width; k++) {
      const column = from + k;
      panel[i * BLOCK + k] = i >= column ? a[i * n + column]! : a[column * n + i]!;
    }
  }
}

function scalePanel(
  panel: Float64Array,
  inverse: Float64Array,
  n: number,
  width: number,
  out: Float64Array,
): void {
  out.fill(0);
  for (let i = 0; i < n; i++) {
    const row = i * BLOCK;
    for (let l = 0; l < width; l++) {
      const value = panel[row + l]!;
      if (value === 0) continue;
      const other = l * width;
      for (let k = 0; k < width; k++) out[row + k]! += value * inverse[other + k]!;
    }
  }
}

/** Lower triangle of a −= scaled·panelᵀ, four rows at a time. */
function subtractProducts(
  a: Float64Array,
  n: number,
  scaled: Float64Array,
  products: PanelProducts,
): void {
  const rows = new Float64Array(ROWS * BLOCK);
  for (let i = 0; i < n; i += ROWS) {
    const count = Math.min(ROWS, n - i);
    rows.fill(0, count * BLOCK);
    rows.set(scaled.subarray(i * BLOCK, (i + count) * BLOCK));
    const columns = i + ROWS;
    const sums = products.multiply(rows, columns);
    for (let r = 0; r < count; r++) {
      const at = (i + r) * n;
      const from = r * columns;
      for (let j = 0; j <= i + r; j++) a[at + j]! -= sums[from + j]!;
    }
  }
}

/** The new columns of the block, and −P in its square. */
function scalePanelBack(
  a: Float64Array,
  n: number,
  from: number,
  width: number,
  scaled: Float64Array,
  inverse: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < width; k++) {
      const column = from + k;
      if (i >= from && i < from + width) {
        if (i >= column) a[i * n + column] = -inverse[(i - from) * width + k]!;
      } else if (i > column) a[i * n + column] = scaled[i * BLOCK + k]!;
      else a[column * n + i] = scaled[i * BLOCK + k]!;
    }
  }
}
