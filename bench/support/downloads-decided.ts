import type { Choice } from '../../packages/server/src/workspaces/downloads/optimiser/optimiser.ts';
import type { Decider } from '../../packages/server/src/workspaces/downloads/optimiser/testing/simulated-network.ts';
import { createMachineMeter } from '../../packages/server/src/workspaces/downloads/queue/machine.ts';
import type {
  Transfer,
  TransferEngine,
} from '../../packages/server/src/workspaces/downloads/transfer/transfer.ts';

export interface DecidedFile {
  readonly url: string;
  readonly path: string;
  /** Where it is known beforehand. */
  readonly sizeBytes?: number;
  readonly sha256?: string;
}

/**
 * Fetches everything, with connections, pieces and files side by side as somebody decides who sees the samples: what the queue of
 * the product does with its optimiser. @returns most connections that were open at once, and codes of files that failed
 */
export async function fetchDecided(
  engine: TransferEngine,
  files: readonly DecidedFile[],
  decider: Decider,
): Promise<{ most: number; failed: string[] }> {
  const meter = createMachineMeter();
  const running = new Map<string, { transfer: Transfer; choice: Choice }>();
  const waiting = files.map((file, i) => ({ ...file, id: String(i) }));
  const finished = Promise.withResolvers<void>();
  let parallelFiles = 1;
  let most = 0;
  const failed: string[] = [];

  function startMore(): void {
    while (waiting.length > 0 && running.size < parallelFiles) {
      const { id, url, path, sizeBytes, sha256 } = waiting.shift()!;
      const host = new URL(url).hostname;
      const choice = decider.begin({
        ...{ id, host, sizeBytes: sizeBytes ?? null, at: Date.now() },
      });
      parallelFiles = Math.max(parallelFiles, choice.parallelFiles);
      const transfer = engine.start({
        ...{ id, partPath: path, alsoHash: [], limits: choice },
        expected: {
          ...(sizeBytes !== undefined && { sizeBytes }),
          hashes: sha256 ? { sha256 } : {},
        },
        locate: async () => ({ url, headers: {} }),
      });
      running.set(id, { transfer, choice });
      void transfer.done
        .catch((error: { code?: string }) => {
          failed.push(error.code ?? String(error));
          return undefined;
        })
        .then((result) => {
          running.delete(id);
          decider.end(id, result);
          if (waiting.length === 0 && running.size === 0) finished.resolve();
          else startMore();
        });
    }
  }

  engine.onSample((samples) => {
    const open = samples.reduce((sum, sample) => sum + sample.connections, 0);
    most = Math.max(most, open);
    const decided = decider.observe(samples, meter(Date.now(), samples[0]!), waiting.length);
    parallelFiles = decided.parallelFiles;
    for (const [id, { transfer, choice }] of running) {
      const next = decided.choices.get(id);
      if (!next) continue;
      if (next.connections !== choice.connections || next.pieceBytes !== choice.pieceBytes) {
        transfer.setLimits(next);
        running.set(id, { transfer, choice: next });
      }
    }
    startMore();
  });
  startMore();
  await finished.promise;
  return { most, failed };
}
