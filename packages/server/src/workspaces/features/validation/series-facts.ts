import type { TimeKind } from '../../../core/series-source/cells.ts';
import type { SeriesName } from '../../../core/series-source/read-series.ts';
import type { SpooledSeries } from '../../../core/series-source/series-spool.ts';
import type { SeriesFacts } from '../contract.ts';

const DAY = 86_400_000;
const STEPS: readonly [string, number, number][] = [
  ['second', 1000, 1000],
  ['minute', 60_000, 60_000],
  ['hour', 3_600_000, 3_600_000],
  ['day', DAY, DAY],
  ['week', 7 * DAY, 7 * DAY],
  ['month', 28 * DAY, 31 * DAY],
  ['quarter', 89 * DAY, 93 * DAY],
  ['year', 365 * DAY, 366 * DAY],
];
/** Share of the steps that must be alike for a frequency. */
const MOSTLY = 0.8;
/** A step is a gap when it is more than this many times the usual one. */
const GAP = 2;

/** What the validation report says of one series. */
export function factsOf(
  name: SeriesName,
  { t, y, unsorted, duplicates }: SpooledSeries,
  timeKind: TimeKind,
): SeriesFacts {
  const steps = new Float64Array(Math.max(0, t.length - 1));
  for (let i = 0; i < steps.length; i++) steps[i] = t[i + 1]! - t[i]!;
  const sorted = steps.toSorted();
  const usual = sorted[sorted.length >> 1] ?? 0;
  let missing = 0;
  let infinite = 0;
  for (const value of y) {
    if (Number.isNaN(value)) missing++;
    else if (!Number.isFinite(value)) infinite++;
  }
  return {
    ...name,
    n: t.length,
    first: t[0]!,
    last: t[t.length - 1]!,
    missing,
    infinite,
    duplicates,
    unsorted,
    gaps: steps.reduce((count, step) => count + (step > GAP * usual ? 1 : 0), 0),
    frequency: frequencyOf(steps, usual, timeKind),
    constant: y.length > 1 && y.every((value) => value === y[0]),
  };
}

/**
 * `day`, `month` …; `3 day` for a multiple; `weekdays` for dates a few days apart, as draws are;
 * `step 5` for an index; `irregular`; `none` below two points.
 */
function frequencyOf(steps: Float64Array, usual: number, kind: TimeKind): string {
  if (steps.length === 0) return 'none';
  const share = (from: number, to: number): number =>
    steps.reduce((count, step) => count + (step >= from && step <= to ? 1 : 0), 0) / steps.length;
  if (kind === 'index') {
    return share(usual, usual) >= MOSTLY ? (usual === 1 ? 'index' : `step ${usual}`) : 'irregular';
  }
  for (const [name, from, to] of STEPS) if (share(from, to) >= MOSTLY) return name;
  if (share(usual, usual) >= MOSTLY) {
    const [name, size] = STEPS.slice(0, 4).findLast(([, length]) => usual % length === 0) ?? [];
    if (name !== undefined && size !== undefined) return `${usual / size} ${name}`;
  }
  const wholeDays = steps.every((step) => step % DAY === 0);
  return wholeDays && usual <= 7 * DAY ? 'weekdays' : 'irregular';
}
