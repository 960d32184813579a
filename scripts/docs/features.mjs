// The catalogue of all sets of features, from the entries that the library itself works with.
import { featureSets } from '../../packages/series/src/index.ts';
import { table } from './markdown.mjs';

const withoutNumbers = (text) => text.replaceAll(/\d+(\.\d+)?/g, '#');
/** `mean_7` and `ewm_std_alpha0.1`, but not the 25 of `q25_7`. */
const withoutParameters = (name) => name.split('__')[0].replaceAll(/_([a-z]*)\d[\d.]*/g, '_$1#');

/** Features that differ in their parameters only, together: tsfresh has a hundred Fourier coefficients. */
function families(features) {
  const found = new Map();
  for (const feature of features) {
    const { name, formula, source, unit, cost, missing, pointInTime } = feature;
    const shape = [withoutParameters(name), withoutNumbers(formula), source, unit, cost, missing];
    const key = JSON.stringify([...shape, pointInTime]);
    found.set(key, [...(found.get(key) ?? []), feature]);
  }
  return [...found.values()];
}

function namesOf(family) {
  const names = family.map(({ name }) => `\`${name}\``);
  if (names.length <= 3) return names.join(', ');
  return `${names[0]} … ${names.at(-1)} (${names.length})`;
}

/** The first one's, named where the numbers in it are not those of the others. */
function formulaOf(family) {
  const [{ name, formula }] = family;
  return family.every((feature) => feature.formula === formula)
    ? formula
    : `\`${name}\`: ${formula}`;
}

/** What may be the same for all features of a set, and is then said once above the table. */
const properties = [
  ['source', ({ source }) => source],
  ['unit', ({ unit }) => unit],
  ['cost', ({ cost }) => cost],
  ['missing values', ({ missing }) => missing],
];
const columnProperties = [
  ...properties,
  ['past only', ({ pointInTime }) => (pointInTime ? 'yes' : 'no')],
];

function section(set) {
  const ofSeries = set.kind === 'summary';
  const features = ofSeries
    ? set.features(set.defaults)
    : set.groups(set.defaults).flatMap(({ columns }) => columns);
  const known = ofSeries ? properties : columnProperties;
  const shared = known.filter(([, of]) => new Set(features.map(of)).size === 1);
  const varied = known.filter((property) => !shared.includes(property));
  const rows = families(features).map((family) => [
    namesOf(family),
    formulaOf(family),
    ...varied.map(([, of]) => of(family[0])),
  ]);
  const parameters = Object.entries(set.defaults).map(
    ([name, value]) => `\`${name}\` ${JSON.stringify(value)}`,
  );
  const facts = [
    `${features.length} ${ofSeries ? 'features of a whole series' : 'columns by time'} (pipeline \`${set.pipeline}\`)`,
    `parameters: ${parameters.join(', ') || 'none'}`,
    ...shared.map(([name, of]) => `${name}: ${of(features[0])}`),
  ];
  const head = ['feature', 'formula', ...varied.map(([name]) => name)];
  return `## ${set.name}\n\n${facts.map((fact) => `- ${fact}`).join('\n')}\n\n${table(head, rows)}`;
}

export function featuresPage() {
  const list = featureSets.map(({ name }) => `[${name}](#${name})`).join(' · ');
  return `# Features

Source: the sets in \`packages/series/src/features\`, with their default parameters.

${list}

How far the values agree with those of the libraries the names come from: [agreement](features-conformance.md). What a run takes, and
what it does with bad data: [runs](features-runs.md).

- A set gives features of a whole series (or of a window of it) or columns by time. Where a column says *past only*, its value at
  t uses nothing after t.
- Names are the peers' own. Features that differ in their parameters only stand in one row, with the formula of the first.
- *Unit*: in terms of the values, \`y\`; \`1\` is a plain number. *Cost*: how the work grows with the number n of values.
- *Missing values* are left out before (dropped) or kept as gaps (kept).

${featureSets.map(section).join('\n\n')}
`;
}
