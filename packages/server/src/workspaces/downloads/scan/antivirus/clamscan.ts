import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { type AntivirusResult, readReply } from './result.ts';

/**
 * Without `--alert-exceeds-max` what is larger than the limit is skipped and called OK. The limits are as high as ClamAV takes them.
 */
const OPTIONS = [
  '--stdout',
  '--no-summary',
  '--alert-exceeds-max=yes',
  '--max-filesize=2000M',
  '--max-scansize=2000M',
];
const NO_SIGNATURES =
  /No supported database files found|Can't (open|get) file.*(\.cvd|\.cld|database)/i;

/** Runs clamscan once for many files: it takes seconds and a gigabyte to read its signatures. @throws AbortError */
export async function runClamscan(
  program: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, AntivirusResult>> {
  const files = new Map(paths.map((path) => [resolve(path), path]));
  let output = '';
  let problems = '';
  try {
    const child = spawn(program, [...OPTIONS, ...files.keys()], {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal !== undefined && { signal }),
    });
    const ended = new Promise<void>((done, fail) => {
      child.on('error', fail);
      child.on('close', () => done());
    });
    [output, problems] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  } catch {
    signal?.throwIfAborted();
  }
  const results = new Map<string, AntivirusResult>();
  for (const line of output.split('\n')) {
    const end = line.lastIndexOf(': ');
    const path = files.get(line.slice(0, end));
    if (end > 0 && path !== undefined) results.set(path, readReply(line.slice(end + 2)));
  }
  const missing = NO_SIGNATURES.test(problems) || NO_SIGNATURES.test(output) ? 'absent' : 'failed';
  for (const path of paths) {
    if (!results.has(path)) results.set(path, { result: missing, signature: null });
  }
  return results;
}
