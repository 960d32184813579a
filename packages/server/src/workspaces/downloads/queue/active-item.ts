import { fromJson } from '../../../core/db/columns.ts';
import type { Phase } from '../contract.ts';
import type { ItemRow, JobRow } from '../store/tables.ts';
import type { Transfer, TransferResult, TransferSample } from '../transfer/transfer.ts';
import { SpeedMeter } from './speed.ts';
import { LANE } from './states.ts';

/** Reserved for a file whose size nobody knows. */
const UNKNOWN_BYTES = 64 << 20;

/** Why a transfer is stopped: a person has changed its item; it goes back into the queue; this process drives no more. */
export type StopReason = 'person' | 'put-back' | 'lost';

/** An item that this process works on. */
export interface ActiveItem {
  readonly item: ItemRow;
  readonly job: JobRow;
  readonly controller: AbortController;
  readonly meter: SpeedMeter;
  readonly startedAt: number;
  phase: Phase;
  reason: StopReason | undefined;
  transfer: Transfer | undefined;
  sample: TransferSample | undefined;
  result: TransferResult | undefined;
  /** As the table has it. */
  saved: { done: number; size: number | null; wasted: number; host: string | null };
  ended: Promise<void>;
}

export type ActiveItems = ReadonlyMap<string, ActiveItem>;

/** @param item as the table had it before this attempt */
export function activate(item: ItemRow, job: JobRow, now: number): ActiveItem {
  return {
    item: { ...item, attempt: item.attempt + 1, lane: LANE.processing },
    job,
    controller: new AbortController(),
    meter: new SpeedMeter(),
    startedAt: now,
    phase: 'locating',
    reason: undefined,
    transfer: undefined,
    sample: undefined,
    result: undefined,
    saved: {
      done: item.done_bytes,
      size: item.size_bytes,
      wasted: item.wasted_bytes,
      host: item.host,
    },
    ended: Promise.resolve(),
  };
}

export function halt(each: ActiveItem, reason: StopReason): void {
  each.reason ??= reason;
  each.controller.abort();
}

export function haltAll(active: ActiveItems, reason: StopReason): void {
  for (const each of active.values()) halt(each, reason);
}

/** Room on the disk that an item still needs. */
export function neededBytes(item: ItemRow): number {
  return item.size_bytes === null ? UNKNOWN_BYTES : Math.max(0, item.size_bytes - item.done_bytes);
}

/** Room on the disk that is spoken for. */
export function reservedBytes(active: ActiveItems): number {
  let bytes = 0;
  for (const { sample, item } of active.values()) {
    const size = sample?.sizeBytes ?? item.size_bytes;
    bytes += size === null ? UNKNOWN_BYTES : Math.max(0, size - (sample?.doneBytes ?? 0));
  }
  return bytes;
}

/** What every event says of its item. */
export function factsOf({ item }: Pick<ActiveItem, 'item'>) {
  return { itemId: item.id, jobId: item.job_id, source: item.source, host: item.host };
}

export function modelType(item: ItemRow): string | null {
  return item.model === null ? null : fromJson(item.model).type;
}
