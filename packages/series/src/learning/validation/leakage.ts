import { InvalidInput, requireFraction } from '../../invalid-input.ts';
import { binsOf, findBins } from '../boosting/bins.ts';
import { areaUnderCurve } from '../probability/scores.ts';
import {
  type ColumnKind,
  type FeatureTable,
  requireTable,
  requireTarget,
  rowCount,
} from '../table/feature-table.ts';
import { type LearningWarning, learningWarning } from '../warnings.ts';

/** What counts as suspicious. */
export interface LeakageOptions {
  /** From this strength on, of 1, a single column is suspicious; default 0.95. */
  readonly suspicious?: number;
  /** For each row the instant at which it must be predicted, epoch ms; one number for all, or n. Time columns are held to it. */
  readonly cut?: number | Float64Array;
}

/** How well each column alone tells the target. */
export interface ColumnStrength {
  readonly name: string;
  /** 0 says nothing, 1 everything: 2 · AUC − 1 of a target of 0 and 1, else the share of variance explained; of unseen rows. */
  readonly strength: number;
}

/** What looks too good to be true. Plain data. */
export interface LeakageReport {
  /** The strongest first. */
  readonly strengths: readonly ColumnStrength[];
  readonly warnings: readonly LearningWarning[];
}

/** Groups of a column whose means are compared. */
const GROUPS = 32;
/** A category column with more categories than this share of its rows names them. */
const NAMES = 0.5;
const LEAST_ROWS = 20;

/**
 * Looks for columns that could not have been known when the prediction is made, or that are of no use: alone nearly as good as
 * the target, equal to it, missing exactly where the target says so, times after the cut; equal to each other, constant, or
 * a name of the row.
 *
 * @param target n values; with two values only they count as classes, else as quantities. Rows without one are left out.
 * @returns warnings with the columns' names and the numbers that say why; a warning is a question to a person, not a proof.
 * @throws InvalidInput (`columns`, `target`, `cut`, `suspicious`)
 *
 * Cost: O(n · k). The strength is that of the target's mean in up to 32 groups of the column, learned on every second row and
 *   judged on the others. Source: Kaufman et al. (2012), ACM TKDD 6(4), for the kinds of leakage.
 */
export function leakageReport(
  table: FeatureTable,
  target: Float64Array,
  { suspicious = 0.95, cut }: LeakageOptions = {},
): LeakageReport {
  requireTable(table);
  requireTarget(table, target);
  requireFraction('suspicious', suspicious);
  const n = rowCount(table);
  if (cut instanceof Float64Array && cut.length !== n) {
    throw new InvalidInput('cut', `must be one for each of ${n} rows, got ${cut.length}`);
  }
  const { names, kinds, columns } = table;
  const goal = classesOf(target);
  const strengths = columns.map((values, k) => strengthOf(values, kinds[k]!, goal));
  const warnings: LearningWarning[] = [];
  const warn = (code: LearningWarning['code'], k: number, values = {}) =>
    warnings.push(learningWarning(code, values, [names[k]!]));
  columns.forEach((values, k) => {
    const strength = strengths[k]!;
    const known = values.filter((value) => Number.isFinite(value));
    const missing = values.map((value) => (Number.isFinite(value) ? 0 : 1));
    const absence = strengthOf(missing, 'category', goal);
    const distinct = new Set(known).size;
    if (distinct <= 1 && (distinct === 0 || known.length === n)) warn('column-constant', k);
    else if (followsTarget(values, kinds[k]!, target)) warn('column-is-target', k);
    else if (absence >= suspicious) warn('missing-tells-target', k, { strength: absence });
    else if (strength >= suspicious) warn('predicts-too-well', k, { strength });
    if (kinds[k] === 'category' && n >= LEAST_ROWS && distinct > NAMES * n)
      warn('names-rows', k, { distinct, n });
    if (kinds[k] !== 'time' || cut === undefined) return;
    const rows = values.reduce(
      (count, value, i) => count + (value > (typeof cut === 'number' ? cut : cut[i]!) ? 1 : 0),
      0,
    );
    if (rows > 0) warn('known-after-cut', k, { rows, n });
  });
  for (const group of equalColumns(table))
    warnings.push(
      learningWarning(
        'columns-identical',
        {},
        group.map((k) => names[k]!),
      ),
    );
  return {
    strengths: names
      .map((name, k) => ({ name, strength: strengths[k]! }))
      .toSorted((a, b) => b.strength - a.strength),
    warnings,
  };
}

interface Goal {
  readonly values: Float64Array;
  readonly isClasses: boolean;
}

/** Two values become 0 and 1. */
function classesOf(target: Float64Array): Goal {
  const distinct = [...new Set(target.filter((y) => Number.isFinite(y)))].toSorted((a, b) => a - b);
  if (distinct.length > 2) return { values: target, isClasses: false };
  const values = target.map((y) => (Number.isFinite(y) ? (y === distinct[0] ? 0 : 1) : Number.NaN));
  return { values, isClasses: true };
}

/** Strength of a column alone, on the rows it was not learned from; the mean of both ways round. */
function strengthOf(
  values: Float64Array,
  kind: ColumnKind,
  { values: goal, isClasses }: Goal,
): number {
  const rows: number[] = [];
  for (let i = 0; i < goal.length; i++) if (Number.isFinite(goal[i]!)) rows.push(i);
  if (rows.length < LEAST_ROWS) return 0;
  // A category that is in neither half twice says nothing of unseen rows.
  const binning = findBins(values, kind, kind === 'category' ? 254 : GROUPS);
  const bins = binsOf(binning, values);
  let sum = 0;
  for (const half of [0, 1]) {
    const learned = rows.filter((_, i) => i % 2 === half);
    const judged = rows.filter((_, i) => i % 2 !== half);
    const means = groupMeans(bins, goal, learned);
    const guess = Float64Array.from(judged, (row) => means[bins[row]!]!);
    const truth = Float64Array.from(judged, (row) => goal[row]!);
    sum += isClasses ? 2 * (areaUnderCurve(truth, guess).auc ?? 0.5) - 1 : explained(truth, guess);
  }
  return Math.max(0, sum / 2);
}

/** Mean of the goal by bin, drawn towards the mean of all where there are few rows. */
function groupMeans(bins: Uint8Array, goal: Float64Array, rows: readonly number[]): Float64Array {
  const sums = new Float64Array(256);
  const counts = new Float64Array(256);
  const size = rows.reduce((most, row) => Math.max(most, Math.abs(goal[row]!)), 0) || 1;
  let all = 0;
  for (const row of rows) {
    sums[bins[row]!]! += goal[row]! / size;
    counts[bins[row]!]!++;
    all += goal[row]! / size / rows.length;
  }
  return sums.map((sum, b) => (size * (sum + all)) / (counts[b]! + 1));
}

function explained(truth: Float64Array, guess: Float64Array): number {
  const size = truth.reduce((most, y) => Math.max(most, Math.abs(y)), 0) || 1;
  const mean = truth.reduce((sum, y) => sum + y / size / truth.length, 0);
  let left = 0;
  let all = 0;
  for (let i = 0; i < truth.length; i++) {
    left += ((truth[i]! - guess[i]!) / size) ** 2;
    all += (truth[i]! / size - mean) ** 2;
  }
  return all > 0 ? Math.max(0, 1 - left / all) : 0;
}

/** Whether a column is the target itself, or a line of it, or names each of its classes. */
function followsTarget(values: Float64Array, kind: ColumnKind, target: Float64Array): boolean {
  const of = new Map<number, number>();
  const back = new Map<number, number>();
  let same = true;
  for (let i = 0; i < values.length && same; i++) {
    const y = target[i]!;
    const x = values[i]!;
    if (!Number.isFinite(y)) continue;
    if (!Number.isFinite(x)) return false;
    same = (of.get(y) ?? x) === x && (back.get(x) ?? y) === y;
    of.set(y, x);
    back.set(x, y);
  }
  if (!same || of.size < 2) return false;
  // A value for each row follows any target; a target of quantities must be met by a line.
  return of.size <= 20 || (kind !== 'category' && isLine(of));
}

function isLine(pairs: ReadonlyMap<number, number>): boolean {
  const points = [...pairs].toSorted(([a], [b]) => a - b);
  const [x0, y0] = points[0]!;
  const [x1, y1] = points.at(-1)!;
  const slope = (y1 - y0) / (x1 - x0);
  const width = Math.abs(y1 - y0);
  return (
    Number.isFinite(slope) &&
    points.every(([x, y]) => Math.abs(y0 + slope * (x - x0) - y) <= 1e-9 * width)
  );
}

/** Groups of columns that hold the same values. */
function equalColumns({ columns }: FeatureTable): readonly number[][] {
  const groups: number[][] = [];
  columns.forEach((values, k) => {
    const same = groups.find(([first]) => {
      const other = columns[first!]!;
      return values.every((value, i) => Object.is(value + 0, other[i]! + 0));
    });
    if (same === undefined) groups.push([k]);
    else same.push(k);
  });
  return groups.filter(({ length }) => length > 1);
}
