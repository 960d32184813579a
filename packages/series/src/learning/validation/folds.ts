import { InvalidInput, requireWhole, show } from '../../invalid-input.ts';
import { argsort } from '../../math/argsort.ts';
import { createRandom } from '../../math/random.ts';

/** Positions of rows: those to learn from and those to be judged by. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Rows parted by time. */
export interface TimeSplit {
  /** In the order of time. */
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
  /** First time of the validation and of the test rows; null of none. */
  readonly validationFrom: number | null;
  readonly testFrom: number | null;
}

/**
 * Parts rows by time: the oldest to learn from, then those to choose by, the newest to judge by. Rows of equal time stay
 * together, so shares are met as nearly as that allows.
 *
 * @param times n numbers that grow with time, in any order.
 * @param options shares of the rows for `validation` and `test`, default 0.15 each; `gap`, in the unit of `times`: rows nearer
 *   than this before a later part are left out of the earlier one, since their outcome was not known yet. Default 0.
 * @throws InvalidInput (`times`, `validation`, `test`, `gap`)
 *
 * Cost: O(n log n).
 */
export function splitByTime(
  times: Float64Array,
  {
    validation = 0.15,
    test = 0.15,
    gap = 0,
  }: { readonly validation?: number; readonly test?: number; readonly gap?: number } = {},
): TimeSplit {
  requireTimes(times);
  requireShare('validation', validation);
  requireShare('test', test);
  if (validation + test >= 1)
    throw new InvalidInput('test', 'and validation must leave rows to learn from');
  requireGap('gap', gap);
  const order = argsort(times);
  const n = times.length;
  // The first row of the part: moved back to the first of its time.
  const startOf = (share: number) => {
    let start = Math.round(n * (1 - share));
    while (start > 0 && start < n && times[order[start]!] === times[order[start - 1]!]) start--;
    return start;
  };
  const testStart = startOf(test);
  const validationStart = Math.min(testStart, startOf(test + validation));
  const timeAt = (place: number, end: number) => (place < end ? times[order[place]!]! : null);
  const testFrom = timeAt(testStart, n);
  const validationFrom = timeAt(validationStart, testStart);
  const before = (rows: Int32Array, from: number | null) =>
    from === null || gap === 0 ? rows : rows.filter((row) => times[row]! < from - gap);
  return {
    train: before(order.slice(0, validationStart), validationFrom ?? testFrom),
    validation: before(order.slice(validationStart, testStart), testFrom),
    test: order.slice(testStart),
    validationFrom,
    testFrom,
  };
}

/** How time is cut into folds. */
export interface PurgedFoldsOptions {
  /** Number of folds, default 5. */
  readonly folds?: number;
  /** n times at which each row's outcome was known, at or after its own; default its own time. */
  readonly known?: Float64Array;
  /** Rows that begin this soon after a test fold are not learned from either; in the unit of times, default 0. */
  readonly embargo?: number;
}

/**
 * Cross-validation in which no training row overlaps a test row in time: each fold tests a stretch of time and learns from the
 * rest, less the rows whose outcome was not known before the stretch began, and less those that begin during it or within the
 * embargo after it.
 *
 * @param times n numbers that grow with time, in any order. Rows of equal time are in one fold.
 * @returns one fold for each stretch that has rows.
 * @throws InvalidInput (`times`, `folds`, `known`, `embargo`)
 *
 * Cost: O(folds · n). Source: López de Prado (2018), Advances in Financial Machine Learning, 7.4.
 */
export function purgedFolds(
  times: Float64Array,
  { folds = 5, known = times, embargo = 0 }: PurgedFoldsOptions = {},
): readonly Fold[] {
  requireTimes(times);
  requireWhole('folds', folds, 2);
  requireGap('embargo', embargo);
  if (known.length !== times.length || known.some((end, i) => !(end >= times[i]!))) {
    throw new InvalidInput(
      'known',
      `must be a time at or after that of each of ${times.length} rows`,
    );
  }
  const order = argsort(times);
  const n = times.length;
  const result: Fold[] = [];
  let start = 0;
  for (let fold = 1; fold <= folds && start < n; fold++) {
    let end = Math.round((fold * n) / folds);
    while (end > start && end < n && times[order[end]!] === times[order[end - 1]!]) end++;
    if (end <= start) continue;
    const test = order.slice(start, end);
    const first = times[test[0]!]!;
    const last = test.reduce((latest, row) => Math.max(latest, known[row]!), first);
    const isTest = new Uint8Array(n);
    for (const row of test) isTest[row] = 1;
    const train = order.filter(
      (row) => isTest[row] === 0 && (known[row]! < first || times[row]! > last + embargo),
    );
    result.push({ train, test });
    start = end;
  }
  return result;
}

/**
 * Cross-validation at random with every class in the same share in each fold; for rows without a time.
 *
 * @param target n class codes; rows without one are in no fold.
 * @param options `folds`, default 5; `seed`, default 1.
 * @throws InvalidInput (`folds`, `seed`)
 */
export function stratifiedFolds(
  target: Float64Array,
  { folds = 5, seed = 1 }: { readonly folds?: number; readonly seed?: number } = {},
): readonly Fold[] {
  requireWhole('folds', folds, 2);
  requireWhole('seed', seed, 0);
  const random = createRandom(seed);
  const classes = new Map<number, number[]>();
  target.forEach((y, row) => {
    if (!Number.isFinite(y)) return;
    const rows = classes.get(y);
    if (rows === undefined) classes.set(y, [row]);
    else rows.push(row);
  });
  const foldOf = new Int32Array(target.length).fill(-1);
  let next = 0;
  for (const [, rows] of [...classes].toSorted(([a], [b]) => a - b)) {
    for (let i = rows.length - 1; i >= 0; i--) {
      const j = Math.floor(random() * (i + 1));
      foldOf[rows[j]!] = next++ % folds;
      rows[j] = rows[i]!;
    }
  }
  return Array.from({ length: folds }, (_, fold) => {
    const [train, test]: [number[], number[]] = [[], []];
    foldOf.forEach((its, row) => {
      if (its >= 0) (its === fold ? test : train).push(row);
    });
    return { train: Int32Array.from(train), test: Int32Array.from(test) };
  }).filter(({ test }) => test.length > 0);
}

function requireTimes(times: Float64Array): void {
  const bad = times.find((time) => !Number.isFinite(time));
  if (bad !== undefined) throw new InvalidInput('times', `must be finite, got ${bad}`);
}

function requireShare(argument: string, value: number): void {
  if (value >= 0 && value < 1) return;
  throw new InvalidInput(argument, `must be at least 0 and below 1, got ${show(value)}`);
}

function requireGap(argument: string, value: number): void {
  if (value >= 0 && Number.isFinite(value)) return;
  throw new InvalidInput(argument, `must be a number >= 0, got ${show(value)}`);
}
