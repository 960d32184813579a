// Compiles the kernels in assembly/ to WebAssembly. `npm run kernels -w packages/series` writes the result where the library
// imports it; a test compares both, so that they cannot drift apart.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(import.meta.dirname, '..');
const target = join(root, 'src/kernels/kernels-wasm.ts');

/** The text of src/kernels/kernels-wasm.ts. */
export async function compileKernels() {
  let bytes;
  const { error, stderr } = await asc.main(
    [
      'kernels.ts',
      ...['--baseDir', join(root, 'assembly'), '--outFile', 'kernels.wasm'],
      ...['--runtime', 'stub', '--noAssert', '--enable', 'simd', '--optimizeLevel', '3'],
      ...['--memoryBase', '0', '--initialMemory', '1'],
    ],
    {
      readFile: (name, base) => {
        try {
          return readFileSync(join(base, name), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (name, content) => {
        if (name.endsWith('.wasm')) bytes = content;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return [
    '/** Compiled from assembly/ by `npm run kernels -w packages/series`; do not edit. WebAssembly with 128-bit vectors, base64. */',
    `export const KERNELS_WASM =\n  '${Buffer.from(bytes).toString('base64')}';`,
    '',
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = await compileKernels();
  writeFileSync(target, text);
  console.log(`${target}: ${text.length} characters`);
}

export const kernelsText = () => readFileSync(target, 'utf8');
