import { describe, expect, it } from 'vitest';
import { tally } from '../../testing/conformance/comparison.ts';
import { fixtureDisagreements } from '../../testing/conformance/summaries.ts';
import { expectedTally } from '../../testing/conformance/table.ts';
import {
  tsfreshEfficientConformance,
  tsfreshSelectedConformance,
} from '../../testing/conformance/tsfresh.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { hasPeerResults, readPeerResults, relativeDifference } from '../../testing/peer-results.ts';
import { summariser } from '../extract.ts';
import {
  tsfreshEfficient,
  tsfreshEntropy,
  tsfreshFeature,
  tsfreshFeatures,
  tsfreshNamed,
  tsfreshSelected,
} from './tsfresh.ts';

const efficient = summariser(tsfreshEfficient);
const selected = summariser(tsfreshSelected);
const entropies = summariser(tsfreshEntropy);

describe('the tsfresh sets', () => {
  it('give what tsfresh 0.21.2 gives for the committed series', () => {
    const both = {
      ...tsfreshEfficientConformance,
      compute: (_: string, y: Float64Array) => ({ ...efficient(y), ...selected(y) }),
    };
    expect(fixtureDisagreements(both, 'tsfresh')).toEqual([]);
  });

  it
    .runIf(hasPeerResults('tsfresh on all series'))
    .each([tsfreshEfficientConformance, tsfreshSelectedConformance])(
    'give what tsfresh 0.21.2 gives for every series, as the table of conformance counts it: $files',
    (conformance) => {
      const found = tally(conformance);
      expect(found).toEqual(expectedTally(conformance, found));
    },
  );

  it.runIf(hasPeerResults('names of tsfresh')).each([
    ['tsfresh_efficient', tsfreshEfficient, 777],
    ['tsfresh_selected', tsfreshSelected, 133],
  ])('have exactly the features of the peer: %s', (file, set, count) => {
    const wanted = Object.keys(Object.values(readPeerResults(file).series)[0]!);
    const names = set.features(set.defaults).map(({ name }) => name);
    expect(names).toHaveLength(count);
    expect(names.toSorted()).toEqual(wanted.toSorted());
  });

  it('have short, different aliases and complete entries', () => {
    for (const set of [tsfreshEfficient, tsfreshSelected, tsfreshEntropy]) {
      const features = set.features(set.defaults);
      const aliases = features.map(({ name, alias }) => alias ?? name);
      expect(new Set(aliases).size).toBe(features.length);
      for (const alias of aliases) expect(alias).toMatch(/^[a-z0-9_]{1,63}$/);
      for (const { formula, source } of features)
        expect(formula.length * source.length).toBeGreaterThan(0);
    }
  });

  it('give numbers or null for whatever they are given', () => {
    for (const compute of [efficient, selected, entropies]) {
      const names = Object.keys(compute(new Float64Array(0)));
      for (const y of oddSeries(19, 1)) {
        const got = compute(y);
        expect(Object.keys(got)).toEqual(names);
        for (const value of Object.values(got)) {
          expect(value === null || (typeof value === 'number' && !Number.isNaN(value))).toBe(true);
        }
      }
    }
  });

  it('stay right where squares of values overflow or vanish', () => {
    const y = Float64Array.from({ length: 120 }, (_, t) => Math.sin(t * t) + 0.3 * Math.cos(t / 9));
    const usual = { ...efficient(y), ...entropies(y) };
    const unitless =
      /^(sample|approximate|ratio_beyond|large_standard|energy_ratio|linear_trend__attr_"[pr]value|agg_linear_trend__attr_"r|cid_ce__normalize_True|augmented)/;
    for (const size of [2 ** 1000, 2 ** -1000]) {
      const scaled = y.map((value) => value * size);
      const got = { ...efficient(scaled), ...entropies(scaled) };
      for (const name of Object.keys(usual).filter((each) => unitless.test(each))) {
        expect([name, relativeDifference(got[name]!, usual[name]!) < 1e-9]).toEqual([name, true]);
      }
      for (const name of ['standard_deviation', 'root_mean_square', 'cid_ce__normalize_False']) {
        expect((got[name] as number) / size / (usual[name] as number)).toBeCloseTo(1, 12);
      }
    }
  });

  it('leave missing values out', () => {
    const whole = Float64Array.from({ length: 70 }, (_, t) => Math.cos(t) * t);
    const gaps = Float64Array.from([...whole].flatMap((value) => [value, Number.NaN]));
    expect(efficient(gaps)).toEqual(efficient(whole));
  });
});

describe('features with any parameters', () => {
  it('are made from settings as tsfresh has them', () => {
    const names = tsfreshFeatures({ mean: null, quantile: [{ q: 0.05 }, { q: 0.5 }] }).map(
      ({ name }) => name,
    );
    expect(names).toEqual(['mean', 'quantile__q_0.05', 'quantile__q_0.5']);
  });

  it('are made from names, and keep them', () => {
    const name = 'range_count__max_2.0__min_0';
    const feature = tsfreshFeature(name);
    expect(feature.name).toBe(name);
    expect(feature.parameters).toEqual({ max: 2, min: 0 });
    const summarise = summariser(tsfreshNamed, { features: `${name}; maximum` });
    expect(summarise(Float64Array.of(0, 1, 2, 3))).toEqual({ [name]: 2, maximum: 3 });
  });

  it.each([
    ['quantile__q_1.5', 'q: must be from 0 to 1, got 1.5'],
    ['quantile__p_0.5', 'p: is not a parameter of quantile; it has q'],
    ['mean__q_0.5', 'q: is not a parameter of mean; it has none'],
    ['autocorrelation__lag_-1', 'lag: must be a whole number >= 0, got -1'],
    ['cid_ce__normalize_3', 'normalize: must be true or false, got 3'],
    ['linear_trend__attr_"slop"', 'attr: must be one of pvalue, rvalue'],
    ['cwt_coefficients__coeff_0__w_3__widths_(2, 5)', 'w: must be one of widths (2, 5), got 3'],
    ['augmented_dickey_fuller__attr_"pvalue"__autolag_"HQ"', 'autolag: must be one of AIC, BIC'],
    ['median_of_everything', 'calculator: must be one of sum_values, mean'],
  ])('%s is refused', (name, message) => {
    expect(() => tsfreshFeature(name)).toThrow(message);
  });

  it('count stretches that resemble a query', () => {
    const y = Float64Array.of(1, 2, 3, 9, 20, 40, 60, 9, 5, 5, 5);
    const count = (name: string) => summariser(tsfreshNamed, { features: name })(y)[name];
    expect(count('query_similarity_count__query_[1, 2, 3]__threshold_0.01')).toBe(2);
    expect(count('query_similarity_count__normalize_False__query_[1, 2, 3]__threshold_0.0')).toBe(
      1,
    );
    expect(count('query_similarity_count__query_[4, 4, 4]__threshold_0.0')).toBe(1);
    expect(count('query_similarity_count__query_[4, 4]__threshold_0.0')).toBeNull();
  });
});
