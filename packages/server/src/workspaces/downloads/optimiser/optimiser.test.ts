import { describe, expect, it } from 'vitest';
import { reportFormat } from '../../../core/reports/format.ts';
import { createRandom } from '../../../testing/random.ts';
import { createOptimiser } from './create-optimiser.ts';
import { explain, REASONS } from './explain.ts';
import type { Decision, MachineSample, OptimiserBounds } from './optimiser.ts';
import { type SimulatedRun, type SimulatedWorld, simulate } from './testing/simulated-network.ts';
import { BOUNDS, simulatedTimes, WORLDS } from './testing/worlds.ts';

const MB = 1_000_000;
const bounds = (change: Partial<OptimiserBounds> = {}): OptimiserBounds => ({
  ...BOUNDS,
  ...change,
});

function play(world: SimulatedWorld, change: Partial<OptimiserBounds> = {}) {
  const optimiser = createOptimiser({ bounds: bounds(change) });
  const decisions: Decision[] = [];
  optimiser.onDecision((decision) => decisions.push(decision));
  const run = simulate(world, optimiser);
  return { optimiser, decisions, run, reasons: decisions.map((decision) => decision.reason) };
}

/** How often the number of connections changed in a stretch of samples. */
function changes({ targets }: SimulatedRun, from: number, to = targets.length): number {
  return targets.slice(from + 1, to).filter((target, i) => target !== targets[from + i]).length;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

describe('a simulated network', () => {
  for (const [title, world] of Object.entries(WORLDS)) {
    it(`is used within 5 % of the best fixed setting where ${title}`, () => {
      const { fixed, adaptive } = simulatedTimes(world);
      expect(adaptive).toBeLessThanOrEqual(1.05 * Math.min(...fixed));
    });
  }

  it('gives the same decisions for the same samples', () => {
    const world = WORLDS['200 files meet resets and 503s']!;
    expect(play(world).decisions).toEqual(play(world).decisions);
  });
});

describe('the number of connections', () => {
  const long = { seed: 12, files: [8000 * MB], perConnection: 15 * MB, stopAtMs: 60_000 };

  it('holds still on a line that does not change', () => {
    const { run } = play({ ...long, bottleneck: () => 60 * MB, noise: 0.1 });
    expect(changes(run, 20)).toBeLessThanOrEqual(12);
    // A probe every eight seconds or less often, there and back.
    expect(changes(run, 300)).toBeLessThanOrEqual(8);
    expect(run.bytes).toBeGreaterThan(0.975 * 60 * 60 * MB);
  });

  it('is never tried with fewer where each connection counts', () => {
    const { run } = play({ ...long, perConnection: 10 * MB, noise: 0.05 });
    expect(changes(run, 10)).toBe(0);
    expect(run.targets.at(-1)).toBe(16);
  });

  it('of a host far away is doubled before anything is measured, and tried with fewer once', () => {
    const { run } = play({ ...long, perConnection: 10 * MB, noise: 0.05, latencyMs: 80 });
    expect(run.targets.indexOf(16)).toBeLessThanOrEqual(2);
    expect(changes(run, 10)).toBeLessThanOrEqual(4);
    expect(changes(run, 200)).toBe(0);
    expect(run.targets.at(-1)).toBe(16);
  });

  it('is found anew when the line becomes faster, and when it becomes slower', () => {
    const line = (ms: number) => (ms < 20_000 || ms > 40_000 ? 30 * MB : 200 * MB);
    const { run, reasons } = play({ ...long, perConnection: 15 * MB, bottleneck: line });
    expect(Math.max(...run.targets.slice(180, 195))).toBeLessThanOrEqual(4);
    expect(Math.min(...run.targets.slice(330, 390))).toBeGreaterThanOrEqual(12);
    expect(median(run.targets.slice(330, 390))).toBe(16);
    expect(reasons).toContain('line-changed');
    // 20 s at 30, 20 s at 200 and 20 s at 30 MB/s, less the ten seconds until more connections are tried.
    expect(run.bytes).toBeGreaterThan((20 * 30 + 10 * 30 + 9 * 200 + 19 * 30) * MB);
  });

  it('is not lowered by failures that are not refusals', () => {
    const world = { ...long, perConnection: 10 * MB, resets: 0.1, unavailable: 0.05 };
    const { run, reasons } = play(world);
    expect(Math.min(...run.targets.slice(10))).toBe(16);
    expect(reasons).not.toContain('refused');
  });

  it('is lowered by refusals to what the server lets through, and stays there', () => {
    const { run, decisions } = play({ ...long, perConnection: 10 * MB, cap: () => 5 });
    expect(new Set(run.targets.slice(10, 590))).toEqual(new Set([5]));
    expect(decisions.at(-1)).toMatchObject({ reason: 'refused', connections: 5 });
  });

  it('tries one refused number again after a minute, when the server may have changed', () => {
    const cap = (ms: number) => (ms < 30_000 ? 4 : 64);
    const { run } = play({ ...long, perConnection: 10 * MB, cap, stopAtMs: 120_000 });
    expect(run.targets[500]).toBe(4);
    expect(run.targets.at(-1)).toBeGreaterThan(8);
  });
});

describe('bounds', () => {
  it('are never exceeded, whatever the network does', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const next = createRandom(seed);
      const maxConnections = 1 + Math.floor(next() * 20);
      const maxFiles = 1 + Math.floor(next() * 10);
      const mode = (['adaptive', 'speed', 'efficiency', 'minimal'] as const)[seed % 4]!;
      const cap = 1 + Math.floor(next() * 12);
      const world: SimulatedWorld = {
        seed,
        files: Array.from(
          { length: 1 + Math.floor(next() * 30) },
          () => next() ** 4 * 100 * MB + 1,
        ),
        perConnection: (0.5 + 20 * next()) * MB,
        ...(next() < 0.5 && { bottleneck: () => 40 * MB }),
        ...(next() < 0.5 && { cap: () => cap }),
        ...{ latencyMs: 100 * next(), resets: 0.2 * next(), unavailable: 0.1 * next() },
        ...{ noise: 0.5 * next(), stopAtMs: 20_000 },
      };
      const { run, decisions } = play(world, { mode, maxConnections, maxFiles });
      expect(Math.max(...run.files)).toBeLessThanOrEqual(maxFiles);
      for (const decision of decisions) {
        expect(decision.connections).toBeLessThanOrEqual(maxConnections);
        expect(decision.connections).toBeGreaterThanOrEqual(1);
        expect(decision.parallelFiles).toBeLessThanOrEqual(maxFiles);
        expect(decision.pieceBytes).toBeGreaterThanOrEqual(448 * 1024);
      }
      // Each file has at least one connection: no more than connections and files allow together.
      expect(Math.max(0, ...run.targets)).toBeLessThanOrEqual(Math.max(maxConnections, maxFiles));
    }
  });

  it('of a host go before the general ones', () => {
    const world = { seed: 3, files: [100 * MB], perConnection: 10 * MB };
    const { run, decisions } = play(world, { hosts: { '*': 8, host: 3 } });
    expect(Math.max(...run.targets)).toBe(3);
    expect(decisions.every((decision) => decision.connections <= 3)).toBe(true);
  });

  it('that are lowered take effect at the next sample', () => {
    const optimiser = createOptimiser({ bounds: bounds() });
    let looks = 0;
    const run = simulate(
      { seed: 3, files: [500 * MB], perConnection: 10 * MB },
      {
        begin: optimiser.begin,
        end: optimiser.end,
        observe(...input) {
          if (++looks === 20) optimiser.setBounds(bounds({ maxConnections: 2 }));
          return optimiser.observe(...input);
        },
      },
    );
    expect(run.targets[18]).toBe(16);
    expect(Math.max(...run.targets.slice(19))).toBe(2);
  });
});

describe('the machine', () => {
  const world = { seed: 3, files: [400 * MB], perConnection: 10 * MB };
  const playOn = (
    change: Partial<MachineSample> | (() => Partial<MachineSample>),
    more: Partial<OptimiserBounds> = {},
    files: readonly number[] = world.files,
  ) => {
    const optimiser = createOptimiser({ bounds: bounds(more) });
    const { begin, end } = optimiser;
    const changeNow = typeof change === 'function' ? change : () => change;
    const run = simulate(
      { ...world, files },
      {
        begin,
        end,
        observe: (samples, machine, waiting) =>
          optimiser.observe(samples, { ...machine, ...changeNow() }, waiting),
      },
    );
    const { decisions, hosts } = optimiser.view();
    return { run, hosts, reasons: decisions.map(({ reason }) => reason) };
  };

  it('gets no connection its memory has no room for', () => {
    const { run, reasons } = playOn({ freeMemoryBytes: 100 * 1024 * 1024 });
    expect(run.targets.at(-1)).toBe(1);
    expect(reasons).toContain('memory');
  });

  it('gets no more connections when its disk is busy all the time', () => {
    const { run, reasons } = playOn({ diskWriteMsPerMb: 25 });
    expect(Math.max(...run.targets)).toBe(8);
    expect(reasons).toContain('disk-bound');
  });

  it('gets no more connections when the cap on the speed is reached', () => {
    const { run, reasons } = playOn({}, { bytesPerSecond: 40 * MB });
    expect(Math.max(...run.targets)).toBe(8);
    expect(reasons).toContain('cap');
  });

  it('gets no more connections when the thread that fetches never waits, and remembers what was enough', () => {
    const { run, reasons, hosts } = playOn({ threadBusy: 1 });
    expect(Math.max(...run.targets)).toBe(8);
    expect(reasons.filter((reason) => reason === 'thread-bound')).toHaveLength(1);
    expect(hosts).toMatchObject([{ bestConnections: 8 }]);
  });

  it.each([16, 8])(
    'gets fewer connections when the thread is as full with them, of %d allowed',
    (maxConnections) => {
      const world = {
        ...{ seed: 1, files: [2000 * MB], perConnection: 900 * MB, latencyMs: 0.1, noise: 0.05 },
        ...{ processor: 1000 * MB, connectionCost: 0.01 },
      };
      const { run, decisions, optimiser } = play(world, { maxConnections });
      expect(new Set(run.targets.slice(10, -2))).toEqual(new Set([2]));
      expect(decisions.at(-1)).toMatchObject({ reason: 'fewer-suffice', connections: 2 });
      expect(optimiser.view().hosts).toMatchObject([{ bestConnections: 2 }]);
    },
  );

  it('gets more connections for several files, which pause between one and the next', () => {
    const { run } = playOn({ threadBusy: 1 }, {}, [200 * MB, 200 * MB, 200 * MB]);
    expect(Math.max(...run.targets)).toBe(16);
  });

  it('gets more as soon as the thread waits again', () => {
    let looks = 0;
    const { run } = playOn(() => ({ threadBusy: ++looks <= 6 ? 1 : 0.2 }));
    expect(run.targets[5]).toBe(8);
    expect(run.targets[9]).toBe(16);
  });

  it('is tried all the same when it is busy with something else', () => {
    expect(playOn({ machineCpu: 1, cpu: 0.2 }).run.targets.at(-1)).toBe(16);
  });
});

describe('modes', () => {
  const world = {
    ...{ seed: 8, files: [400 * MB], perConnection: 15 * MB },
    bottleneck: () => 60 * MB,
  };

  it('minimal: one file over one connection', () => {
    const many = { ...world, files: Array(20).fill(MB / 2) };
    for (const { run } of [play(world, { mode: 'minimal' }), play(many, { mode: 'minimal' })]) {
      expect(Math.max(...run.targets)).toBe(1);
      expect(Math.max(...run.files)).toBe(1);
    }
  });

  it('efficiency: fewer connections than speed', () => {
    const efficient = play(world, { mode: 'efficiency' }).run;
    const fast = play(world, { mode: 'speed' }).run;
    expect(efficient.targets[20]).toBeLessThanOrEqual(4);
    expect(fast.targets[20]).toBeGreaterThan(4);
    expect(fast.ms).toBeLessThanOrEqual(efficient.ms);
  });
});

describe('memory of hosts', () => {
  const world = { seed: 3, files: [600 * MB], perConnection: 10 * MB };

  it('begins a second visit with what was best in the first', () => {
    const first = play(world);
    const history = first.optimiser.view().hosts;
    expect(history).toMatchObject([
      { host: 'host', networkClass: 'EXCELLENT', bestConnections: 16, refusedAt: null },
    ]);
    expect(history[0]!.bytesPerSecondPerConnection / MB).toBeCloseTo(10, 0);
    const second = createOptimiser({ bounds: bounds(), history });
    const run = simulate(world, second);
    expect(run.targets[0]).toBe(16);
    expect(run.ms).toBeLessThan(first.run.ms);
    expect(second.view().decisions.at(-1)).toMatchObject({ reason: 'history', connections: 16 });
  });

  it('does not run into a known refusal again at once', () => {
    const capped = { ...world, files: [300 * MB], cap: () => 6 };
    const history = play(capped).optimiser.view().hosts;
    expect(history[0]).toMatchObject({ bestConnections: 6, refusedAt: 7 });
    expect(simulate(capped, createOptimiser({ bounds: bounds(), history })).refusals).toBe(0);
  });
});

describe('samples', () => {
  const world = { seed: 3, files: Array(40).fill(4 * MB), perConnection: 10 * MB };

  it('of single files between the others change nothing', () => {
    const plain = play(world);
    const optimiser = createOptimiser({ bounds: bounds() });
    const run = simulate(world, {
      begin: optimiser.begin,
      end: optimiser.end,
      observe(samples, machine, waiting) {
        const decided = optimiser.observe(samples, machine, waiting);
        for (const sample of samples) {
          optimiser.observe([sample], { ...machine, at: machine.at + 1 }, waiting);
        }
        return decided;
      },
    });
    expect(run.targets).toEqual(plain.run.targets);
    expect(optimiser.view().decisions).toEqual(plain.optimiser.view().decisions);
  });

  it('after an hour without any do not count that hour', () => {
    const optimiser = createOptimiser({ bounds: bounds() });
    const hour = 3_600_000;
    let shift = 0;
    const later = {
      begin: (file: Parameters<typeof optimiser.begin>[0]) =>
        optimiser.begin({ ...file, at: (file.at ?? 0) + shift }),
      end: optimiser.end,
      observe: (...[samples, machine, waiting]: Parameters<typeof optimiser.observe>) =>
        optimiser.observe(samples, { ...machine, at: machine.at + shift }, waiting),
    };
    simulate(world, later);
    const before = optimiser.view().hosts[0]!;
    shift = hour;
    simulate({ ...world, files: world.files.slice(0, 20) }, later);
    const after = optimiser.view().hosts[0]!;
    expect(after.bytesPerSecond).toBeGreaterThan(0.8 * before.bytesPerSecond);
    expect(after.variation).toBeLessThan(0.3);
  });
});

describe('network class', () => {
  it('is UNSTABLE where many requests fail, and pieces are small then', () => {
    const { optimiser, reasons, decisions } = play({
      ...{ seed: 2, files: [200 * MB], perConnection: 2 * MB, latencyMs: 200 },
      ...{ resets: 0.3, unavailable: 0.2 },
    });
    expect(optimiser.view().networkClass).toBe('UNSTABLE');
    expect(reasons).toContain('errors');
    expect(decisions.at(-1)?.pieceBytes).toBeLessThanOrEqual(2 * 1024 * 1024);
  });

  it('follows the speed of a steady line', () => {
    for (const [speed, expected] of [
      [0.3, 'POOR'],
      [2, 'FAIR'],
      [10, 'GOOD'],
      [50, 'EXCELLENT'],
    ] as const) {
      const line = speed * MB;
      const { optimiser } = play({
        ...{ seed: 1, files: [line * 12], perConnection: line, bottleneck: () => line },
      });
      expect(optimiser.view().networkClass).toBe(expected);
    }
  });
});

it('explains every decision with its numbers in both languages', () => {
  const seen = new Set<string>();
  for (const world of Object.values(WORLDS)) {
    for (const decision of play(world).decisions) {
      seen.add(decision.reason);
      for (const locale of ['en', 'ja'] as const) {
        const text = explain(decision, reportFormat(locale, 'UTC'));
        expect(text).not.toMatch(/undefined|NaN/);
        expect(text).not.toBe(decision.reason);
      }
    }
  }
  expect([...seen].every((reason) => REASONS.includes(reason))).toBe(true);
  expect(seen.size).toBeGreaterThanOrEqual(6);
});
