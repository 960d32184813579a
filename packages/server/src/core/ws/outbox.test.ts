import { describe, expect, it } from 'vitest';
import { createOutbox } from './outbox.ts';

/** A socket that keeps what it is given until it is drained. */
function createSocket() {
  const writes: { size: number; done: () => void }[] = [];
  const closed: number[] = [];
  return {
    closed,
    get bufferedAmount() {
      return writes.reduce((sum, { size }) => sum + size, 0);
    },
    send(data: Buffer, _options: unknown, done: () => void) {
      writes.push({ size: data.length, done });
    },
    close: (code: number) => void closed.push(code),
    drain(count = writes.length) {
      for (const { done } of writes.splice(0, count)) done();
    },
  };
}

const kilobyte = Buffer.alloc(1_000);

describe('the outbox of a live connection', () => {
  it('is slow above the bound and until three quarters of it have drained', () => {
    const socket = createSocket();
    let drained = 0;
    const outbox = createOutbox(
      socket as never,
      { slowBytes: 4_000, stuckBytes: 100_000 },
      () => drained++,
    );
    for (let n = 0; n < 4; n++) outbox.send(kilobyte);
    expect(outbox.slow).toBe(false);
    outbox.send(kilobyte);
    expect(outbox.slow).toBe(true);
    socket.drain(3);
    expect([outbox.slow, drained]).toEqual([true, 0]);
    socket.drain();
    expect([outbox.slow, drained]).toEqual([false, 1]);
    outbox.send(kilobyte);
    socket.drain();
    expect(drained).toBe(1);
  });

  it('closes a connection that takes nothing at all', () => {
    const socket = createSocket();
    const outbox = createOutbox(socket as never, { slowBytes: 1_000, stuckBytes: 3_000 }, () => {});
    for (let n = 0; n < 3; n++) outbox.send(kilobyte);
    expect(socket.closed).toEqual([]);
    outbox.send(kilobyte);
    expect(socket.closed).toEqual([1013]);
  });
});
