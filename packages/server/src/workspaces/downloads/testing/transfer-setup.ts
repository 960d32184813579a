import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransferCore, type TransferCoreOptions } from '../transfer/core.ts';
import type { TransferEngine, TransferRequest, TransferSample } from '../transfer/transfer.ts';
import type { Tuning } from '../transfer/tuning.ts';

/** As the usual ones, with a second where those have ten. */
export const hasty: Partial<Tuning> = {
  stallMs: 500,
  headMs: 700,
  backOffMs: 5,
  maxBackOffMs: 50,
  attempts: 6,
  stealAfterMs: 200,
};

export interface TransferSetup {
  readonly folder: string;
  readonly part: string;
  readonly engine: TransferEngine;
  readonly samples: TransferSample[];
  close(): Promise<void>;
}

export async function setUpTransfers(
  options: Partial<TransferCoreOptions> = {},
): Promise<TransferSetup> {
  const folder = await mkdtemp(join(tmpdir(), 'kizashi-transfer-'));
  const engine = createTransferCore({
    userAgent: 'Kizashi',
    proxy: () => null,
    tuning: hasty,
    ...options,
  });
  const samples: TransferSample[] = [];
  engine.onSample((more) => samples.push(...more));
  return {
    folder,
    part: join(folder, 'file.part'),
    engine,
    samples,
    async close() {
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function requestOf(
  setup: TransferSetup,
  url: string,
  more: Partial<TransferRequest> = {},
): TransferRequest {
  return {
    id: 'item',
    locate: async () => ({ url, headers: {} }),
    partPath: setup.part,
    expected: { hashes: {} },
    alsoHash: [],
    limits: { connections: 4, pieceBytes: 256 * 1024 },
    ...more,
  };
}
