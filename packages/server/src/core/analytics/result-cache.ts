/**
 * Keeps the most recently used results: at most `entries` of them, and at most `rows` rows in all, so that a few long
 * ones cannot fill the memory.
 */
export function createResultCache<R extends Promise<readonly object[]>>(limits: {
  entries: number;
  rows: number;
}) {
  // A Map iterates in insertion order: the first key is the one used longest ago.
  const kept = new Map<string, { readonly result: R; rows: number }>();
  let rows = 0;

  function remove(key: string): void {
    rows -= kept.get(key)?.rows ?? 0;
    kept.delete(key);
  }

  function trim(): void {
    for (const key of kept.keys()) {
      if (kept.size <= limits.entries && rows <= limits.rows) return;
      remove(key);
    }
  }

  return {
    get(key: string): R | undefined {
      const entry = kept.get(key);
      if (entry === undefined) return undefined;
      kept.delete(key);
      kept.set(key, entry);
      return entry.result;
    },
    /** A result that fails is not kept: whoever asks next tries again. */
    set(key: string, result: R): void {
      const entry = { result, rows: 0 };
      remove(key);
      kept.set(key, entry);
      trim();
      result.then(
        ({ length }) => {
          if (kept.get(key) !== entry) return;
          entry.rows = length;
          rows += length;
          trim();
        },
        () => {
          if (kept.get(key) === entry) remove(key);
        },
      );
    },
    clear(): void {
      kept.clear();
      rows = 0;
    },
    get size(): number {
      return kept.size;
    },
  };
}
