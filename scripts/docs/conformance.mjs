// How far the sets of features agree with other libraries: counted where their recorded results are at hand, read from
// conformance.json elsewhere.
import { tally } from '../../packages/series/src/testing/conformance/comparison.ts';
import { conformances } from '../../packages/series/src/testing/conformance/conformances.ts';
import { readTable } from '../../packages/series/src/testing/conformance/table.ts';
import { hasPeerResults } from '../../packages/series/src/testing/peer-results.ts';
import { table } from './markdown.mjs';

/** @throws where a value disagrees with no reason listed: there is no row for that */
export function conformanceRows() {
  if (!hasPeerResults('counting the table of conformance again')) return readTable();
  return conformances.map((conformance) => {
    const { disagreeing, ...row } = tally(conformance);
    if (disagreeing.length === 0) return row;
    const [first] = disagreeing;
    throw new Error(
      `${row.files}: ${disagreeing.length} values neither agree nor depart for a reason, the first: ${first}`,
    );
  });
}

const count = (n) => n.toLocaleString('en');
const sum = (rows, of) => rows.reduce((total, row) => total + of(row), 0);

/** One for each pattern of a peer, whatever files it is met in. */
function reasonsOf(rows) {
  const found = new Map();
  for (const { peer, files, departures } of rows) {
    for (const departure of departures) {
      const key = `${peer} ${departure.feature} ${departure.series}`;
      const known = found.get(key) ?? { ...departure, peer, files: [], values: 0 };
      known.files.push(files);
      known.values += departure.values;
      found.set(key, known);
    }
  }
  return [...found.values()];
}

export function conformancePage(rows) {
  const libraries = new Set(rows.map(({ peer }) => peer)).size;
  const head = ['peer', 'version', 'set', 'recorded', 'series', 'features', 'values', 'agree'];
  const agreement = rows.map((row) => [
    row.peer,
    row.version,
    `[\`${row.set}\`](features.md#${row.set})`,
    `\`${row.files}\``,
    ...[row.series, row.features, row.values, row.agreeing].map(count),
    row.values - row.agreeing === 0 ? '' : count(row.values - row.agreeing),
    row.tolerance,
  ]);
  const departures = reasonsOf(rows).map(({ peer, files, feature, series, values, reason }) => [
    peer,
    files.map((file) => `\`${file}\``).join(', '),
    `\`${feature}\``,
    series === '' ? 'all' : `\`${series}\``,
    count(values),
    reason,
  ]);
  return `# Features: agreement with other libraries

Source: \`packages/series/src/testing/conformance\` and the \`departures.ts\` beside each set.

${libraries} libraries computed their features for the same series, and their results were recorded. Each number of them is compared
with ours: ${count(sum(rows, ({ agreeing }) => agreeing))} of ${count(sum(rows, ({ values }) => values))} agree, the others depart for a reason given below, and none disagrees without one.
Where a peer has no value, neither must we.

The table is counted by \`npm run docs\` where the recorded results are at hand (\`KIZASHI_REFERENCE\`, or \`../shared/reference\` beside
the repository) and stays as it is elsewhere. The tests of each set hold to the same comparisons, tolerances and counts.

- *Recorded*: the file of results. *Values* are numbers: a feature that gives a list counts as long as the list.
- A list agrees as a whole or not at all, and so do the scores of an isolation forest, which is drawn by chance.
- *Within*: how near is near enough. Counts and starts of windows have to be equal.

${table([...head, 'depart', 'within'], agreement)}

## Departures

*Features* and *series* are patterns of names. Where *values* is 0, the recorded series hold no such case and others may.

${table(['peer', 'recorded', 'features', 'series', 'values', 'reason'], departures)}
`;
}
