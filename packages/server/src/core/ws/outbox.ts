import type { WebSocket } from 'ws';
import type { WsLimits } from './limits.ts';

/** RFC 6455 and IANA close codes as used here. */
export const closeCodes = { goingAway: 1001, policy: 1008, tryAgainLater: 1013 } as const;

/** What waits to be sent on one connection, and what happens when the other side does not read fast enough. */
export interface Outbox {
  readonly slow: boolean;
  send(frame: Buffer): void;
}

/**
 * @param onDrained called once a slow connection has caught up
 */
export function createOutbox(
  socket: Pick<WebSocket, 'send' | 'close' | 'bufferedAmount'>,
  limits: Pick<WsLimits, 'slowBytes' | 'stuckBytes'>,
  onDrained: () => void,
): Outbox {
  let slow = false;

  function afterWrite(): void {
    if (!slow || socket.bufferedAmount > limits.slowBytes / 4) return;
    slow = false;
    onDrained();
  }

  return {
    get slow() {
      return slow;
    },
    send(frame) {
      // Errors arrive as the connection's close as well; here they only end the write.
      socket.send(frame, { binary: false }, afterWrite);
      if (socket.bufferedAmount > limits.slowBytes) slow = true;
      if (socket.bufferedAmount > limits.stuckBytes) {
        socket.close(closeCodes.tryAgainLater, 'too slow');
      }
    },
  };
}
