/** The text of src/kernels/kernels-wasm.ts as the sources in assembly/ give it now. */
export function compileKernels(): Promise<string>;
/** The text as it is. */
export function kernelsText(): string;
