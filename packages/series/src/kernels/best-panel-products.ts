import { KERNELS_WASM } from './kernels-wasm.ts';
import { type PanelProducts, plainPanelProducts, ROWS } from './panel-products.ts';
import { type KernelInstance, kernelModule } from './web-assembly.ts';

interface PanelExports {
  /** Offsets in bytes and counts, as in assembly/panel-products.ts. */
  panelProducts(rows: number, panel: number, columns: number, depth: number, out: number): void;
}

let makeInstance: (() => KernelInstance<PanelExports>) | undefined;
let looked = false;

/** `plainPanelProducts` of panel-products.ts in the form that is fastest here, in a memory of its own. */
export function bestPanelProducts(n: number, depth: number): PanelProducts {
  if (!looked) makeInstance = kernelModule<PanelExports>(KERNELS_WASM);
  looked = true;
  if (makeInstance === undefined) return plainPanelProducts(n, depth);
  const { kernels, memoryOf } = makeInstance();
  const padded = ROWS * Math.ceil(n / ROWS);
  const panelAt = 8 * ROWS * depth;
  const outAt = panelAt + 8 * padded * depth;
  let memory: ArrayBuffer;
  try {
    memory = memoryOf(outAt + 8 * ROWS * padded);
  } catch {
    // More than WebAssembly may hold here (4 GiB at most).
    return plainPanelProducts(n, depth);
  }
  const held = new Float64Array(memory, panelAt, padded * depth);
  const given = new Float64Array(memory, 0, ROWS * depth);
  const out = new Float64Array(memory, outAt, ROWS * padded);
  return {
    setPanel(panel) {
      // The values of four rows at one place lie together.
      for (let i = 0; i < n; i++) {
        let to = (i - (i % ROWS)) * depth + (i % ROWS);
        for (let k = i * depth; k < (i + 1) * depth; k++) {
          held[to] = panel[k]!;
          to += ROWS;
        }
      }
    },
    multiply(rows, columns) {
      given.set(rows);
      kernels.panelProducts(0, panelAt, columns, depth, outAt);
      return out;
    },
  };
}
