import type { Catalogue } from '@kizashi/server/workspaces/features';

type CatalogueSet = Catalogue['sets'][number];

/** A feature with the set it belongs to. */
export interface CatalogueEntry {
  readonly set: CatalogueSet;
  readonly feature: CatalogueSet['features'][number];
  /** Where a search looks: in both languages, whichever is shown. */
  readonly text: string;
}

export interface CatalogueChoice {
  readonly search: string;
  readonly pipeline: string | undefined;
  readonly set: string | undefined;
  /** Only features that use nothing after their time. */
  readonly pointInTime: boolean;
}

export function entriesOf({ sets }: Catalogue): readonly CatalogueEntry[] {
  return sets.flatMap((set) =>
    set.features.map((feature) => ({
      set,
      feature,
      text: plain(
        [
          set.name,
          feature.name,
          feature.alias,
          feature.formula.en,
          feature.formula.ja,
          feature.source,
        ].join(' '),
      ),
    })),
  );
}

/** Entries that have every word of the search, in their order. */
export function found(
  entries: readonly CatalogueEntry[],
  { search, pipeline, set, pointInTime }: CatalogueChoice,
): readonly CatalogueEntry[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  return entries.filter(
    (entry) =>
      (pipeline === undefined || entry.set.pipeline === pipeline) &&
      (set === undefined || entry.set.name === set) &&
      (!pointInTime || entry.feature.pointInTime) &&
      words.every((word) => entry.text.includes(word)),
  );
}

/** Full-width letters and capitals are the same to somebody who searches. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
