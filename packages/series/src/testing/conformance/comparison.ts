/** What agreement with a peer means, how far it goes, and where it ends on purpose. For tests and the conformance table. */
import type { Departure } from '../../features/departure.ts';
import type { Peer } from '../peer-results.ts';

/** One recorded result beside ours. */
export interface Compared {
  readonly series: string;
  readonly feature: string;
  /** How many numbers it holds: 1, or those of a list. */
  readonly numbers: number;
  /** What is different; undefined where the two agree. */
  readonly difference?: string | undefined;
}

/** The comparison of one set with the results that one peer left: the only place where it is defined. */
export interface Conformance {
  /** Names of the recorded files, `*` for any. */
  readonly files: string;
  peer(): Peer;
  /** Name of the set. */
  readonly set: string;
  /** How near is near enough, as a sentence for the table. */
  readonly tolerance: string;
  readonly departures: readonly Departure[];
  /** Every recorded result of the collection. */
  compare(): Iterable<Compared>;
}

/** Counts of numbers, for a row of the table. */
export interface Tally {
  readonly files: string;
  readonly peer: string;
  readonly version: string;
  readonly set: string;
  readonly tolerance: string;
  readonly series: number;
  readonly features: number;
  readonly values: number;
  readonly agreeing: number;
  readonly departures: readonly {
    readonly feature: string;
    readonly series: string;
    readonly reason: string;
    /** 0 where the collection holds no such case. */
    readonly values: number;
  }[];
  /** A line for each result that neither agrees nor departs for a listed reason. */
  readonly disagreeing: readonly string[];
}

export function tally(conformance: Conformance): Tally {
  const { files, set, tolerance, departures } = conformance;
  const series = new Set<string>();
  const features = new Set<string>();
  const departing = departures.map(() => 0);
  const disagreeing: string[] = [];
  let values = 0;
  let agreeing = 0;
  for (const compared of conformance.compare()) {
    series.add(compared.series);
    features.add(compared.feature);
    values += compared.numbers;
    const reason = departures.findIndex((departure) => concerns(departure, compared));
    if (compared.difference === undefined) agreeing += compared.numbers;
    else if (reason >= 0) departing[reason]! += compared.numbers;
    else disagreeing.push(lineOf(compared));
  }
  const { name: peer, version } = conformance.peer();
  return {
    ...{ files, peer, version, set, tolerance, series: series.size, features: features.size },
    ...{ values, agreeing, disagreeing },
    departures: departures.map((departure, i) => ({
      feature: departure.feature.source,
      series: departure.series === 'all' ? '' : departure.series.source,
      reason: departure.reason,
      values: departing[i]!,
    })),
  };
}

/** A line for each result that neither agrees nor departs for one of the reasons. */
export function disagreements(
  results: Iterable<Compared>,
  departures: readonly Departure[] = [],
): readonly string[] {
  return [...results]
    .filter(({ difference }) => difference !== undefined)
    .filter((compared) => !departures.some((departure) => concerns(departure, compared)))
    .map(lineOf);
}

function concerns(departure: Departure, { feature, series }: Compared): boolean {
  const { feature: names, series: ids } = departure;
  return names.test(feature) && (ids === 'all' || ids.test(series));
}

function lineOf({ series, feature, difference }: Compared): string {
  return `${series} ${feature}: ${difference}`;
}
