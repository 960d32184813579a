import { createRandom } from '../../math/random.ts';
import { safeScale } from '../../math/safe-scale.ts';
import { knownRows } from '../known-target.ts';
import { type FeatureTable, rowCount, takeRows, takeValues } from '../table/feature-table.ts';
import { type LearningWarning, learningWarning } from '../warnings.ts';
import { binnedCategories } from './bins.ts';
import type { BoostedTrees } from './boosted-trees.ts';
import { type BoostingOptions, boostingSettings } from './boosting-options.ts';
import { createTreeGrower, type GrownLeaf, type TreeGrower } from './grow-tree.ts';
import { type Loss, lossFor, type Objective } from './losses.ts';
import { addTrees, type Tree } from './tree.ts';

/** Fewer rows say too little for a choice. */
const LEAST_VALIDATION = 10;

/**
 * Gradient-boosted trees over histograms: classification, regression, quantiles, counts; missing values and categories as
 * they are.
 *
 * @param table  n rows; see `FeatureTable` for what is missing.
 * @param target n values: 0/1 of `binary`, classes 0, 1 … of `multiclass`, counts ≥ 0 of `poisson`, else any unit. Rows with
 *   a target that is not finite are left out, with a warning.
 * @returns a model for every input: without rows or with one class it says the same of all rows, and warns.
 * @throws InvalidInput for options out of range and for a target that is not of the objective's kind.
 *
 * Cost: O(rounds · outputs · n · k). 100,000 rows × 20 columns: see docs/reference/learning.md. Deterministic with a seed.
 * Source: Friedman (2001), Annals of Statistics 29(5); Ke et al. (2017), LightGBM; Fisher (1958), JASA 53, for sets of
 *   categories. Leaves of `absolute` and `quantile` hold the quantile of their residuals, unweighted.
 * Compare: scikit-learn 1.2.1 `HistGradientBoosting*`, of whose defaults these are; bins are by rank instead of interpolated
 *   quantiles, and gradients are double precision.
 */
export function fitBoostedTrees(
  table: FeatureTable,
  target: Float64Array,
  options: BoostingOptions,
): BoostedTrees {
  const known = knownRows(table, target, options.weights ?? null);
  const settings = boostingSettings(options, known.table);
  const loss = lossFor(options.objective, known.target, options.quantile ?? 0.5);
  const scale = scaleOf(options.objective, known.target);
  const scaled = scale === 1 ? known.target : known.target.map((y) => y / scale);
  const warnings = [...known.warnings, ...targetWarnings(options.objective, known.target)];
  const n = rowCount(known.table);
  const kept = options.earlyStopping === undefined ? n : n - Math.ceil(n * settings.share);
  const validated = n - kept >= LEAST_VALIDATION && kept >= LEAST_VALIDATION;
  if (options.earlyStopping !== undefined && !validated) {
    warnings.push(learningWarning('validation-too-small', { n }));
  }
  const trained = validated ? kept : n;
  const part = (from: number, to: number) => {
    const rows = Int32Array.from({ length: to - from }, (_, i) => from + i);
    return {
      table: takeRows(known.table, rows),
      target: takeValues(scaled, rows),
      weights: known.weights === null ? null : takeValues(known.weights, rows),
    };
  };
  const train = validated ? part(0, trained) : { ...known, target: scaled };
  const { names, kinds } = table;
  const about = {
    model: 'boosted-trees',
    objective: options.objective,
    names,
    kinds,
    scale,
  } as const;
  const grown = boost(train, validated ? part(trained, n) : null, loss, settings);
  return { ...about, outputs: loss.outputs, ...grown, warnings: [...warnings, ...grown.warnings] };
}

interface Rows {
  readonly table: FeatureTable;
  readonly target: Float64Array;
  readonly weights: Float64Array | null;
}

type Settings = ReturnType<typeof boostingSettings>;

function boost(train: Rows, validation: Rows | null, loss: Loss, settings: Settings) {
  const { rounds, patience } = settings;
  const n = rowCount(train.table);
  const random = createRandom(settings.seed);
  const grower = createTreeGrower(train.table.columns, train.table.kinds, { ...settings, random });
  const codes = grower.bins.map((bins) => (bins.kind === 'category' ? bins.codes : null));
  const base = loss.base(train.target, train.weights);
  const scoresOf = (rows: number) =>
    Array.from(base, (start) => new Float64Array(rows).fill(start));
  const scores = scoresOf(n);
  const readable = binnedCategories(codes, train.table.columns);
  const unseen = validation === null ? null : binnedCategories(codes, validation.table.columns);
  const unseenScores = scoresOf(validation === null ? 0 : rowCount(validation.table));
  const trees: Tree[] = [];
  const lossNow = () => loss.mean(train.target, train.weights, scores);
  const validationNow = () => loss.mean(validation!.target, validation!.weights, unseenScores);
  const history = validation === null ? null : [validationNow()];
  const training = history === null ? [] : [lossNow()];
  let best = 0;
  let round = 0;
  while (n > 0 && round < rounds && (history === null || round - best < patience)) {
    const before = trees.length;
    // All gradients of a round are taken before any of its trees changes the scores.
    const start = loss.outputs > 1 ? scores.map((its) => its.slice()) : scores;
    for (let output = 0; output < loss.outputs; output++) {
      trees.push(
        growOne(grower, train, loss, start, output, scores[output]!, readable, settings, random),
      );
    }
    round++;
    if (!settings.draws && trees.slice(before).every((tree) => tree.column.length === 1)) {
      // No question gains anything any more, so no later round would differ.
      trees.length = before;
      round--;
      break;
    }
    if (history === null) continue;
    training.push(lossNow());
    for (let output = 0; output < loss.outputs; output++) {
      addTrees([trees[before + output]!], unseen!, unseenScores[output]!);
    }
    history.push(validationNow());
    if (history[round]! < history[best]!) best = round;
  }
  const rest = history === null ? round : best;
  const warnings: LearningWarning[] =
    rest < round ? [learningWarning('stopped-early', { kept: rest, tried: round })] : [];
  return {
    codes,
    base,
    trees: trees.slice(0, rest * loss.outputs),
    history:
      history === null
        ? null
        : { training: Float64Array.from(training), validation: Float64Array.from(history) },
    warnings,
  };
}

function growOne(
  grower: TreeGrower,
  { target, weights }: Rows,
  loss: Loss,
  start: readonly Float64Array[],
  output: number,
  scores: Float64Array,
  columns: readonly Float64Array[],
  settings: Settings,
  random: () => number,
): Tree {
  const { memory } = grower;
  const n = scores.length;
  loss.gradients(target, weights, start, output, memory.pairs);
  const count = drawRows(memory.rows, n, settings.rowShare, random);
  const allowed = drawShare(columns.length, settings.columnShare, random);
  const settle = loss.settle;
  const residuals = (leaf: GrownLeaf) => {
    const own = new Float64Array(leaf.to - leaf.from);
    for (let i = 0; i < own.length; i++) {
      const row = memory.rows[leaf.from + i]!;
      own[i] = target[row]! - scores[row]!;
    }
    return own;
  };
  const { tree, leaves } = grower.grow(
    count,
    settings.learningRate,
    allowed,
    settle === undefined ? undefined : (leaf) => settle(residuals(leaf)),
  );
  if (count < n) {
    addTrees([tree], columns, scores);
    return tree;
  }
  for (const { node, from, to } of leaves) {
    const value = tree.value[node]!;
    for (let i = from; i < to; i++) scores[memory.rows[i]!]! += value;
  }
  return tree;
}

/** Draws rows without replacement, in ascending order; all of them where the share is 1. */
function drawRows(rows: Int32Array, n: number, share: number, random: () => number): number {
  if (share === 1) {
    for (let i = 0; i < n; i++) rows[i] = i;
    return n;
  }
  const wanted = Math.max(1, Math.round(share * n));
  let count = 0;
  for (let i = 0; i < n; i++) {
    // Selection sampling: each of the rest is as likely as any other.
    if (random() * (n - i) < wanted - count) rows[count++] = i;
  }
  return count;
}

function drawShare(k: number, share: number, random: () => number): Uint8Array | null {
  if (share === 1) return null;
  const allowed = new Uint8Array(k);
  const wanted = Math.max(1, Math.round(share * k));
  let count = 0;
  for (let i = 0; i < k; i++) {
    if (random() * (k - i) >= wanted - count) continue;
    allowed[i] = 1;
    count++;
  }
  return allowed;
}

function targetWarnings(objective: Objective, target: Float64Array): readonly LearningWarning[] {
  if (target.length === 0 || target.some((y) => y !== target[0])) return [];
  const classes = objective === 'binary' || objective === 'multiclass';
  return [learningWarning(classes ? 'one-class' : 'constant-target')];
}

/** Targets near the largest number are brought near 1, for their squares must not overflow. */
function scaleOf(objective: Objective, target: Float64Array): number {
  if (objective !== 'squared' && objective !== 'absolute' && objective !== 'quantile') return 1;
  let largest = 0;
  for (const y of target) largest = Math.max(largest, Math.abs(y));
  return safeScale(largest);
}
