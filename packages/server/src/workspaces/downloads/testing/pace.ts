import type { Socket } from 'node:net';

/** A connection may send this much at once after it was still: as a line has its buffers. */
const BURST_MS = 50;

const nextAt = new WeakMap<Socket, number>();

/**
 * Waits until the connection may send again at `bytesPerSecond`, and says how many of `wanted` bytes go now. Late timers are made
 * up for, so the rate holds over a second.
 */
export async function bytesAllowed(
  socket: Socket,
  bytesPerSecond: number,
  wanted: number,
): Promise<number> {
  const now = performance.now();
  const at = Math.max(nextAt.get(socket) ?? now, now - BURST_MS);
  const bytes = Math.max(1, Math.min(wanted, Math.round(bytesPerSecond / 100)));
  nextAt.set(socket, at + (bytes / bytesPerSecond) * 1000);
  const waitMs = at - now;
  if (waitMs >= 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
  return bytes;
}
