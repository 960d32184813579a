import { createMovingMean } from '../stream/moving-mean.ts';
import { createPatternMemory } from '../stream/pattern-memory.ts';
import { createProfile } from '../stream/profile.ts';
import { createRobustScale } from '../stream/robust-scale.ts';
import { createTail, type Tail } from '../stream/tail.ts';
import type { AnomalyReason, AnomalyReasonCode, Method } from '../types.ts';
import { ensembleSurprise } from './ensemble-calibration.ts';
import { createRecentLevel } from './recent-level.ts';

export interface MultiScaleOptions {
  /** Season length in points; left out: the clock, where times are given. */
  readonly m?: number;
  /** Share of usual values in the expected range. */
  readonly level: number;
}

/** Points of the stretches whose means are watched; each is compared with the next longer one, four times as long. */
const WINDOWS = [1, 4, 16, 64] as const;
const LONGER = 4;
/** Points a step of the remembered patterns of four steps. */
const STRETCHES = [1, 4, 16] as const;
const STEPS = 4;
/** Neighbours within so many points are no evidence of their own. */
const LEAST_BLOCK = 8;
/** Until a pattern has any past to be new against. */
const PATTERN_WARM_UP = 64;

/** One statistic that is watched, by both of its tails or by the upper one. */
interface Channel {
  readonly points: number;
  readonly up: AnomalyReasonCode;
  readonly down: AnomalyReasonCode;
  readonly high: Tail;
  readonly low: Tail | null;
  readonly warmUp: number;
  readonly weight: number;
  /** Of the last value. */
  surprise: number;
  isUp: boolean;
}

/**
 * The ensemble: how rare are the level and the change of the last 1, 4, 16 and 64 points, before and after taking the usual
 * course of the day and week out, and how new is the course of the last 4, 16 and 64 points? Nineteen statistics, each ranked
 * in the tail of its own past; the square roots of their surprises are added, so that several moderate signs weigh more than
 * a single extreme one.
 *
 * Cost: about 25 µs a value, 70 kB. Source of the parts: `createTail`, `createPatternMemory`, `createProfile`; of the sum:
 *   Stouffer et al. (1949), whose z grows like √(−log p) in the tail. Departures: channels are not independent, so the sum is
 *   calibrated by simulation (`ensembleSurprise`), and the two versions of a level statistic share one weight.
 */
export function createMultiScale({ m, level }: MultiScaleOptions): Method {
  const scale = createRobustScale();
  const profile = createProfile(m);
  const recent = createRecentLevel(level, scale);
  const plain = createBank('high', 'low', 'rise', 'fall');
  const adjusted = createBank('high-for-the-time', 'low-for-the-time', 'rise', 'fall');
  const patterns = STRETCHES.map((stretch) => ({
    memory: createPatternMemory(stretch, STEPS),
    channel: createChannel(stretch * STEPS, 'new-shape', 'new-shape', {
      block: Math.max(LEAST_BLOCK, stretch),
      warmUp: PATTERN_WARM_UP,
      weight: 1,
      bothTails: false,
    }),
  }));
  const channels = [
    ...plain.channels,
    ...adjusted.channels,
    ...patterns.map(({ channel }) => channel),
  ];
  let n = 0;

  return {
    judge(value, time) {
      const usual = profile.at(time);
      const known = recent.around(usual) ?? { expected: value, lower: value, upper: value };
      const z = scale.take(value);
      recent.learn(value, z, usual);
      plain.take(z, n);
      adjusted.take(z - usual, n);
      for (const { memory, channel } of patterns) take(channel, memory.push(z), n);
      profile.learn(z, time);
      n++;
      let sum = 0;
      for (const { weight, surprise } of channels) sum += weight * Math.sqrt(surprise);
      return { surprise: ensembleSurprise(sum), ...known };
    },
    expect: (time) => recent.around(profile.at(time)),
    pass: profile.pass,
    reasons: () => strongest(channels),
  };
}

interface Bank {
  readonly channels: readonly Channel[];
  take(value: number, n: number): void;
}

/** Level and change over the four windows, each with half the weight of a pattern: there are two banks. */
function createBank(
  high: AnomalyReasonCode,
  low: AnomalyReasonCode,
  rise: AnomalyReasonCode,
  fall: AnomalyReasonCode,
): Bank {
  const windows = [...WINDOWS, WINDOWS[WINDOWS.length - 1]! * LONGER];
  const meanOf = windows.map(createMovingMean);
  const means = new Float64Array(windows.length);
  const settings = (window: number, warmUp: number) => ({
    block: Math.max(LEAST_BLOCK, window),
    warmUp,
    weight: 0.5,
    bothTails: true,
  });
  const levels = WINDOWS.map((window) =>
    createChannel(window, high, low, settings(window, window)),
  );
  const changes = WINDOWS.map((window) =>
    createChannel(window, rise, fall, settings(window, LONGER * window)),
  );
  return {
    channels: [...levels, ...changes],
    take(value, n) {
      for (let i = 0; i < means.length; i++) means[i] = meanOf[i]!(value);
      for (let i = 0; i < WINDOWS.length; i++) {
        take(levels[i]!, means[i]!, n);
        take(changes[i]!, means[i]! - means[i + 1]!, n);
      }
    },
  };
}

function createChannel(
  points: number,
  up: AnomalyReasonCode,
  down: AnomalyReasonCode,
  options: { block: number; warmUp: number; weight: number; bothTails: boolean },
): Channel {
  const { block, warmUp, weight, bothTails } = options;
  const low = bothTails ? createTail(block) : null;
  return {
    points,
    up,
    down,
    high: createTail(block),
    low,
    warmUp,
    weight,
    surprise: 0,
    isUp: true,
  };
}

/** Ranks a statistic in its past, then learns it. */
function take(channel: Channel, statistic: number, n: number): void {
  if (n < channel.warmUp) return;
  const { high, low } = channel;
  const above = high.surprise(statistic);
  const below = low === null ? 0 : low.surprise(-statistic);
  channel.isUp = above >= below;
  channel.surprise = Math.max(above, below);
  high.add(statistic);
  low?.add(-statistic);
}

/** One reason a code, the strongest of its windows, at most three. */
function strongest(channels: readonly Channel[]): AnomalyReason[] {
  const byCode = new Map<AnomalyReasonCode, AnomalyReason>();
  for (const { surprise, isUp, up, down, points } of channels) {
    const code = isUp ? up : down;
    if (surprise > (byCode.get(code)?.surprise ?? 1)) byCode.set(code, { code, points, surprise });
  }
  return [...byCode.values()].sort((a, b) => b.surprise - a.surprise).slice(0, 3);
}
