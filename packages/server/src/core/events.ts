/** What slices tell each other within one process, without knowing who listens. */
export interface EventTypes {
  /** Facts of a workspace changed: measures give other numbers now. */
  'facts.changed': { readonly workspace: string };
}

export interface Events {
  /** Every listener hears of it, also when one before it throws; the first error is thrown afterwards. */
  emit<K extends keyof EventTypes>(name: K, event: EventTypes[K]): void;
  /** Returns the function that stops listening. */
  on<K extends keyof EventTypes>(name: K, listener: (event: EventTypes[K]) => void): () => void;
}

export function createEvents(): Events {
  const listeners = new Map<keyof EventTypes, Set<(event: never) => void>>();
  return {
    emit(name, event) {
      const failures: unknown[] = [];
      for (const listener of [...(listeners.get(name) ?? [])]) {
        try {
          listener(event as never);
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      set.add(listener);
      listeners.set(name, set);
      return () => set.delete(listener);
    },
  };
}
