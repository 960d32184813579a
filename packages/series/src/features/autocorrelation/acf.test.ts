import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { autocorrelationAt } from '../../reference/autocorrelation.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import {
  hasPeerResults,
  type PeerResults,
  type PeerValue,
  readPeerInputs,
  readPeerResults,
} from '../../testing/peer-results.ts';
import { summariser } from '../extract.ts';
import { acf } from './acf.ts';
import { rollingCorrelation } from './rolling-correlation.ts';

const summarise = summariser(acf);

/** As the collection's README, ten times as strict where that is easy. */
function tolerance(name: string, i: number, want: number): number {
  if (name.includes('pvalue') || (/adf|kpss/.test(name) && i === 1)) return 1e-9 * want + 1e-300;
  if (/adf|kpss/.test(name)) return 1e-8 * Math.abs(want);
  if (name.startsWith('ljungbox')) return 1e-10 * want;
  return 1e-10;
}

function disagreements(
  series: ReadonlyMap<string, Float64Array>,
  expected: PeerResults['series'],
): string[] {
  return Object.entries(expected).flatMap(([id, features]) => {
    const got = summarise(series.get(id)!);
    return Object.entries(features).flatMap(([name, want]) => {
      if (same(name, got[name] as PeerValue, want)) return [];
      return [`${id} ${name}: ${got[name]}, not ${want}`];
    });
  });
}

function same(name: string, got: PeerValue, want: PeerValue): boolean {
  if (!Array.isArray(want) || !Array.isArray(got)) return got === want;
  if (got.length !== want.length) return false;
  return want.every((value, i) => {
    if (value === null) return Number.isNaN(got[i]);
    return Math.abs(Number(got[i]) - Number(value)) <= tolerance(name, i, Number(value));
  });
}

describe('acf', () => {
  it('gives what statsmodels 0.13.5 gives for the committed series', () => {
    const fixture = JSON.parse(
      readFileSync(new URL('../../../fixtures/features-acf.json', import.meta.url), 'utf8'),
    ) as { inputs: Record<string, number[]>; expected: PeerResults['series'] };
    const inputs = Object.entries(fixture.inputs);
    const series = new Map(inputs.map(([id, y]) => [id, Float64Array.from(y)]));
    expect(disagreements(series, fixture.expected)).toEqual([]);
  });

  it.runIf(hasPeerResults('autocorrelation on all series'))(
    'gives what statsmodels 0.13.5 gives for every series of the collection',
    () => {
      expect(disagreements(readPeerInputs(), readPeerResults('statsmodels').series)).toEqual([]);
    },
  );

  it('equals the definition', () => {
    const y = Array.from({ length: 60 }, createRandom(8));
    const got = summarise(Float64Array.from(y));
    const values = got.acf_nlags40 as readonly number[];
    // Half the series at most.
    expect(values.length).toBe(30);
    values.forEach((value, lag) => {
      expect(value).toBeCloseTo(autocorrelationAt(y, lag), 12);
    });
  });

  it('gives the same keys, and numbers or nothing, for any input', () => {
    const keys = Object.keys(summarise(new Float64Array(0)));
    for (const y of oddSeries(24, 1)) {
      const got = summarise(y);
      expect(Object.keys(got)).toEqual(keys);
      for (const value of Object.values(got).flat()) {
        if (Math.abs(value as number) === Number.POSITIVE_INFINITY) expect.fail('infinite');
      }
    }
  });
});

describe('rollingCorrelation', () => {
  it('is 1 and −1 for lines, and nothing for gaps and constants', () => {
    const line = Float64Array.from({ length: 8 }, (_, t) => t);
    const other = Float64Array.of(5, 3, 1, -1, Number.NaN, 7, 7, 7);
    const got = rollingCorrelation(line, other, 3);
    expect([...got.subarray(0, 2)]).toEqual([NaN, NaN]);
    expect(got[2]).toBeCloseTo(-1, 12);
    expect(got[3]).toBeCloseTo(-1, 12);
    expect([...got.subarray(4)]).toEqual([NaN, NaN, NaN, NaN]);
    expect(rollingCorrelation(line, line, 3)[7]).toBeCloseTo(1, 12);
  });
});
