/** The little of WebAssembly that is used here: it exists in Node, workers and browsers, but in no library of types they share. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
}

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const PAGE = 65_536;

/** An instance of the kernels with memory of its own. */
export interface KernelInstance<Exports> {
  readonly kernels: Exports;
  /** The memory, at least as large as asked for. Views of it end when it grows. */
  memoryOf(bytes: number): ArrayBuffer;
}

/**
 * How to make instances of a module of kernels; undefined where there is no WebAssembly or not the vectors it needs.
 * @param base64 the module, below 4 KiB, so that browsers compile it at once on their main thread
 */
export function kernelModule<Exports>(base64: string): (() => KernelInstance<Exports>) | undefined {
  const api = (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
  if (api === undefined) return undefined;
  let module: object;
  try {
    module = new api.Module(decodeBase64(base64));
  } catch {
    // Refused: an engine without vectors, or a page that forbids compiling. The plain form gives the same values.
    return undefined;
  }
  return () => {
    const { exports } = new api.Instance(module);
    const { memory } = exports as { readonly memory: Memory };
    return {
      kernels: exports as Exports,
      memoryOf(bytes) {
        const missing = bytes - memory.buffer.byteLength;
        if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
        return memory.buffer;
      },
    };
  };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of text) {
    bits = (bits << 6) | Math.max(0, ALPHABET.indexOf(letter));
    held += 6;
    if (held < 8) continue;
    held -= 8;
    if (at < bytes.length) bytes[at++] = (bits >> held) & 255;
  }
  return bytes;
}
