import { type PointsPool, poolName, poolPoints } from '@kizashi/series';
import { createDraftStore } from './draft-store.ts';
import { finishSeries, type SeriesDraft, type UntoldForecast } from './series-forecast.ts';

/** Series that errors are pooled from at most: more say nothing new. */
const MOST_POOLED = 1000;

/** Gathers the drafts of a file's series and finishes them with what they say together about errors. */
export interface FinishTogether {
  add(id: string, made: SeriesDraft | UntoldForecast): void;
  /** All of them, in the order in which they came. */
  each(): Generator<{ readonly id: string; readonly forecast: UntoldForecast }>;
  close(): void;
}

/** The result of a series does not depend on the order of the others. */
export function createFinishTogether(): FinishTogether {
  const drafts = createDraftStore<SeriesDraft | UntoldForecast>();
  const all: { readonly id: string; readonly pool: string | null }[] = [];
  return {
    add(id, made) {
      drafts.add(made);
      all.push({ id, pool: isDraft(made) ? poolName(made.draft) : null });
    },
    *each() {
      const numbers = Map.groupBy(all.keys(), (number) => all[number]!.pool);
      const pools = new Map<string | null, PointsPool | null>();
      for (const [name, members] of numbers) {
        if (name !== null) pools.set(name, poolOf(members));
      }
      for (const [number, { id, pool }] of all.entries()) {
        const made = drafts.get(number);
        const forecast = isDraft(made) ? finishSeries(made, pools.get(pool) ?? null) : made;
        yield { id, forecast };
      }
    },
    close: () => drafts.close(),
  };

  function poolOf(members: readonly number[]): PointsPool | null {
    // Taken evenly from the names in their order, so that the order of the file does not matter.
    const every = Math.ceil(members.length / MOST_POOLED);
    const pooled = members
      .toSorted((a, b) => (all[a]!.id < all[b]!.id ? -1 : 1))
      .filter((_, i) => i % every === 0);
    return poolPoints({
      *[Symbol.iterator]() {
        for (const number of pooled) yield (drafts.get(number) as SeriesDraft).draft;
      },
    });
  }
}

export function isDraft(made: SeriesDraft | UntoldForecast): made is SeriesDraft {
  return 'draft' in made;
}
