import { requireWhole } from '../invalid-input.ts';
import { realSpectrum } from '../math/fft.ts';
import { fillMissing } from '../transform/fill-missing.ts';
import { autocorrelation } from './autocorrelation.ts';

export interface DetectSeasonsOptions {
  /**
   * Lengths to choose from, whole numbers ≥ 2, for instance `SEASON_CANDIDATES.hour`. Default: the peaks of the periodogram and
   * the lengths that clocks and calendars make: 4, 7, 12, 24, 48, 52, 168, 365 and some more.
   */
  readonly candidates?: readonly number[];
  /** At most this many seasons; default 2. */
  readonly most?: number;
  /** Lengths that are known already, whole numbers ≥ 2: only longer seasons beside them are sought. Default none. */
  readonly known?: readonly number[];
}

/** One season that repeats. */
export interface DetectedSeason {
  readonly m: number;
  /** Correlation of one season with another at the same phase, trend removed, in (0, 1]: how much of it is a season. */
  readonly strength: number;
}

/** Quarters, weekdays, months, hours, half-hours, weeks, quarter-hours, hours of a week, days of a year, half-hours of a week. */
const USUAL: readonly number[] = [4, 5, 7, 12, 24, 48, 52, 60, 96, 168, 288, 336, 365];
const FEWEST_CYCLES = 3;
const FEWEST_RATIO = 2;
const MOST_PEAKS = 6;
/** Times the median power that a peak has to reach: by chance one frequency in 1,000 does. */
const PEAK_POWER = 10;
/** Standard errors that the correlation between seasons has to be above zero; several lengths are tried. */
const SIGNIFICANT = 4;
/** The same for a length that was looked for in the periodogram of these very values. */
const SIGNIFICANT_PEAK = 6;
const WEAKEST = 0.1;
/** A multiple of a season repeats just as well, so a longer one has to be this much stronger. */
const CLEARLY_STRONGER = 1.1;
/** A divisor of a season that explains this share of it is the season, and the longer one perhaps a second; less is an overtone. */
const MOST_OF_IT = 0.7;

/**
 * The lengths with which a series repeats, strongest evidence first removed before the next is sought.
 *
 * A length counts when, after a moving average of that length is taken off, the values of one season go with those of the
 * others at the same phase: their mean correlation is at least 0.1 and four standard errors above zero (six for a peak of
 * the periodogram), with the number of independent phases taken from the autocorrelation. Of several the one that explains most wins; where one divides it that
 * explains nearly as much, that one comes first, and the longer one must still count without it. A second season is at least twice the first.
 *
 * @param y n values at equal spacing, oldest first; one that is not finite counts as missing. Three seasons at least are
 *   needed to find one.
 * @returns shortest first, none for a series that does not repeat (or is constant, empty or all missing).
 * @throws InvalidInput (`candidates`, `known`, `most`).
 *
 * Cost: O(n log n) plus O(n) for each length tried.
 * Source: the intraclass correlation (Fisher 1925, 40) of phases, its deviation by Bartlett's formula.
 */
export function detectSeasons(
  y: Float64Array,
  options: DetectSeasonsOptions = {},
): DetectedSeason[] {
  const { candidates, known = [], most = 2 } = options;
  requireWhole('most', most, 1);
  candidates?.forEach((m, i) => {
    requireWhole(`candidates[${i}]`, m, 2);
  });
  known.forEach((m, i) => {
    requireWhole(`known[${i}]`, m, 2);
  });
  const found: DetectedSeason[] = [];
  const rest = standardised(y);
  if (rest === null) return found;
  for (const m of known) removePhases(rest, m);
  while (found.length < most) {
    const shortest = FEWEST_RATIO * Math.max(1, ...known, ...found.map(({ m }) => m));
    const given = candidates ?? USUAL;
    const lengths = [...given, ...(candidates === undefined ? peaks(rest) : [])].filter(
      (m) => m * FEWEST_CYCLES <= rest.length && m >= shortest,
    );
    const tries = [...new Set(lengths)]
      .sort((a, b) => a - b)
      .map((m) => ({ m, errors: given.includes(m) ? SIGNIFICANT : SIGNIFICANT_PEAK }));
    const best = strongest(rest, tries);
    if (best === null) break;
    found.push(best);
    removePhases(rest, best.m);
  }
  return found;
}

/** Filled, without its line and of variance 1; null when nothing varies. */
function standardised(y: Float64Array): Float64Array | null {
  const { values } = fillMissing(y);
  const n = values.length;
  if (n < 2 * FEWEST_CYCLES || Number.isNaN(values[0]!)) return null;
  let size = 0;
  for (let t = 0; t < n; t++) size = Math.max(size, Math.abs(values[t]!));
  if (size === 0) return null;
  let mean = 0;
  let slope = 0;
  for (let t = 0; t < n; t++) mean += values[t]! / size / n;
  for (let t = 0; t < n; t++) slope += (values[t]! / size) * (t - (n - 1) / 2);
  slope /= (n * (n * n - 1)) / 12;
  let variance = 0;
  for (let t = 0; t < n; t++) {
    values[t] = values[t]! / size - mean - slope * (t - (n - 1) / 2);
    variance += values[t]! ** 2 / n;
  }
  if (variance < 1e-24) return null;
  const deviation = Math.sqrt(variance);
  return values.map((value) => value / deviation);
}

/** Whole lengths at the highest peaks of the periodogram. */
function peaks(x: Float64Array): number[] {
  const n = x.length;
  const { re, im } = realSpectrum(x);
  const power = re.map((value, k) => value * value + im[k]! * im[k]!);
  const median = power.toSorted()[power.length >> 1]!;
  const tops: number[] = [];
  for (let k = FEWEST_CYCLES; k < power.length - 1; k++) {
    const isPeak = power[k]! >= power[k - 1]! && power[k]! >= power[k + 1]!;
    if (isPeak && power[k]! > PEAK_POWER * median) tops.push(k);
  }
  return tops
    .sort((a, b) => power[b]! - power[a]!)
    .slice(0, MOST_PEAKS)
    .flatMap((k) => [Math.floor(n / k), Math.ceil(n / k)])
    .filter((m) => m >= 2);
}

/** The length that explains most, of those whose evidence is significant, or the shortest such one that divides it. */
function strongest(
  x: Float64Array,
  tries: readonly { readonly m: number; readonly errors: number }[],
): DetectedSeason | null {
  const significant: DetectedSeason[] = [];
  let best: DetectedSeason | null = null;
  for (const { m, errors } of tries) {
    const strength = phaseCorrelation(x, m, errors);
    if (strength === null) continue;
    significant.push({ m, strength });
    if (best === null || strength > CLEARLY_STRONGER * best.strength) best = { m, strength };
  }
  const enough = MOST_OF_IT * (best?.strength ?? 0);
  return significant.find(({ m, strength }) => best!.m % m === 0 && strength >= enough) ?? null;
}

/** Correlation of seasons at the same phase without their trend; null when it is not significant. */
function phaseCorrelation(x: Float64Array, m: number, errors: number): number | null {
  const detrended = withoutMovingAverage(x, m);
  const cycles = Math.floor(detrended.length / m);
  if (cycles < 2) return null;
  const z = detrended.subarray(detrended.length - cycles * m);
  let total = 0;
  for (let t = 0; t < z.length; t++) total += z[t]! ** 2 / z.length;
  if (total < 1e-20) return null;
  let between = 0;
  for (let phase = 0; phase < m; phase++) {
    let mean = 0;
    for (let t = phase; t < z.length; t += m) mean += z[t]! / cycles;
    between += mean ** 2 / m;
  }
  const correlation = (between / total - 1 / cycles) / (1 - 1 / cycles);
  if (correlation < WEAKEST) return null;
  // Neighbouring phases go together: m of them say as much as m / spread independent ones.
  const r = autocorrelation(z, Math.max(1, Math.floor(m / 2)));
  const spread = 1 + 2 * r.reduce((sum, value) => sum + value * value, 0);
  const error = Math.sqrt((2 * spread) / (m * cycles * (cycles - 1)));
  return correlation > errors * error ? Math.min(1, correlation) : null;
}

/** Values less the centred mean of a season around them; m values shorter. */
function withoutMovingAverage(x: Float64Array, m: number): Float64Array {
  const half = m >> 1;
  const even = m % 2 === 0;
  const result = new Float64Array(Math.max(0, x.length - 2 * half));
  const sums = new Float64Array(x.length + 1);
  for (let t = 0; t < x.length; t++) sums[t + 1] = sums[t]! + x[t]!;
  for (let i = 0; i < result.length; i++) {
    const t = i + half;
    const sum = sums[t + half + 1]! - sums[t - half]!;
    const mean = even ? (sum - (x[t - half]! + x[t + half]!) / 2) / m : sum / m;
    result[i] = x[t]! - mean;
  }
  return result;
}

/** Takes the mean of each phase off, in place. */
function removePhases(x: Float64Array, m: number): void {
  for (let phase = 0; phase < m; phase++) {
    let sum = 0;
    let count = 0;
    for (let t = phase; t < x.length; t += m) {
      sum += x[t]!;
      count++;
    }
    for (let t = phase; t < x.length; t += m) x[t]! -= sum / count;
  }
}
