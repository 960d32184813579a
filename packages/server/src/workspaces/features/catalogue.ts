import { featureSets, parametersOf } from '@kizashi/series';
import type { Catalogue } from './contract.ts';
import { curatedFeatures, isDefault } from './curated.ts';

let made: Catalogue | undefined;

/** Every set with its features, as the library describes them. Made once: it never changes while the program runs. */
export function featureCatalogue(): Catalogue {
  made ??= { sets: featureSets.map(describe) };
  return made;
}

function describe(set: (typeof featureSets)[number]): Catalogue['sets'][number] {
  const parameters = parametersOf(set);
  const features =
    set.kind === 'summary'
      ? set.features(parameters)
      : set.groups(parameters).flatMap((group) => group.columns);
  const curated = set.kind === 'summary' ? curatedFeatures(set.name) : undefined;
  return {
    name: set.name,
    pipeline: set.pipeline,
    kind: set.kind,
    version: set.version,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        typeof value === 'object' ? [...value] : value,
      ]),
    ),
    default: isDefault(set.name),
    features: features.map((feature) => ({
      name: feature.name,
      alias: feature.alias ?? null,
      formula: feature.formula,
      source: feature.source,
      unit: feature.unit,
      cost: feature.cost,
      missing: feature.missing,
      pointInTime: feature.pointInTime,
      curated: set.kind === 'summary' && (curated?.has(feature.name) ?? true),
    })),
  };
}
