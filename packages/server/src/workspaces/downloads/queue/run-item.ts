import { fromJson } from '../../../core/db/columns.ts';
import type { DownloadSettings, Hashes, Phase } from '../contract.ts';
import type { LibraryFolder } from '../library/folder.ts';
import type { ItemEnd, Placer } from '../library/placer.ts';
import { fetchPreview } from '../library/preview.ts';
import type { ScanFile } from '../library/scan-file.ts';
import { barrierError } from '../sources/barrier.ts';
import type { ItemRow, JobRow } from '../store/tables.ts';
import type {
  Transfer,
  TransferEngine,
  TransferLimits,
  TransferResult,
} from '../transfer/transfer.ts';
import { queueErrors } from './errors.ts';
import { type RefBox, refOf } from './new-item.ts';
import type { SourceSet } from './source-set.ts';

export interface RunItemDeps {
  readonly engine: TransferEngine;
  readonly sources: SourceSet;
  readonly box: RefBox;
  readonly folder: LibraryFolder;
  readonly placer: Placer;
  readonly scan: ScanFile;
}

export interface ItemRun {
  readonly item: ItemRow;
  readonly job: JobRow;
  readonly settings: DownloadSettings;
  readonly limits: TransferLimits;
  readonly signal: AbortSignal;
  onPhase(phase: Phase): void;
  onTransfer(transfer: Transfer): void;
  onFetched(result: TransferResult): void;
  onScanned(verdict: string, durationMs: number): void;
}

/** What the library shows of a file besides SHA-256, at next to no cost. */
const ALSO: readonly (keyof Hashes)[] = ['crc32'];

/**
 * One file from where it is to the library: located, fetched, hashed, scanned, placed; or linked, when the library has it.
 * @throws what stands in the way; AbortError after `signal`
 */
export async function runItem(run: ItemRun, deps: RunItemDeps): Promise<ItemEnd> {
  const { item, job, settings, signal } = run;
  const { placer } = deps;
  const hashes = fromJson(item.hashes);
  const template = job.path_template ?? settings.pathTemplate;
  if (item.placing !== null) {
    run.onPhase('placing');
    const end = await placer.recover(item);
    if (end !== undefined) return end;
  }
  if (hashes.sha256 !== undefined) {
    const linked = await placer.linkExisting(item, hashes.sha256, template);
    if (linked !== undefined) return linked;
  }
  if (item.barrier !== null) {
    const { barrier, source } = item;
    throw barrierError(barrier, source) ?? queueErrors.DOWNLOADS_BARRIER({ barrier });
  }

  const result = await fetchFile(run, deps, hashes);
  run.onFetched(result);
  signal.throwIfAborted();
  run.onPhase('scanning');
  const part = deps.folder.partPath(item.id);
  const preview = settings.savePreview ? fetchPreview(item, part, deps.sources, signal) : null;
  const began = performance.now();
  const scan = await deps.scan({ path: part, name: item.file_name ?? item.name }, signal);
  run.onScanned(scan.verdict, performance.now() - began);
  const harmful =
    scan.verdict === 'dangerous' ||
    (scan.verdict === 'suspicious' && settings.quarantineSuspicious);
  signal.throwIfAborted();
  const sidecars = { metadata: settings.saveMetadata, preview: await preview };
  signal.throwIfAborted();
  run.onPhase('placing');
  return placer.place({ item, template, result, scan, harmful, sidecars });
}

async function fetchFile(run: ItemRun, deps: RunItemDeps, hashes: Hashes): Promise<TransferResult> {
  const { item, signal } = run;
  const source = deps.sources.get(item.source);
  const ref = refOf(item, deps.box);
  run.onPhase('locating');
  const transfer = deps.engine.start({
    id: item.id,
    locate: (reason, locating) => source.locate(ref, reason, locating),
    partPath: deps.folder.partPath(item.id),
    expected: {
      hashes,
      // What an earlier attempt found out is no promise.
      ...(item.size_bytes !== null && item.size_promised ? { sizeBytes: item.size_bytes } : {}),
    },
    alsoHash: [...new Set([...ALSO, ...(Object.keys(hashes) as (keyof Hashes)[])])].filter(
      (name) => name !== 'sha256' && name !== 'autoV2',
    ),
    limits: run.limits,
    inspectHead: async (head, facts) => {
      const { contentType, host } = facts;
      source.inspectHead(head, { name: item.name, contentType, host });
    },
  });
  run.onTransfer(transfer);
  const pause = () => void transfer.pause();
  signal.addEventListener('abort', pause, { once: true });
  try {
    signal.throwIfAborted();
    return await transfer.done;
  } catch (error) {
    transfer.done.catch(() => {});
    throw error;
  } finally {
    signal.removeEventListener('abort', pause);
  }
}
