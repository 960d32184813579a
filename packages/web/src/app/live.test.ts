import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLive, type LiveSocket } from './live.ts';

class FakeSocket implements LiveSocket {
  onopen: LiveSocket['onopen'] = null;
  onmessage: LiveSocket['onmessage'] = null;
  onclose: LiveSocket['onclose'] = null;
  closed = false;
  readonly sent: unknown[] = [];
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.closed = true;
  }
  open() {
    this.onopen?.(undefined as never);
  }
  receive(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) } as never);
  }
  lose() {
    this.onclose?.(undefined as never);
  }
}

function setUp(random = 1) {
  const sockets: FakeSocket[] = [];
  const live = createLive({
    createSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    random: () => random,
  });
  return { live, sockets, last: () => sockets[sockets.length - 1]! };
}

const message = (offset: number, body: unknown, epoch = 'a') => ({
  type: 'message',
  topic: 'tasks',
  epoch,
  offset,
  at: 1000,
  body,
});

describe('live', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('connects only once it is started and somebody listens', () => {
    const { live, sockets } = setUp();
    live.start();
    expect(sockets).toHaveLength(0);
    expect(live.state()).toBe('off');
    live.subscribe('tasks', { onMessage: vi.fn() });
    expect(sockets).toHaveLength(1);
    expect(live.state()).toBe('connecting');
    sockets[0]!.open();
    expect(live.state()).toBe('connected');
    expect(sockets[0]!.sent).toEqual([{ type: 'subscribe', topic: 'tasks' }]);
  });

  it('subscribes a topic once however many listen, and unsubscribes after the last', () => {
    const { live, last } = setUp();
    live.start();
    const first = live.subscribe('tasks', { onMessage: vi.fn() });
    const second = live.subscribe('tasks', { onMessage: vi.fn() });
    last().open();
    first();
    expect(last().sent).toEqual([{ type: 'subscribe', topic: 'tasks' }]);
    second();
    expect(last().sent).toContainEqual({ type: 'unsubscribe', topic: 'tasks' });
  });

  it('hands each message to every listener of its topic', () => {
    const { live, last } = setUp();
    const onMessage = vi.fn();
    const other = vi.fn();
    live.start();
    live.subscribe('tasks', { onMessage });
    live.subscribe('alerts', { onMessage: other });
    last().open();
    last().receive(message(1, { id: 7 }));
    expect(onMessage).toHaveBeenCalledExactlyOnceWith({ id: 7 }, 1000);
    expect(other).not.toHaveBeenCalled();
  });

  it('resumes after a break from the last position it saw', () => {
    const { live, sockets, last } = setUp();
    live.start();
    live.subscribe('tasks', { onMessage: vi.fn() });
    last().open();
    last().receive(message(41, {}));
    last().lose();
    expect(live.state()).toBe('reconnecting');
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(2);
    last().open();
    expect(last().sent).toEqual([{ type: 'subscribe', topic: 'tasks', epoch: 'a', offset: 41 }]);
    expect(live.state()).toBe('connected');
  });

  it('tells listeners when messages were missed for good, but not on the first subscription', () => {
    const { live, last } = setUp();
    const onGap = vi.fn();
    live.start();
    live.subscribe('tasks', { onMessage: vi.fn(), onGap });
    last().open();
    const subscribed = { type: 'subscribed', topic: 'tasks', offset: 3 };
    last().receive({ ...subscribed, epoch: 'a', complete: false });
    expect(onGap).not.toHaveBeenCalled();
    last().lose();
    vi.advanceTimersByTime(500);
    last().open();
    last().receive({ ...subscribed, epoch: 'b', complete: false });
    expect(onGap).toHaveBeenCalledOnce();
  });

  it('waits twice as long after each failure, up to half a minute, and spreads the waiting', () => {
    const { live, sockets, last } = setUp(0);
    live.start();
    live.subscribe('tasks', { onMessage: vi.fn() });
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      const before = Date.now();
      last().lose();
      vi.advanceTimersToNextTimer();
      waits.push(Date.now() - before);
    }
    // With chance at its lowest, each wait is half of the longest one.
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
    expect(sockets).toHaveLength(10);
  });

  it('begins with short waits again after a connection that worked', () => {
    const { live, sockets, last } = setUp();
    live.start();
    live.subscribe('tasks', { onMessage: vi.fn() });
    last().lose();
    vi.advanceTimersByTime(500);
    last().lose();
    vi.advanceTimersByTime(1000);
    last().open();
    last().lose();
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(4);
  });

  it('pings, and drops a connection that does not answer', () => {
    const { live, last } = setUp();
    live.start();
    live.subscribe('tasks', { onMessage: vi.fn() });
    const socket = last();
    socket.open();
    vi.advanceTimersByTime(25_000);
    expect(socket.sent).toContainEqual({ type: 'ping' });
    socket.receive({ type: 'pong' });
    vi.advanceTimersByTime(24_999);
    expect(live.state()).toBe('connected');
    vi.advanceTimersByTime(1 + 10_000);
    expect(live.state()).toBe('reconnecting');
    expect(socket.closed).toBe(true);
  });

  it('reconnects at once when asked to while it waits', () => {
    const { live, sockets, last } = setUp();
    live.start();
    live.subscribe('tasks', { onMessage: vi.fn() });
    last().lose();
    live.retryNow();
    expect(sockets).toHaveLength(2);
    live.retryNow();
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(2);
  });

  it('forgets what another person saw when it is stopped', () => {
    const { live, last } = setUp();
    live.start();
    live.subscribe('tasks', { onMessage: vi.fn() });
    last().open();
    last().receive(message(5, {}));
    live.stop();
    expect(live.state()).toBe('off');
    expect(last().closed).toBe(true);
    live.start();
    last().open();
    expect(last().sent).toEqual([{ type: 'subscribe', topic: 'tasks' }]);
  });

  it('ignores what is no message of the contract', () => {
    const { live, last } = setUp();
    const onMessage = vi.fn();
    live.start();
    live.subscribe('tasks', { onMessage });
    last().open();
    last().onmessage?.({ data: 'not json' } as never);
    last().receive({ type: 'news', topic: 'tasks' });
    expect(onMessage).not.toHaveBeenCalled();
    expect(live.state()).toBe('connected');
  });

  it('tells when its state changes', () => {
    const { live, last } = setUp();
    const states: string[] = [];
    live.onState(() => states.push(live.state()));
    live.start();
    live.subscribe('tasks', { onMessage: vi.fn() });
    last().open();
    last().lose();
    live.stop();
    expect(states).toEqual(['connecting', 'connected', 'reconnecting', 'off']);
  });
});
