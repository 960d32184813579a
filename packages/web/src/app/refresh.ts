export const refreshChoices = ['manual', '30s', '1m', '5m', '10m', 'live'] as const;
export type RefreshChoice = (typeof refreshChoices)[number];

const INTERVAL_MS: Partial<Record<RefreshChoice, number>> = {
  '30s': 30_000,
  '1m': 60_000,
  '5m': 300_000,
  '10m': 600_000,
};
/** An import reports many changes a second; figures that jump that often cannot be read. */
const LIVE_AT_MOST_EVERY_MS = 2_000;
const HISTORY_LENGTH = 50;
const STORAGE_KEY = 'kizashi.refresh';

export interface DataChange {
  readonly id: number;
  /** UTC epoch milliseconds. */
  readonly at: number;
  /** Key of the text that says what changed, with its namespace: `sales:change.import`. */
  readonly labelKey: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export interface RefreshState {
  readonly choice: RefreshChoice;
  /** Data changed since what is shown was loaded. */
  readonly stale: boolean;
  /** UTC epoch milliseconds of the last load of everything shown; null before the first. */
  readonly refreshedAt: number | null;
  /** Newest first. */
  readonly history: readonly DataChange[];
}

/** When shown figures are loaded again. One choice for all pages, kept in the browser. */
export interface Refresh {
  state(): RefreshState;
  onState(listener: () => void): () => void;
  choose(choice: RefreshChoice): void;
  /** The data of a workspace changed. */
  changed(change: Omit<DataChange, 'id'>): void;
  refreshNow(): void;
}

export interface RefreshDependencies {
  /** Loads again what is shown. */
  readonly reload: () => void;
  readonly now: () => number;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
}

export function createRefresh({ reload, now, storage }: RefreshDependencies): Refresh {
  const listeners = new Set<() => void>();
  let nextId = 1;
  let interval: ReturnType<typeof setInterval> | undefined;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let state: RefreshState = {
    choice: storedChoice(storage),
    stale: false,
    refreshedAt: null,
    history: [],
  };

  function set(change: Partial<RefreshState>) {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function refreshNow() {
    clearTimeout(soon);
    soon = undefined;
    set({ stale: false, refreshedAt: now() });
    reload();
  }

  function refreshSoon() {
    if (soon !== undefined) return;
    const since = now() - (state.refreshedAt ?? 0);
    soon = setTimeout(refreshNow, Math.max(0, LIVE_AT_MOST_EVERY_MS - since));
  }

  function schedule() {
    clearInterval(interval);
    const every = INTERVAL_MS[state.choice];
    if (every !== undefined) interval = setInterval(refreshNow, every);
  }

  schedule();
  return {
    state: () => state,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    choose(choice) {
      storage.setItem(STORAGE_KEY, choice);
      set({ choice });
      schedule();
      if (choice === 'live' && state.stale) refreshNow();
    },
    changed(change) {
      const history = [{ ...change, id: nextId++ }, ...state.history].slice(0, HISTORY_LENGTH);
      set({ history, stale: true });
      if (state.choice === 'live') refreshSoon();
    },
    refreshNow,
  };
}

function storedChoice(storage: Pick<Storage, 'getItem'>): RefreshChoice {
  const stored = storage.getItem(STORAGE_KEY);
  return refreshChoices.find((choice) => choice === stored) ?? 'live';
}
