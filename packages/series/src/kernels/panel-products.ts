/**
 * Products of rows with the rows of a panel in plain TypeScript: what runs where there is no WebAssembly with vectors, and what
 * the other form is checked against, bit for bit. Its twin is assembly/panel-products.ts.
 */

/** Rows that are multiplied together, whichever form runs. */
export const ROWS = 4;

export interface PanelProducts {
  /** Takes n rows of `depth` values; to be called before `multiply`, and again for other rows. */
  setPanel(panel: Float64Array): void;
  /**
   * Inner products of four rows with the first `columns` rows of the panel.
   *
   * @param rows four rows of `depth` values. @param columns a multiple of four, ≤ n rounded up to one.
   * @returns four rows of `columns` values, good until the next call; behind row n they are 0.
   */
  multiply(rows: Float64Array, columns: number): Float64Array;
}

/** Cost of `multiply`: 8·columns·depth operations. Memory: 4·n doubles, and the panel. */
export function plainPanelProducts(n: number, depth: number): PanelProducts {
  const padded = ROWS * Math.ceil(n / ROWS);
  const held = new Float64Array(padded * depth);
  const out = new Float64Array(ROWS * padded);
  return {
    setPanel: (panel) => held.set(panel.subarray(0, n * depth)),
    multiply(rows, columns) {
      for (let j = 0; j < columns; j += 2) {
        const q0 = j * depth;
        const q1 = q0 + depth;
        let s00 = 0;
        let s10 = 0;
        let s20 = 0;
        let s30 = 0;
        let s01 = 0;
        let s11 = 0;
        let s21 = 0;
        let s31 = 0;
        for (let k = 0; k < depth; k++) {
          const u = held[q0 + k]!;
          const v = held[q1 + k]!;
          const w0 = rows[k]!;
          s00 += w0 * u;
          s01 += w0 * v;
          const w1 = rows[depth + k]!;
          s10 += w1 * u;
          s11 += w1 * v;
          const w2 = rows[2 * depth + k]!;
          s20 += w2 * u;
          s21 += w2 * v;
          const w3 = rows[3 * depth + k]!;
          s30 += w3 * u;
          s31 += w3 * v;
        }
        out[j] = s00;
        out[j + 1] = s01;
        out[columns + j] = s10;
        out[columns + j + 1] = s11;
        out[2 * columns + j] = s20;
        out[2 * columns + j + 1] = s21;
        out[3 * columns + j] = s30;
        out[3 * columns + j + 1] = s31;
      }
      return out;
    },
  };
}
