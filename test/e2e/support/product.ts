import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../../..');
export const CLI = join(root, 'packages/cli/bin/kizashi.mjs');

export interface Product {
  readonly url: string;
  readonly setupLink: string | null;
  readonly process: ChildProcess;
  /** Everything it wrote to standard error (its log and notices). */
  log(): string;
  /** Ctrl-C, as a person would; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

export function createFolder(): string {
  return mkdtempSync(join(tmpdir(), 'kizashi-e2e-'));
}

const temporaryFolders: string[] = [];
process.once('exit', () => {
  for (const folder of temporaryFolders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the tests. */
export function temporaryFolder(): string {
  const folder = createFolder();
  temporaryFolders.push(folder);
  return folder;
}

/** The environment of a fresh machine: nothing but a path and a home. */
export function bareEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: tmpdir(), LANG: 'C.UTF-8', ...extra };
}

/** `kizashi serve` on a free port with its data in `data`. */
export function spawnProduct(data: string, settings: Record<string, string> = {}) {
  return spawn(process.execPath, [CLI, 'serve', '--json'], {
    cwd: root,
    env: bareEnvironment({
      KIZASHI_DATA: data,
      KIZASHI_PORT: '0',
      KIZASHI_BCRYPT_COST: '4',
      KIZASHI_RATE_LIMIT_PER_MINUTE: '100000',
      KIZASHI_RATE_LIMIT_SIGN_IN_PER_MINUTE: '1000',
      KIZASHI_LOG_LEVEL: 'warn',
      ...settings,
    }),
  });
}

/** The same, once it answers. */
export async function startProduct(
  data: string,
  settings: Record<string, string> = {},
): Promise<Product> {
  const child = spawnProduct(data, settings);
  let out = '';
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
  });
  const exited = new Promise<number | null>((done) => child.once('close', done));
  const started = new Promise<{ url: string; setupLink: string | null }>((done, fail) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk;
      const line = out.split('\n').find((text) => text.startsWith('{"url"'));
      if (line !== undefined) done(JSON.parse(line));
    });
    child.once('close', (code) => fail(new Error(`serve ended with ${code}: ${log}\n${out}`)));
  });
  const { url, setupLink } = await started;
  return {
    url,
    setupLink,
    process: child,
    log: () => log + out,
    async stop() {
      child.kill('SIGINT');
      return exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `kizashi …` to its end. */
export function kizashi(
  args: readonly string[],
  env: Record<string, string>,
  input = '',
): Promise<CommandResult> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: root, env: bareEnvironment(env) });
    child.stdin.end(input);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.once('close', (code) => done({ code: code ?? -1, stdout, stderr }));
  });
}
