// `npm run dev`: server restarted on change, web app by Vite with hot replacement. Ctrl-C ends both.
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const server = [
  '--watch-path=packages/server/src',
  '--watch-path=packages/cli/src',
  'packages/cli/bin/kizashi.mjs',
  'serve',
];
const children = [
  spawn(process.execPath, server, { cwd: root, stdio: 'inherit' }),
  spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js')], {
    cwd: join(root, 'packages/web'),
    stdio: 'inherit',
  }),
];
const end = () => {
  for (const child of children) child.kill('SIGTERM');
};
process.on('SIGINT', end);
process.on('SIGTERM', end);
await Promise.all(children.map((child) => new Promise((done) => child.on('close', done))));
