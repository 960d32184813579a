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
      text: searchable(
        set.name,
        feature.name,
        feature.alias,
        feature.formula.en,
        feature.formula.ja,
        feature.source,
      ),
    })),
  );
}

/** Entries that have every word of the search, in their order. */
export function found(
  entries: readonly CatalogueEntry[],
  { search, pipeline, set, pointInTime }: CatalogueChoice,
): readonly CatalogueEntry[] {
  const fits = matcher(search);
  return entries.filter(
    (entry) =>
      (pipeline === undefined || entry.set.pipeline === pipeline) &&
      (set === undefined || entry.set.name === set) &&
      (!pointInTime || entry.feature.pointInTime) &&
      fits(entry.text),
  );
}

/** Whether a text, made `searchable`, has every word of a search. */
export function matcher(search: string): (text: string) => boolean {
  const words = searchable(search).split(/\s+/).filter(Boolean);
  return (text) => words.every((word) => text.includes(word));
}

/** Full-width letters and capitals are the same to somebody who searches. */
export function searchable(...texts: readonly (string | null | undefined)[]): string {
  return texts.join(' ').normalize('NFKC').toLowerCase();
}
