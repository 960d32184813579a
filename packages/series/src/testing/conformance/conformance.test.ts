import { describe, expect, it } from 'vitest';
import { featureSets } from '../../features/sets.ts';
import { hasPeerResults, peerFiles } from '../peer-results.ts';
import { type Compared, type Conformance, tally } from './comparison.ts';
import { conformances } from './conformances.ts';
import { readTable } from './table.ts';

describe('the table of conformance', () => {
  it('has a row for each comparison, in their order, with its set, tolerance and reasons', () => {
    const reasons = (departures: readonly { readonly reason: string }[]) =>
      departures.map(({ reason }) => reason);
    expect(
      readTable().map(({ files, set, tolerance, departures }) => [
        ...[files, set, tolerance],
        reasons(departures),
      ]),
    ).toEqual(
      conformances.map(({ files, set, tolerance, departures }) => [
        ...[files, set, tolerance],
        reasons(departures),
      ]),
    );
  });

  it('names sets that there are, and adds up', () => {
    const sets = featureSets.map(({ name }) => name);
    for (const { set, values, agreeing, departures } of readTable()) {
      expect(sets).toContain(set);
      expect(departures.reduce((sum, departure) => sum + departure.values, agreeing)).toBe(values);
      expect(agreeing).toBeGreaterThan(0);
    }
  });

  it.runIf(hasPeerResults('the list of recorded files'))('leaves no recorded file out', () => {
    for (const file of peerFiles('', '')) {
      const comparisons = conformances.filter(({ files }) => {
        const [start, end] = files.split('*') as [string, string?];
        return end === undefined ? file === start : file.startsWith(start) && file.endsWith(end);
      });
      expect([file, comparisons.length]).toEqual([file, 1]);
    }
  });
});

describe('a tally', () => {
  const result = (series: string, feature: string, difference?: string): Compared => ({
    ...{ series, feature, numbers: 2, difference },
  });
  const conformance: Conformance = {
    files: 'some.json',
    peer: () => ({ name: 'some', version: '1' }),
    set: 'catch22',
    tolerance: 'none',
    departures: [
      { feature: /^odd$/, series: 'all', reason: 'odd everywhere' },
      { feature: /^mean$/, series: /^constant/, reason: 'rounding' },
    ],
    compare: () => [
      result('walk', 'mean'),
      result('walk', 'odd', '1, not 2'),
      result('constant', 'odd'),
      result('constant', 'mean', '0, not 1e-18'),
      result('walk', 'sd', '3, not 4'),
    ],
  };

  it('counts numbers that agree, that depart for a reason, and names the others', () => {
    const { series, features, values, agreeing, departures, disagreeing } = tally(conformance);
    expect({ series, features, values, agreeing }).toEqual({
      ...{ series: 2, features: 3, values: 10, agreeing: 4 },
    });
    expect(departures.map((departure) => departure.values)).toEqual([2, 2]);
    expect(disagreeing).toEqual(['walk sd: 3, not 4']);
  });
});
