#!/usr/bin/env -S node --max-semi-space-size=4
// The flag keeps memory low: scripts/bootstrap.mjs says why.
// Checked before anything is imported: older Node versions cannot read the TypeScript sources, and a native module
// built for a newer one would crash instead of explaining itself.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(
    `kizashi needs Node 24.15 or later; this is ${process.version}.\n` +
      'In a clone of the repository, `npm start` brings its own: try `node scripts/bootstrap.mjs cli …`.\n' +
      `kizashi には Node 24.15 以降が必要です（現在 ${process.version}）。\n`,
  );
  process.exit(1);
}
// Compiled sources are kept in the temporary folder: from the second run on, a start is much shorter. Threads know of it by
// the variable only.
const { enableCompileCache } = await import('node:module');
const { tmpdir } = await import('node:os');
process.env.NODE_COMPILE_CACHE ??= `${tmpdir()}/node-compile-cache`;
enableCompileCache();
const { main } = await import('../src/main.ts');
process.exitCode = await main(process.argv.slice(2));
