/** A piece of half a MiB with the head of its answer fits, so that it is one write. What lies in blocks is lost by `kill -9`. */
export const BLOCK_BYTES = (1 << 19) + (1 << 16);
/** More than these are given back to the collector when they are not used. */
const KEPT = 24;

/** Memory that bytes come into and are written to the disk from. Free again when nobody holds it. */
export interface Block {
  readonly bytes: Buffer;
  holders: number;
}

/** Blocks for one thread. */
export interface BlockPool {
  /** Held once. */
  take(): Block;
  hold(block: Block): void;
  release(block: Block): void;
  /** Held by somebody now. */
  inUse(): number;
}

export function createBlockPool(): BlockPool {
  const free: Block[] = [];
  let used = 0;
  return {
    take() {
      const block = free.pop() ?? { bytes: Buffer.allocUnsafeSlow(BLOCK_BYTES), holders: 0 };
      block.holders = 1;
      used++;
      return block;
    },
    hold(block) {
      block.holders++;
    },
    release(block) {
      if (--block.holders > 0) return;
      used--;
      if (free.length < KEPT) free.push(block);
    },
    inUse: () => used,
  };
}
