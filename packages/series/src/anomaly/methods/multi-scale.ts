import { createMovingMean } from '../stream/moving-mean.ts';
import { createPatternMemory } from '../stream/pattern-memory.ts';
import { createPointTail } from '../stream/point-tail.ts';
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
/** Points over which the size of the steps is watched. */
const STEP_WINDOWS = [4, 16, 64] as const;
/** On the common scale: steps below this are none. */
const LEAST_STEP = 1e-3;
const BANK_WEIGHT = 0.5;
const STEP_WEIGHT = 0.25;
/** Points after which the series' own past says as much about the sum as the simulated series do. */
const OWN_PAST = 1_000;

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
 * course of the day and week out, the size of their steps, and how new is the course of the last 4, 16 and 64 points?
 * Twenty-two statistics, each ranked in the tail of its own past; the square roots of their surprises are added, so that several
 * moderate signs weigh more than a single extreme one. How rare such a sum is, simulated series and the past of this one say
 * with equal weight.
 *
 * Cost: about 30 µs a value, 80 kB. Source of the parts: `createTail`, `createPatternMemory`, `createProfile`; of the sum:
 *   Stouffer et al. (1949), whose z grows like √(−log p) in the tail. Departures: channels are not independent, so the sum is
 *   calibrated (`ensembleSurprise`, `createPointTail`), and the two versions of a level statistic share one weight.
 */
export function createMultiScale({ m, level }: MultiScaleOptions): Method {
  const scale = createRobustScale();
  const profile = createProfile(m);
  // What the course of the day leaves has a scale of its own: on that of the values, noise is narrow far from the median.
  const restScale = createRobustScale();
  const recent = createRecentLevel(level, scale);
  const plain = createBank('high', 'low', 'rise', 'fall');
  const adjusted = createBank('high-for-the-time', 'low-for-the-time', 'rise', 'fall');
  const steps = createSteps();
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
    ...steps.channels,
    ...patterns.map(({ channel }) => channel),
  ];
  const ownSums = createPointTail(1);
  let n = 0;

  return {
    judge(value, time) {
      const usual = profile.at(time);
      const known = recent.around(usual) ?? { expected: value, lower: value, upper: value };
      const mean = profile.mean();
      const z = scale.take(value);
      const course = usual === 0 ? 0 : scale.from(mean + usual) - scale.from(mean);
      recent.learn(value, z, usual);
      plain.take(z, n);
      adjusted.take(restScale.take(value - course), n);
      steps.take(z, n);
      for (const { memory, channel } of patterns) take(channel, memory.push(z), n);
      profile.learn(z, time);
      n++;
      let sum = 0;
      for (const { weight, surprise } of channels) sum += weight * Math.sqrt(surprise);
      const own = ownSums.take(sum);
      const share = Math.min(0.5, n / (n + OWN_PAST));
      return { surprise: (1 - share) * ensembleSurprise(sum) + share * own, ...known };
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
    weight: BANK_WEIGHT,
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

/** The mean size of the steps over some windows, as logarithms: a sensor that is stuck, or one that trembles. */
function createSteps(): Bank {
  const meanOf = STEP_WINDOWS.map(createMovingMean);
  const channels = STEP_WINDOWS.map((window) =>
    createChannel(window, 'restless', 'still', {
      block: Math.max(LEAST_BLOCK, window),
      warmUp: window,
      weight: STEP_WEIGHT,
      bothTails: true,
    }),
  );
  let last = Number.NaN;
  return {
    channels,
    take(value, n) {
      const step = Number.isNaN(last) ? 0 : Math.abs(value - last);
      last = value;
      for (let i = 0; i < channels.length; i++) {
        take(channels[i]!, Math.log(LEAST_STEP + meanOf[i]!(step)), n);
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
