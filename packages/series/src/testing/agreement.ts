/** Comparison of a set's values with a peer's recorded ones. For tests only. */
import { readFileSync } from 'node:fs';
import type { Departure } from '../features/departure.ts';
import type { FeatureValue } from '../features/feature.ts';
import type { PeerResults, PeerValue } from './peer-results.ts';

export interface Comparison {
  readonly series: ReadonlyMap<string, Float64Array>;
  readonly expected: PeerResults['series'];
  readonly compute: (id: string, y: Float64Array) => Readonly<Record<string, FeatureValue>>;
  readonly agrees: (name: string, got: PeerValue, want: PeerValue) => boolean;
  readonly departures: readonly Departure[];
}

/** A line for each value that neither agrees nor departs for a listed reason. */
export function disagreements(comparison: Comparison): readonly string[] {
  const { series, expected, compute, agrees, departures } = comparison;
  return Object.entries(expected).flatMap(([id, values]) => {
    const got = compute(id, series.get(id)!);
    return Object.entries(values)
      .filter(([name, want]) => !agrees(name, (got[name] ?? null) as PeerValue, want))
      .filter(([name]) => !departures.some((departure) => concerns(departure, name, id)))
      .map(([name, want]) => `${id} ${name}: ${got[name]}, not ${want}`);
  });
}

function concerns({ feature, series }: Departure, name: string, id: string): boolean {
  return feature.test(name) && (series === 'all' || series.test(id));
}

export interface Fixture {
  readonly inputs: ReadonlyMap<string, Float64Array>;
  readonly expected: PeerResults['series'];
}

/** A committed sample of the recorded results, `fixtures/features-<set>.json`. */
export function readFixture(set: string): Fixture {
  const url = new URL(`../../fixtures/features-${set}.json`, import.meta.url);
  const { inputs, expected } = JSON.parse(readFileSync(url, 'utf8')) as {
    readonly inputs: Readonly<Record<string, readonly number[]>>;
    readonly expected: PeerResults['series'];
  };
  return {
    inputs: new Map(Object.entries(inputs).map(([id, y]) => [id, Float64Array.from(y)])),
    expected,
  };
}
