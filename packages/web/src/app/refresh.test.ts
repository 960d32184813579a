import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRefresh } from './refresh.ts';

function setUp(stored: string | null = null) {
  const kept = new Map<string, string>(stored === null ? [] : [['kizashi.refresh', stored]]);
  const reload = vi.fn();
  const refresh = createRefresh({
    reload,
    now: Date.now,
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
    },
  });
  return { refresh, reload, kept };
}

const change = { at: 1, labelKey: 'sales:change.import', values: { lines: 5 } };

describe('refresh', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void vi.useRealTimers());

  it('is live unless something else was chosen before', () => {
    expect(setUp().refresh.state().choice).toBe('live');
    expect(setUp('5m').refresh.state().choice).toBe('5m');
    expect(setUp('every second').refresh.state().choice).toBe('live');
  });

  it('only says that the data changed when loading is by hand', () => {
    const { refresh, reload } = setUp('manual');
    refresh.changed(change);
    vi.advanceTimersByTime(3_600_000);
    expect(reload).not.toHaveBeenCalled();
    expect(refresh.state().stale).toBe(true);
    refresh.refreshNow();
    expect(reload).toHaveBeenCalledOnce();
    expect(refresh.state()).toMatchObject({ stale: false, refreshedAt: Date.now() });
  });

  it('loads a live change at once, and a flood of them every two seconds', () => {
    const { refresh, reload } = setUp('live');
    refresh.changed(change);
    vi.advanceTimersByTime(0);
    expect(reload).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 20; i++) {
      refresh.changed(change);
      vi.advanceTimersByTime(100);
    }
    expect(reload).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(10_000);
    expect(reload).toHaveBeenCalledTimes(2);
    expect(refresh.state().stale).toBe(false);
  });

  it('loads at the chosen interval and stops when the choice changes', () => {
    const { refresh, reload, kept } = setUp('30s');
    vi.advanceTimersByTime(60_000);
    expect(reload).toHaveBeenCalledTimes(2);
    refresh.choose('manual');
    vi.advanceTimersByTime(600_000);
    expect(reload).toHaveBeenCalledTimes(2);
    expect(kept.get('kizashi.refresh')).toBe('manual');
  });

  it('catches up when live is chosen after a change', () => {
    const { refresh, reload } = setUp('manual');
    refresh.changed(change);
    refresh.choose('live');
    expect(reload).toHaveBeenCalledOnce();
  });

  it('keeps the newest fifty changes, newest first', () => {
    const { refresh } = setUp('manual');
    for (let at = 1; at <= 60; at++) refresh.changed({ ...change, at });
    const { history } = refresh.state();
    expect(history).toHaveLength(50);
    expect(history[0]!.at).toBe(60);
    expect(new Set(history.map(({ id }) => id)).size).toBe(50);
  });
});
