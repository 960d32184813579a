import { type TemplateCounts, templateCounts } from '../../stats/template-counts.ts';
import type { SharedSeries } from '../shared-series.ts';
import { valuesOf } from './values.ts';

/** From this length on the peer counts differences equal to the tolerance as matches in sample entropy, below not. */
const INCLUSIVE_FROM = 5000;

interface Matches {
  /** Differences up to the tolerance. */
  readonly within: TemplateCounts;
  /** Differences below it. */
  readonly below: TemplateCounts;
}

/** Matches of stretches up to `longest` values, the tolerance in standard deviations (divisor n). */
function matchesOf(series: SharedSeries, longest: number, toleranceSd: number): Matches {
  return series.once(`antropy.matches ${longest} ${toleranceSd}`, () => {
    const { x, sd, constant } = valuesOf(series);
    const tolerance = constant ? 0 : toleranceSd * sd;
    const within = templateCounts(x, longest, tolerance);
    if (!within.touched) return { within, below: within };
    // Every difference below the tolerance is at most the number before it.
    return { within, below: templateCounts(x, longest, numberBefore(tolerance)) };
  });
}

const bits = new BigInt64Array(1);
const asNumber = new Float64Array(bits.buffer);

/** The largest number below a value ≥ 0; negative for 0. */
function numberBefore(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  asNumber[0] = value;
  bits[0]!--;
  return asNumber[0]!;
}

/**
 * Approximate entropy (nats): how much less often stretches that are alike for `order` values are alike for one more, a stretch
 * being like itself. NaN for n ≤ order.
 *
 * Source: Pincus (1991), PNAS 88(6), 2297–2301; Richman & Moorman (2000), Am. J. Physiol. 278(6), H2039.
 */
export function approximateEntropy(
  series: SharedSeries,
  order: number,
  { longest, toleranceSd }: Reach,
): number {
  if (valuesOf(series).n <= order) return Number.NaN;
  const { within } = matchesOf(series, longest, toleranceSd);
  return meanLogShare(within.of(order)) - meanLogShare(within.of(order + 1));
}

/** How far all features of one call look, so that they share the counting. */
export interface Reach {
  /** One more than the largest order. */
  readonly longest: number;
  readonly toleranceSd: number;
}

function meanLogShare(counts: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += Math.log((counts[i]! + 1) / counts.length);
  return sum / counts.length;
}

/**
 * Sample entropy (nats): −log of the share of pairs of stretches alike for `order` values that are alike for one more; only
 * stretches that have one more value are paired. Infinite where none is, 0 where no pair is alike at all (NaN from 5,000
 * values on). NaN for an empty series.
 *
 * Source: Richman & Moorman (2000), Am. J. Physiol. 278(6), H2039.
 */
export function sampleEntropy(
  series: SharedSeries,
  order: number,
  { longest, toleranceSd }: Reach,
): number {
  const { n } = valuesOf(series);
  if (n === 0) return Number.NaN;
  if (n <= order) return 0;
  const { within, below } = matchesOf(series, longest, toleranceSd);
  const counts = n < INCLUSIVE_FROM ? below : within;
  const short = counts.of(order);
  // The last stretch has no next value: its pairs, counted at both ends, are taken out.
  const shortPairs = total(short) / 2 - short[short.length - 1]!;
  const longPairs = total(counts.of(order + 1)) / 2;
  if (shortPairs === 0) return n < INCLUSIVE_FROM ? 0 : Number.NaN;
  return longPairs === 0 ? Number.POSITIVE_INFINITY : -Math.log(longPairs / shortPairs) + 0;
}

function total(counts: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}
