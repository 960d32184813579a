/** Features of whole series beside recorded ones. */
import { readFileSync } from 'node:fs';
import type { FeatureValue } from '../../features/feature.ts';
import {
  type PeerResults,
  type PeerValue,
  peerOf,
  readPeerInputs,
  readPeerResults,
} from '../peer-results.ts';
import { type Compared, type Conformance, disagreements } from './comparison.ts';

interface Summaries {
  readonly inputs: ReadonlyMap<string, Float64Array>;
  readonly expected: PeerResults['series'];
}

/** What a value was computed from, and what was recorded beside it. */
interface Surroundings {
  readonly y: Float64Array;
  readonly expected: Readonly<Record<string, PeerValue>>;
}

interface SummaryRule {
  compute(id: string, y: Float64Array): Readonly<Record<string, FeatureValue>>;
  agrees(name: string, got: PeerValue, want: PeerValue, around: Surroundings): boolean;
}

export interface SummaryConformance extends Conformance, SummaryRule {}

/** Of the recorded file `<file>.json`, which names its peer. */
export function summaryConformance(
  definition: SummaryRule & Omit<Conformance, 'files' | 'peer' | 'compare'> & { file: string },
): SummaryConformance {
  const { file, ...rest } = definition;
  return {
    ...rest,
    files: `${file}.json`,
    peer: () => peerOf(file),
    compare: () =>
      compareSummaries({ inputs: readPeerInputs(), expected: readPeerResults(file).series }, rest),
  };
}

function* compareSummaries(
  { inputs, expected }: Summaries,
  { compute, agrees }: SummaryRule,
): Generator<Compared> {
  for (const [series, values] of Object.entries(expected)) {
    const y = inputs.get(series)!;
    const computed = compute(series, y);
    for (const [feature, want] of Object.entries(values)) {
      const got = (computed[feature] ?? null) as PeerValue;
      const same = feature in computed && agrees(feature, got, want, { y, expected: values });
      const difference = same ? undefined : `${computed[feature]}, not ${want}`;
      yield { series, feature, numbers: Math.max(1, [want].flat(2).length), difference };
    }
  }
}

/** A committed sample of the recorded results, `fixtures/features-<name>.json`. */
export function readFixture(name: string): Summaries {
  const url = new URL(`../../../fixtures/features-${name}.json`, import.meta.url);
  const { inputs, expected } = JSON.parse(readFileSync(url, 'utf8')) as {
    readonly inputs: Readonly<Record<string, readonly number[]>>;
    readonly expected: PeerResults['series'];
  };
  return {
    inputs: new Map(Object.entries(inputs).map(([id, y]) => [id, Float64Array.from(y)])),
    expected,
  };
}

/** Lines for the committed sample, as `disagreements`. */
export function fixtureDisagreements(
  rule: SummaryRule & Pick<Conformance, 'departures'>,
  fixture: string,
): readonly string[] {
  return disagreements(compareSummaries(readFixture(fixture), rule), rule.departures);
}
