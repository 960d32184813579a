import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { doubles, learningPeers } from '../../testing/learning-peers.ts';
import { calibrate, fitIsotonic, fitPlatt } from './calibration.ts';
import { reliability } from './reliability.ts';
import { areaUnderCurve, averagePrecision, brierScore, liftAt, logLoss } from './scores.ts';

const peers = learningPeers.probabilities;
const p = doubles(peers.probability);
const target = doubles(peers.target);
const random = createRandom(8);

describe('scores of probabilities', () => {
  it('equal those of scikit-learn 1.2.1', () => {
    expect(areaUnderCurve(target, p).auc).toBeCloseTo(peers.auc, 12);
    expect(averagePrecision(target, p)).toBeCloseTo(peers.averagePrecision, 12);
    expect(brierScore(target, p)).toBeCloseTo(peers.brier, 12);
    expect(logLoss(target, p)).toBeCloseTo(peers.logLoss, 12);
  });

  it('give the area as the share of pairs in order', () => {
    let pairs = 0;
    let right = 0;
    for (let i = 0; i < p.length; i++) {
      for (let j = 0; j < p.length; j++) {
        if (target[i] !== 1 || target[j] !== 0) continue;
        pairs++;
        right += p[i]! > p[j]! ? 1 : p[i] === p[j] ? 0.5 : 0;
      }
    }
    expect(areaUnderCurve(target, p).auc).toBeCloseTo(right / pairs, 12);
  });

  it('give an error of the area that drawing again confirms, and an interval that holds it', () => {
    const draws = Array.from({ length: 400 }, () => {
      const rows = Array.from(p, () => Math.floor(random() * p.length));
      return areaUnderCurve(
        Float64Array.from(rows, (row) => target[row]!),
        Float64Array.from(rows, (row) => p[row]!),
      ).auc!;
    });
    const mean = draws.reduce((sum, auc) => sum + auc, 0) / draws.length;
    const spread = Math.sqrt(draws.reduce((sum, auc) => sum + (auc - mean) ** 2, 0) / draws.length);
    const { error, auc, lower, upper } = areaUnderCurve(target, p);
    expect(error! / spread).toBeGreaterThan(0.9);
    expect(error! / spread).toBeLessThan(1.1);
    expect(upper! - auc!).toBeCloseTo(1.96 * error!, 4);
    expect(auc! - lower!).toBeCloseTo(1.96 * error!, 4);
  });

  it('give a lift that counts equal scores in part', () => {
    const y = Float64Array.of(1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    expect(liftAt(y, Float64Array.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0), 0.2)).toBe(5);
    expect(liftAt(y, new Float64Array(10), 0.2)).toBeCloseTo(1, 12);
    expect(liftAt(y, Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0.2)).toBeCloseTo(
      (1 + 1 / 9) / 2 / 0.2,
      12,
    );
  });

  it('are null where they are not defined', () => {
    const none = new Float64Array(0);
    expect(areaUnderCurve(Float64Array.of(1, 1), Float64Array.of(0, 1)).auc).toBeNull();
    expect(areaUnderCurve(none, none).auc).toBeNull();
    expect([
      averagePrecision(none, none),
      brierScore(none, none),
      logLoss(none, none),
      liftAt(none, none),
    ]).toEqual([null, null, null, null]);
  });

  it('refuse what is no target, score or probability', () => {
    const one = Float64Array.of(1);
    expect(() => areaUnderCurve(Float64Array.of(2), one)).toThrow('target');
    expect(() => areaUnderCurve(one, Float64Array.of(Number.NaN))).toThrow('score');
    expect(() => areaUnderCurve(one, new Float64Array(2))).toThrow(
      'score: must be one for each of 1 rows',
    );
    expect(() => brierScore(one, Float64Array.of(1.1))).toThrow('probability');
    expect(() => liftAt(one, one, 1)).toThrow('share');
    expect(logLoss(one, Float64Array.of(0))).toBeCloseTo(36.04, 2);
  });
});

describe('a reliability table', () => {
  it('finds no gap where probabilities are true, and one where they are not', () => {
    const truth = Float64Array.from({ length: 5000 }, random);
    const came = truth.map((share) => (random() < share ? 1 : 0));
    const good = reliability(came, truth);
    expect(good.groups.length).toBe(10);
    expect(good.groups.reduce((sum, { rows }) => sum + rows, 0)).toBe(5000);
    expect(good.error).toBeLessThan(0.02);
    const held = good.groups.filter(
      (row) => row.lower <= row.predicted && row.predicted <= row.upper,
    );
    expect(held.length).toBeGreaterThanOrEqual(8);
    expect(reliability(came, truth.map(Math.sqrt)).error).toBeGreaterThan(0.1);
  });

  it('keeps equal probabilities together, and is empty of no rows', () => {
    const [row, ...more] = reliability(target, new Float64Array(target.length).fill(0.3)).groups;
    expect(more).toEqual([]);
    expect(row!.rows).toBe(target.length);
    expect(reliability(new Float64Array(0), new Float64Array(0))).toEqual({
      groups: [],
      error: null,
    });
  });
});

describe('calibration', () => {
  it('by steps equals scikit-learn 1.2.1, between the scores and outside of them', () => {
    const fitted = fitIsotonic(p, target);
    calibrate(fitted, p).forEach((value, i) => {
      expect(value).toBeCloseTo(peers.isotonic[i]!, 11);
    });
    const elsewhere = calibrate(fitted, Float64Array.of(0, 0.005, 0.333, 0.5, 0.777, 1));
    elsewhere.forEach((value, i) => {
      expect(value).toBeCloseTo(peers.isotonicElsewhere[i]!, 11);
    });
  });

  it('by an S-curve finds the curve that scores came from', () => {
    const score = Float64Array.from({ length: 20_000 }, () => 6 * random() - 3);
    const came = score.map((value) =>
      random() < 1 / (1 + Math.exp(-(1.5 * value - 0.7))) ? 1 : 0,
    );
    const { slope, intercept } = fitPlatt(score, came);
    expect(Math.abs(slope - 1.5)).toBeLessThan(0.08);
    expect(Math.abs(intercept + 0.7)).toBeLessThan(0.08);
    const other = fitPlatt(
      score.map((value) => 1e6 * value + 5),
      came,
    );
    expect(other.slope * 1e6).toBeCloseTo(slope, 6);
  });

  it('mends probabilities that say too much', () => {
    const truth = Float64Array.from({ length: 4000 }, random);
    const came = truth.map((share) => (random() < share ? 1 : 0));
    const odds = truth.map((share) => 3 * Math.log(share / (1 - share)));
    const loud = odds.map((score) => 1 / (1 + Math.exp(-score)));
    for (const mended of [
      calibrate(fitPlatt(odds, came), odds),
      calibrate(fitIsotonic(loud, came), loud),
    ]) {
      expect(reliability(came, mended).error).toBeLessThan(reliability(came, loud).error! / 3);
    }
  });

  it('answers for one class, equal scores and no rows', () => {
    const none = new Float64Array(0);
    const asked = Float64Array.of(-1e300, 0, 1e300);
    for (const fitted of [
      fitPlatt(none, none),
      fitIsotonic(none, none),
      fitPlatt(Float64Array.of(1, 2, 3), Float64Array.of(1, 1, 1)),
      fitPlatt(Float64Array.of(2, 2), Float64Array.of(0, 1)),
      fitPlatt(Float64Array.of(1e300, -1e300, 1), Float64Array.of(0, 1, 1)),
      fitIsotonic(Float64Array.of(2, 2), Float64Array.of(0, 1)),
    ]) {
      for (const value of calibrate(fitted, asked)) expect(value >= 0 && value <= 1).toBe(true);
    }
    expect(calibrate(fitPlatt(Float64Array.of(2, 2), Float64Array.of(0, 1)), asked)[1]).toBeCloseTo(
      0.5,
      9,
    );
  });
});
