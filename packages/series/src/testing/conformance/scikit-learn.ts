import { anomaly } from '../../features/anomaly/anomaly.ts';
import { columns } from '../../features/extract.ts';
import { deviationOf, meanOf } from '../../reference/trailing-window.ts';
import { readPeerFile, readPeerInputs } from '../peer-results.ts';
import type { Conformance } from './comparison.ts';

/** A forest is drawn by chance: its scores agree as a whole or not at all. */
export const isolationForestConformance: Conformance = {
  files: 'isolation_forest.csv',
  peer: () => ({ name: 'scikit-learn', version: '1.2.1' }),
  set: anomaly.name,
  tolerance:
    'scores of a series as a whole: rank correlation with the mean of twenty forests above 0.95, of single values above 0.85; mean difference below 0.02 (as single forests of the peer)',
  departures: [],
  *compare() {
    const inputs = readPeerInputs();
    for (const [series, features] of recordedScores()) {
      const computed = columns(anomaly, { y: inputs.get(series)! });
      for (const [feature, wanted] of features) {
        const difference = scoreDifference(feature, computed[feature]!, wanted);
        yield { series, feature, numbers: wanted.filter(Number.isFinite).length, difference };
      }
    }
  },
};

/** What is too far from the mean of twenty forests of the peer; undefined for nothing. NaN in `wanted` is not compared. */
export function scoreDifference(
  feature: string,
  scores: Float64Array,
  wanted: readonly number[],
): string | undefined {
  const places = [...wanted.keys()].filter((t) => Number.isFinite(wanted[t]));
  const [own, recorded] = [places.map((t) => scores[t]!), places.map((t) => wanted[t]!)];
  const rank = correlation(ranks(own), ranks(recorded));
  const apart = meanOf(own.map((score, i) => Math.abs(score - recorded[i]!)));
  const least = feature === 'isolation_forest_y' ? 0.85 : 0.95;
  if (rank > least && apart < 0.02) return undefined;
  return `rank correlation ${rank}, mean difference ${apart}`;
}

/** Scores by series and feature, NaN where none is recorded. */
function recordedScores(): ReadonlyMap<string, ReadonlyMap<string, readonly number[]>> {
  const recorded = new Map<string, Map<string, number[]>>();
  for (const line of readPeerFile('expected/isolation_forest.csv').trim().split('\n').slice(1)) {
    const [series, values, t, score] = line.split(',');
    const features = recorded.get(series!) ?? new Map<string, number[]>();
    const feature = `isolation_forest_${values}`;
    const scores = features.get(feature) ?? new Array<number>(Number(t)).fill(Number.NaN);
    scores.push(Number(score));
    recorded.set(series!, features.set(feature, scores));
  }
  return recorded;
}

/** Places of values in their order, equal ones sharing a place. */
function ranks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [meanOf(a), meanOf(b)];
  const product = a.reduce((sum, value, i) => sum + (value - ma) * (b[i]! - mb), 0);
  return product / ((a.length - 1) * deviationOf(a) * deviationOf(b));
}
