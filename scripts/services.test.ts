import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { removeStaleFolders } from './services/folder.mjs';

const script = fileURLToPath(new URL('./services.mjs', import.meta.url));
/** Addresses that are given already are left alone, so only PostgreSQL is started here. */
const given = {
  KIZASHI_TEST_MYSQL_URL: 'mysql://given/x',
  KIZASHI_TEST_REDIS_URL: 'redis://given',
};

function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).then((answer) => {
    socket.destroy();
    return answer as boolean;
  });
}

async function start(): Promise<{ child: ChildProcess; lines: readonly string[] }> {
  const { KIZASHI_TEST_POSTGRES_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, [script, 'start'], { env: { ...env, ...given } });
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  for await (const text of child.stderr) if (String(text).includes('Ctrl-C')) break;
  return { child, lines: output.trim().split('\n') };
}

const addressIn = (lines: readonly string[]): string =>
  /KIZASHI_TEST_POSTGRES_URL='(.*)'/.exec(lines.join('\n'))?.[1] ?? 'postgres://127.0.0.1:1';

const foldersOf = (child: ChildProcess): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`kizashi-services-${child.pid}-`));

it('starts what is not given, prints the addresses, and removes everything on Ctrl-C', async () => {
  const { child, lines } = await start();
  expect(lines).toContain(`export KIZASHI_TEST_REDIS_URL='redis://given'`);
  expect(await isListening(addressIn(lines))).toBe(true);
  expect(foldersOf(child)).toHaveLength(1);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
  expect(await isListening(addressIn(lines))).toBe(false);
  expect(foldersOf(child)).toEqual([]);
}, 60_000);

it.runIf(process.platform === 'linux')(
  'leaves no server behind even when it is killed outright, and the next start can remove the folder',
  async () => {
    const { child, lines } = await start();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect.poll(() => isListening(addressIn(lines)), { timeout: 10_000 }).toBe(false);
    removeStaleFolders();
    expect(foldersOf(child)).toEqual([]);
  },
  60_000,
);

it('explains itself when asked for something else', async () => {
  const child = spawn(process.execPath, [script, 'fly']);
  let output = '';
  child.stderr.on('data', (text) => {
    output += text;
  });
  expect(await once(child, 'exit')).toEqual([2, null]);
  expect(output).toContain('node scripts/services.mjs start');
});
