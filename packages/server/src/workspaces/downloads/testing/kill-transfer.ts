import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TransferResult, TransferSample } from '../transfer/transfer.ts';

export interface VictimOptions {
  readonly url: string;
  readonly part: string;
  readonly pieceBytes: number;
  readonly connections: number;
  readonly sha256?: string;
}

/**
 * Fetches a file in a process of its own, which gets SIGKILL once so many bytes are there.
 * @returns its result, or null when it was killed
 */
export async function fetchUntilKilled(
  { url, part, pieceBytes, connections, sha256 }: VictimOptions,
  killAtBytes: number,
): Promise<TransferResult | null> {
  const script = new URL('./transfer-victim.ts', import.meta.url).pathname;
  const words = [url, part, String(pieceBytes), String(connections), ...(sha256 ? [sha256] : [])];
  const child = spawn(process.execPath, [script, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let result: TransferResult | null = null;
  for await (const line of createInterface(child.stdout)) {
    const said = JSON.parse(line) as TransferSample | { result: TransferResult };
    if ('result' in said) result = said.result;
    else if (said.doneBytes >= killAtBytes) child.kill('SIGKILL');
  }
  await ended;
  return result;
}
