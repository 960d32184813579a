import { describe, expect, it } from 'vitest';
import { fitEts } from '../forecast/ets/fit-ets.ts';
import { fitNaive } from '../forecast/naive.ts';
import { InvalidInput } from '../invalid-input.ts';
import { createRandom } from '../math/random.ts';
import { oddSeries } from '../testing/odd-series.ts';
import { ANOMALY_METHODS, createDetector } from './create-detector.ts';
import { detectAnomalies } from './detect-anomalies.ts';

const STEP = 300_000;

/** White noise of spread about 1 around 100. */
function noise(n: number, seed = 3): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, () => 97 + random() + random() + random() + 3 * random());
}
const times = (n: number) => Float64Array.from({ length: n }, (_, i) => i * STEP);

describe.each(ANOMALY_METHODS)('the detector by %s', (method) => {
  it('gives numbers in their bounds for any input, in any order of times', () => {
    let previous = 0;
    for (const y of oddSeries(7, 0)) {
      const detector = createDetector({ method, window: 32 });
      let seen = false;
      y.forEach((value, i) => {
        const time = [i * 1e6, previous, Number.NaN, -1e300, 1e300, 5][i % 6]!;
        previous = time;
        const point = detector.push(value, time);
        seen ||= Number.isFinite(value);
        expect(point.score >= 0 && point.score <= 1, `${point.score}`).toBe(true);
        if (!seen) expect([point.expected, point.lower, point.upper]).toEqual([null, null, null]);
        else {
          const { lower, expected, upper } = point;
          const ordered = lower! <= expected! && expected! <= upper!;
          expect(ordered && Number.isFinite(lower) && Number.isFinite(upper)).toBe(true);
        }
      });
    }
  });

  it('judges a value before it learns it', () => {
    const [a, b] = [createDetector({ method }), createDetector({ method })];
    const y = noise(300);
    y.forEach((value, i) => {
      a.push(value, i * STEP);
      b.push(value, i * STEP);
    });
    const [usual, odd] = [a.push(100), b.push(1e6)];
    expect(usual.expected).toBe(odd.expected);
    expect([usual.lower, usual.upper]).toEqual([odd.lower, odd.upper]);
  });

  it('does not learn a missing value', () => {
    const detector = createDetector({ method });
    for (const value of noise(200)) detector.push(value);
    const missing = detector.push(Number.NaN);
    expect(missing).toMatchObject({ score: 0, surprise: 0, anomaly: false, reasons: [] });
    expect(Math.abs(missing.expected! - 100)).toBeLessThan(3);
  });

  it('finds nothing in a constant series', () => {
    const { anomalies, expected } = detectAnomalies(new Float64Array(500).fill(7), undefined, {
      method,
    });
    expect(anomalies).toEqual([]);
    expect(Math.abs(expected[499]! - 7)).toBeLessThan(1e-9);
  });
});

/** Those that look at single values and short stretches; `discord` and `isolation-forest` rank shapes, by which a spike is one among many. */
describe.each(['ensemble', 'z-score', 'iqr', 'seasonal', 'forecast', 'change'] as const)(
  'the detector by %s',
  (method) => {
    it('tells a new level once, with a reason', () => {
      const y = noise(1000);
      for (let i = 800; i < 860; i++) y[i] = y[i]! + 40;
      const { anomalies } = detectAnomalies(y, times(1000), { method });
      const told = anomalies.filter(({ index }) => index >= 800 && index < 860);
      expect(told).toHaveLength(1);
      expect(told[0]!.index - 800).toBeLessThan(8);
      expect(told[0]!.reasons.length).toBeGreaterThan(0);
    });
  },
);

describe('the ensemble', () => {
  it('says what is unusual: the value, the time, or the course', () => {
    const y = noise(3000);
    const wave = y.map((value, i) => value + 30 * Math.sin((2 * Math.PI * i) / 288));
    const codes = (series: Float64Array, at: number) => {
      const { anomalies } = detectAnomalies(series, times(series.length));
      const near = anomalies.find(({ index }) => index >= at && index < at + 64);
      return near?.reasons.map(({ code }) => code) ?? [];
    };
    const spike = wave.slice();
    for (let i = 2500; i < 2504; i++) spike[i] = 190;
    expect(codes(spike, 2500)).toContain('high');
    // The height of noon at midnight.
    const nightly = wave.slice();
    for (let i = 2800; i < 2850; i++) nightly[i] = 130;
    expect(codes(nightly, 2800)).toContain('high-for-the-time');
    const flat = wave.slice();
    for (let i = 2500; i < 2600; i++) flat[i] = 100;
    expect(codes(flat, 2500).length).toBeGreaterThan(0);
  });

  describe('of a daily wave under noise', () => {
    const n = 4032;
    const at = 2880 + 130;
    const wave = (i: number) => Math.max(0, Math.sin((2 * Math.PI * i) / 288 - Math.PI / 2));
    const series = (change: (y: Float64Array) => void) => {
      const y = noise(n).map((value, i) => value + 15 * wave(i));
      change(y);
      const { anomalies } = detectAnomalies(y, times(n));
      const near = anomalies.find(({ index }) => index >= at - 60 && index < at + 120);
      return near?.reasons.map(({ code }) => code) ?? [];
    };

    it('tells two high values at the top of the wave', () => {
      const codes = series((y) => {
        for (let i = at; i < at + 2; i++) y[i]! += 12;
      });
      expect(codes).toContain('high-for-the-time');
    });

    it('tells a day without its wave', () => {
      const codes = series((y) => {
        for (let i = 2880; i < 3168; i++) y[i]! -= 15 * wave(i);
      });
      expect(codes).toContain('low-for-the-time');
    });

    it('tells a sensor that is stuck', () => {
      const codes = series((y) => {
        y.fill(y[at]!, at, at + 100);
      });
      expect(codes).toContain('still');
    });

    it('is quiet where nothing happens', () => {
      expect(series(() => {})).toEqual([]);
    });
  });

  it('raises few alarms where nothing happens', () => {
    let alarms = 0;
    for (let seed = 1; seed <= 4; seed++) {
      alarms += detectAnomalies(noise(4000, seed), times(4000)).anomalies.length;
    }
    // 16,000 points; once in 400 would be 40.
    expect(alarms).toBeLessThan(40);
  });

  it('holds the score below the threshold within an incident, and then is ready again', () => {
    const y = noise(1200);
    for (const at of [600, 603, 900]) for (let i = at; i < at + 2; i++) y[i] = 150;
    const { score, surprise, anomalies } = detectAnomalies(y);
    const told = anomalies.map(({ index }) => index).filter((index) => index >= 600);
    expect(told.filter((index) => index < 700)).toHaveLength(1);
    expect(told.some((index) => index >= 900 && index < 904)).toBe(true);
    for (let i = told[0]! + 1; i < 660; i++) expect(score[i]).toBeLessThan(0.5);
    expect(Math.max(...surprise.subarray(told[0]! + 1, 610))).toBeGreaterThan(0.5);
  });

  it('expects nothing wilder after a jump than what was seen', () => {
    const random = createRandom(4);
    const y = Float64Array.from({ length: 400 }, (_, i) => (i < 200 ? 100 : 300) + 10 * random());
    const { lower, upper } = detectAnomalies(y);
    for (let i = 220; i < 400; i++) {
      expect(upper[i]!).toBeLessThan(300 + 10 + 210);
      expect(lower[i]!).toBeGreaterThan(0);
    }
  });

  it('expects a range that holds about the share it promises', () => {
    const y = noise(6000, 11);
    const { lower, upper } = detectAnomalies(y, undefined, { level: 0.9 });
    let inside = 0;
    for (let i = 1000; i < 6000; i++) if (y[i]! >= lower[i]! && y[i]! <= upper[i]!) inside++;
    expect(inside / 5000).toBeGreaterThan(0.87);
    expect(inside / 5000).toBeLessThan(0.93);
  });

  it('does not depend on the unit of the values', () => {
    const y = noise(1500);
    y.fill(140, 1200, 1210);
    const a = detectAnomalies(y);
    // A power of two scales without rounding.
    const b = detectAnomalies(y.map((value) => value * 1024));
    expect(b.score).toEqual(a.score);
  });
});

describe('the detector by forecast', () => {
  const y = noise(400);
  it('follows a fitted model, and one that has no follower by applying it', () => {
    const model = fitEts(y.subarray(0, 200), { m: 1 });
    const { follow: _, ...applied } = model;
    const run = (m: typeof model) =>
      detectAnomalies(y.subarray(200), undefined, { method: 'forecast', model: m }).expected;
    const [followed, again] = [run(model), run(applied)];
    expect(Math.abs(followed[0]! - model.forecast(1).mean[0]!)).toBeLessThan(1e-9);
    expect(again.every((value) => Math.abs(value - 100) < 3)).toBe(true);
  });

  it('fits what it is given', () => {
    const options = { method: 'forecast', model: fitNaive } as const;
    const { expected } = detectAnomalies(y, undefined, options);
    for (let i = 1; i < 400; i++) expect(expected[i]).toBe(y[i - 1]);
  });
});

describe('what makes no sense', () => {
  it('is refused', () => {
    expect(() => createDetector({ threshold: 0 })).toThrow('threshold: must be a fraction');
    expect(() => createDetector({ level: 1 })).toThrow(InvalidInput);
    expect(() => createDetector({ m: 1 })).toThrow('m: must be a whole number >= 2');
    expect(() => createDetector({ window: 3 })).toThrow('window: must be');
    expect(() => createDetector({ method: 'magic' as 'iqr' })).toThrow('method: must be one of');
    expect(() => detectAnomalies(new Float64Array(3), new Float64Array(2))).toThrow('t: must hold');
  });
});

describe('a young series', () => {
  const months = (spike: number) =>
    Float64Array.from(
      { length: 48 },
      (_, i) => 100 + i + 20 * Math.sin((i * Math.PI) / 6) + (i === 40 ? spike : 0),
    );
  const alarms = (y: Float64Array, method: (typeof ANOMALY_METHODS)[number]) => {
    const detector = createDetector({ method });
    const judged = Array.from(y, (value, i) => detector.push(value, Date.UTC(2020, i, 1)));
    return judged.flatMap(({ anomaly }, i) => (anomaly ? [i] : []));
  };

  it.each(['ensemble', 'z-score', 'iqr', 'seasonal', 'forecast'] as const)(
    'shows what is far out of line after forty values, by %s',
    (method) => {
      expect(alarms(months(0), method)).toEqual([]);
      expect(alarms(months(500), method)).toEqual([40]);
      expect(alarms(months(-500), method)).toEqual([40]);
    },
  );

  it('raises few false alarms', () => {
    let found = 0;
    for (let seed = 1; seed <= 100; seed++) found += alarms(noise(100, seed), 'ensemble').length;
    // 10,000 points; once in 400 would be 25.
    expect(found).toBeLessThan(25);
  });

  it('says as little of a first change after few equal values as they allow', () => {
    const y = new Float64Array(20).fill(5);
    y[19] = 6;
    const detector = createDetector();
    const last = Array.from(y, (value) => detector.push(value)).at(-1)!;
    expect(last.anomaly).toBe(false);
    expect(last.score).toBeGreaterThan(0.2);
  });
});
