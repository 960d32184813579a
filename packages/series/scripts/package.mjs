// `npm run package -w @kizashi/series [-- folder]`: makes the package that people install, as a tarball in the folder
// (default: dist). In the repository everything imports the TypeScript sources, which Node strips of types; below
// `node_modules` it refuses to, so the package holds JavaScript in few files (one for each source loads ten times slower),
// declarations, and a package.json of its own.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const staging = join(folder, 'dist/package');
const destination = resolve(process.env.INIT_CWD ?? '.', process.argv[2] ?? join(folder, 'dist'));

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`, { cause: error });
}

rmSync(staging, { recursive: true, force: true });
const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
const compiler = join(dirname(typescript), 'bin/tsc');
run(process.execPath, [compiler, '-p', 'tsconfig.package.json'], folder);
await build({
  configFile: false,
  root: folder,
  logLevel: 'warn',
  build: {
    target: 'es2024',
    minify: false,
    emptyOutDir: false,
    outDir: staging,
    lib: { entry: { index: 'src/index.ts', gpu: 'src/gpu/index.ts' }, formats: ['es'] },
    rollupOptions: { output: { entryFileNames: '[name].js', chunkFileNames: 'shared.js' } },
  },
});

const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const { private: _, scripts: __, devDependencies: ___, ...published } = manifest;
published.exports = {
  '.': { types: './types/index.d.ts', default: './index.js' },
  './gpu': { types: './types/gpu/index.d.ts', default: './gpu.js' },
};
published.files = ['*.js', 'types'];
writeFileSync(join(staging, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
copyFileSync(join(folder, 'README.md'), join(staging, 'README.md'));
copyFileSync(join(folder, '../../LICENSE'), join(staging, 'LICENSE'));
mkdirSync(destination, { recursive: true });
run('npm', ['pack', '--pack-destination', destination], staging);
const name = `${published.name.replace('@', '').replace('/', '-')}-${published.version}.tgz`;
console.log(join(destination, name));
