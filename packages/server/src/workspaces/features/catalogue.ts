import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { featureSets, parametersOf, type SetParameters } from '@kizashi/series';
import { z } from 'zod';
import { type Catalogue, peerAgreementSchema } from './contract.ts';
import { curatedFeatures, isDefault } from './curated.ts';
import { japaneseFormula } from './japanese/formula.ts';
import { japaneseUnit } from './japanese/unit.ts';
import { parameterText } from './parameter-texts.ts';

let made: Catalogue | undefined;

/** Every set with its features, in both languages. Made once: it never changes while the program runs. */
export function featureCatalogue(): Catalogue {
  if (made === undefined) {
    const agreement = readAgreement();
    made = { sets: featureSets.map((set) => describe(set, agreement)) };
  }
  return made;
}

/** What a run adds to the defaults: its calendar knows the holidays of a country. */
const runParameters: Readonly<Record<string, SetParameters>> = { calendar: { holidays: [0] } };

type Agreement = ReturnType<typeof readAgreement>;

/** How far the values of each set agree with recorded ones of other libraries: the table that `npm run docs` counts. */
function readAgreement() {
  const path = fileURLToPath(import.meta.resolve('@kizashi/series/conformance.json'));
  return peerAgreementSchema
    .extend({ set: z.string() })
    .array()
    .parse(JSON.parse(readFileSync(path, 'utf8')));
}

function describe(
  set: (typeof featureSets)[number],
  agreement: Agreement,
): Catalogue['sets'][number] {
  const parameters = parametersOf(set);
  const features =
    set.kind === 'summary'
      ? set.features(parameters)
      : set.groups({ ...parameters, ...runParameters[set.name] }).flatMap(({ columns }) => columns);
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
    parameterTexts: Object.fromEntries(
      Object.keys(parameters).map((name) => [name, parameterText(set.name, name)]),
    ),
    default: isDefault(set.name),
    agreement: agreement.filter((row) => row.set === set.name).map(({ set: _, ...row }) => row),
    features: features.map((feature) => ({
      name: feature.name,
      alias: feature.alias ?? null,
      // A test keeps the Japanese complete.
      formula: { en: feature.formula, ja: japaneseFormula(feature.formula) ?? feature.formula },
      source: feature.source,
      unit: { en: feature.unit, ja: japaneseUnit(feature.unit) },
      cost: feature.cost,
      missing: feature.missing,
      pointInTime: feature.pointInTime,
      curated: set.kind === 'summary' && (curated?.has(feature.name) ?? true),
    })),
  };
}
