/**
 * Finds workers that stopped beating, by watching: a beat that did not change over `limit` looks of ours belongs to
 * a dead process. No clock is read, so neither a clock that is set nor two that differ can kill or revive a worker.
 */
export function createDeadWorkers(limit: number) {
  let seen = new Map<string, { beat: number; looks: number }>();
  return {
    /** Call once per period with the workers as they are now; gives those that are dead. */
    look(workers: readonly { readonly id: string; readonly beat: number }[]): readonly string[] {
      seen = new Map(
        workers.map(({ id, beat }) => {
          const before = seen.get(id);
          const looks = before?.beat === beat ? before.looks + 1 : 0;
          return [id, { beat, looks }];
        }),
      );
      return workers.filter(({ id }) => (seen.get(id)?.looks ?? 0) >= limit).map(({ id }) => id);
    },
  };
}
