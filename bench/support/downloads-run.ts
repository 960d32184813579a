import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultServerCounts } from '../../packages/server/src/workspaces/downloads/testing/fault-server.ts';
import type { ClientJob, ClientOutcome } from './downloads-client.ts';
import type { ServedScenario } from './downloads-file-server.ts';

export type Peer = 'aria2c' | 'curl';

/** Whether a peer is there; says so plainly when it is not. Benches install nothing. */
export function hasPeer(peer: Peer): boolean {
  const { status, stdout } = spawnSync(peer, ['--version'], { encoding: 'utf8' });
  console.log(
    status === 0 ? `${stdout.split('\n')[0]}` : `${peer}: peer absent, its rows are left out`,
  );
  return status === 0;
}

export interface BenchServer {
  readonly url: string;
  counts(): Promise<FaultServerCounts>;
  close(): void;
}

/** The file server in a process of its own. */
export async function serve(scenario: ServedScenario): Promise<BenchServer> {
  const child = fork(new URL('./downloads-file-server.ts', import.meta.url), [
    JSON.stringify(scenario),
  ]);
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    async counts() {
      child.send('counts');
      const [counts] = (await once(child, 'message')) as [FaultServerCounts];
      return counts;
    },
    close: () => child.disconnect(),
  };
}

export interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly rssMb: number;
  readonly ok: boolean;
  readonly said: string;
}

/** Runs a program; its processor time is what the shell says of its children, its memory the most it ever had. */
export async function measure(command: string, args: readonly string[]): Promise<Measured> {
  const begun = performance.now();
  const shell = spawn('sh', [
    '-c',
    '"$@" 2>&1; code=$?; times >&2; exit $code',
    'sh',
    command,
    ...args,
  ]);
  let said = '';
  let times = '';
  let rssMb = 0;
  shell.stdout.on('data', (text) => {
    said = `${said}${text}`.slice(-2000);
  });
  shell.stderr.on('data', (text) => {
    times += text;
  });
  const poll = setInterval(() => {
    rssMb = Math.max(rssMb, childRss(shell.pid!));
  }, 25);
  const [code] = (await once(shell, 'close')) as [number];
  clearInterval(poll);
  const seconds = (performance.now() - begun) / 1000;
  const children = times.trim().split('\n').at(-1) ?? '';
  const cpuSeconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest),
    0,
  );
  return { seconds, cpuSeconds, rssMb, ok: code === 0, said };
}

function childRss(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const status = readFileSync(`/proc/${children[0]}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The compiled sources are kept between runs, as they are between the starts of a product. */
const cache = mkdtempSync(join(tmpdir(), 'kizashi-bench-cache-'));
process.on('exit', () => rmSync(cache, { recursive: true, force: true }));

export function startOurs(job: ClientJob): ChildProcess {
  return spawn(
    process.execPath,
    [new URL('./downloads-client.ts', import.meta.url).pathname, JSON.stringify(job)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    },
  );
}

let warm = false;

/** So that the first measured run finds the compiled sources as the others do. */
async function warmUp(): Promise<void> {
  warm = true;
  const server = await serve({ sizes: [2_000_000], seed: 1 });
  const folder = newFolder();
  await fetchOurs({
    files: [{ url: `${server.url}/0`, path: join(folder, '0') }],
    fixed: { parallelFiles: 1, connections: 2, pieceBytes: 1 << 20 },
  });
  server.close();
  removeFolder(folder);
}

export async function fetchOurs(job: ClientJob): Promise<ClientOutcome> {
  if (!warm) await warmUp();
  const child = startOurs(job);
  let text = '';
  child.stdout!.on('data', (more) => {
    text += more;
  });
  await once(child, 'close');
  return JSON.parse(text) as ClientOutcome;
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'kizashi-bench-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** `rounds=3` among the words. */
export function numberWord(name: string, usual: number): number {
  const word = process.argv.slice(2).find((one) => one.startsWith(`${name}=`));
  return word === undefined ? usual : Number(word.slice(name.length + 1));
}

/** Words without `=`: which parts are run; none for all. */
export function chosen(part: string): boolean {
  const words = process.argv.slice(2).filter((word) => !word.includes('='));
  return words.length === 0 || words.includes(part);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
