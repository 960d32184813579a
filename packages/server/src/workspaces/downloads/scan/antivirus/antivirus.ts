import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { AntivirusKind, FileScan, Verdict } from '../../scan-contract.ts';
import { WORSE } from '../findings.ts';
import { REASONS } from '../reasons.ts';
import { askClamd, type ClamdAddress } from './clamd.ts';
import { runClamscan } from './clamscan.ts';
import type { AntivirusResult } from './result.ts';

/** A virus scanner beside our own. */
export interface Antivirus {
  /** Files by their paths. Never fails: what could not be scanned says so. */
  check(
    paths: readonly string[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, AntivirusResult>>;
  /** Which one it is, for people who look after this machine. */
  kind(): Promise<AntivirusKind>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Where packages put the socket of clamd. */
const SOCKETS = [
  '/var/run/clamav/clamd.ctl',
  '/run/clamav/clamd.sock',
  '/run/clamd.scan/clamd.sock',
  '/tmp/clamd.socket',
  '/usr/local/var/run/clamav/clamd.sock',
  '/opt/homebrew/var/run/clamav/clamd.sock',
];

/**
 * @param setting `auto`, `off`, `unix:/path`, `tcp://host:port`, or the path of clamscan
 * @param env where `PATH` is looked up
 */
export function createAntivirus(setting: string, env: Env): Antivirus {
  if (setting === 'off') return always({ result: 'off', signature: null });
  const address = clamdAddress(setting);
  if (address !== null) return clamd(address);
  if (setting !== 'auto') return clamscan(setting);
  return createAutomatic(env);
}

/** What is there is found out at the first file, and not asked again. */
export function createAutomatic(env: Env, sockets: readonly string[] = SOCKETS): Antivirus {
  let found: Promise<Antivirus> | undefined;
  const installed = (): Promise<Antivirus> => {
    found ??= findInstalled(env, sockets);
    return found;
  };
  return {
    kind: async () => (await installed()).kind(),
    async check(paths, signal) {
      const results = await (await installed()).check(paths, signal);
      // A clamscan without signatures is as good as none; asking for it costs a second each time.
      if ([...results.values()].some(({ result }) => result === 'absent')) {
        found = Promise.resolve(always({ result: 'absent', signature: null }));
      }
      return results;
    },
  };
}

async function findInstalled(env: Env, sockets: readonly string[]): Promise<Antivirus> {
  for (const path of sockets) {
    if (!(await isAccessible(path, constants.W_OK))) continue;
    return clamd({ path });
  }
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const program = join(folder, process.platform === 'win32' ? 'clamscan.exe' : 'clamscan');
    if (folder === '' || !(await isAccessible(program, constants.X_OK))) continue;
    return clamscan(program);
  }
  return always({ result: 'absent', signature: null });
}

async function askEach(
  address: ClamdAddress,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, AntivirusResult>> {
  const results = new Map<string, AntivirusResult>();
  for (const path of paths) results.set(path, await askClamd(address, path, signal));
  return results;
}

function clamd(address: ClamdAddress): Antivirus {
  return {
    kind: async () => 'clamd',
    check: (paths, signal) => askEach(address, paths, signal),
  };
}

function clamscan(program: string): Antivirus {
  return {
    kind: async () => 'clamscan',
    check: (paths, signal) => runClamscan(program, paths, signal),
  };
}

function always(result: AntivirusResult & { result: 'off' | 'absent' }): Antivirus {
  return {
    kind: async () => result.result,
    check: async (paths) => new Map(paths.map((path) => [path, result])),
  };
}

function clamdAddress(setting: string): ClamdAddress | null {
  if (setting.startsWith('unix:')) return { path: setting.slice('unix:'.length) };
  if (!setting.startsWith('tcp://') || !URL.canParse(setting)) return null;
  const { hostname, port } = new URL(setting);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 3310) };
}

async function isAccessible(path: string, mode: number): Promise<boolean> {
  try {
    await access(path, mode);
    return true;
  } catch {
    return false;
  }
}

const REASON_OF = {
  found: 'antivirus.found',
  limit: 'antivirus.limit',
  failed: 'antivirus.failed',
} as const;

/** Our own verdict and the virus scanner's: the worse one counts. */
export function withAntivirus(scan: FileScan, antivirus: AntivirusResult): FileScan {
  const { result } = antivirus;
  if (result === 'clean' || result === 'absent' || result === 'off') return { ...scan, antivirus };
  const reason = REASON_OF[result];
  const theirs: Verdict = REASONS[reason];
  const verdict = WORSE.indexOf(theirs) > WORSE.indexOf(scan.verdict) ? theirs : scan.verdict;
  return { ...scan, verdict, reasons: [...new Set([...scan.reasons, reason])].sort(), antivirus };
}
