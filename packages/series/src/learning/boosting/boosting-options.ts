import { InvalidInput, requireWhole, show } from '../../invalid-input.ts';
import type { FeatureTable } from '../table/feature-table.ts';
import type { Objective } from './losses.ts';

/** How boosted trees are grown; only the objective must be chosen. */
export interface BoostingOptions {
  readonly objective: Objective;
  /** Of the objective `quantile`: which one, a fraction in (0, 1); default 0.5. */
  readonly quantile?: number;
  /** Rounds, default 100. With early stopping: at most this many. */
  readonly rounds?: number;
  /** Share of each tree's advice that is taken, in (0, 1]; default 0.1. */
  readonly learningRate?: number;
  /** Leaves of a tree, default 31. */
  readonly maxLeaves?: number;
  /** Questions from the root to a leaf; default no limit. */
  readonly maxDepth?: number;
  /** Rows of a leaf, default 20. */
  readonly minRows?: number;
  /** Sum of second derivatives of a leaf, default 0.001. */
  readonly minCurvature?: number;
  /** Penalty on leaf values (λ₂), default 0. */
  readonly ridge?: number;
  /** What a question must lower the loss by, default 0. */
  readonly minGain?: number;
  /** Bins of a column, 2 to 255; default 255. */
  readonly maxBins?: number;
  /** Share of rows and of columns drawn anew for each tree, in (0, 1]; default 1. */
  readonly rowShare?: number;
  readonly columnShare?: number;
  /** Direction by column name: 1 where the prediction must not fall as the column rises, −1 where it must not rise. */
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
  /** n weights ≥ 0 of the rows; default all 1. */
  readonly weights?: Float64Array;
  /** Stops when the validation rows have not been predicted better for a while, and keeps the best round. */
  readonly earlyStopping?: EarlyStopping;
  /** Of the draws of rows and columns, default 1. Without draws nothing is random. */
  readonly seed?: number;
}

/** When to stop growing trees; needs rows in the order of time. */
export interface EarlyStopping {
  /** Share of the rows kept for validation: the last ones, so rows must be in the order of time. Default 0.1. */
  readonly share?: number;
  /** Rounds without improvement before it stops, default 10. */
  readonly patience?: number;
}

/** The options with their defaults, checked against the columns. */
export function boostingSettings(options: BoostingOptions, { names, kinds }: FeatureTable) {
  const {
    rounds = 100,
    learningRate = 0.1,
    maxLeaves = 31,
    maxDepth = Number.POSITIVE_INFINITY,
    minRows = 20,
    minCurvature = 1e-3,
    ridge = 0,
    minGain = 0,
    maxBins = 255,
    rowShare = 1,
    columnShare = 1,
    seed = 1,
  } = options;
  const { share = 0.1, patience = 10 } = options.earlyStopping ?? {};
  requireWhole('rounds', rounds, 1, 100_000);
  requireWhole('maxLeaves', maxLeaves, 2, 1_000_000);
  if (maxDepth !== Number.POSITIVE_INFINITY) requireWhole('maxDepth', maxDepth, 1);
  requireWhole('minRows', minRows, 1);
  requireWhole('maxBins', maxBins, 2, 255);
  requireWhole('patience', patience, 1);
  requireWhole('seed', seed, 0);
  requireShare('learningRate', learningRate);
  requireShare('rowShare', rowShare);
  requireShare('columnShare', columnShare);
  if (!(share > 0 && share < 1)) {
    throw new InvalidInput('earlyStopping.share', `must be between 0 and 1, got ${show(share)}`);
  }
  for (const [name, value] of Object.entries({ minCurvature, ridge, minGain })) {
    if (!(value >= 0 && Number.isFinite(value))) {
      throw new InvalidInput(name, `must be a number >= 0, got ${show(value)}`);
    }
  }
  return {
    rounds,
    learningRate,
    maxLeaves,
    maxDepth,
    minRows,
    minCurvature,
    ridge,
    minGain,
    maxBins,
    rowShare,
    columnShare,
    seed,
    share,
    patience,
    draws: rowShare < 1 || columnShare < 1,
    columnsPerSplit: null,
    monotone: monotoneDirections(options.monotone, names, kinds),
  };
}

function monotoneDirections(
  monotone: BoostingOptions['monotone'],
  names: readonly string[],
  kinds: FeatureTable['kinds'],
): Int8Array | null {
  const entries = Object.entries(monotone ?? {});
  if (entries.length === 0) return null;
  const directions = new Int8Array(names.length);
  for (const [name, direction] of entries) {
    const k = names.indexOf(name);
    if (k < 0)
      throw new InvalidInput('monotone', `must name columns of the table, got ${show(name)}`);
    if (kinds[k] === 'category') {
      throw new InvalidInput('monotone', `must name quantities; ${show(name)} is a category`);
    }
    if (direction !== 1 && direction !== -1) {
      throw new InvalidInput(
        'monotone',
        `must be 1 or -1 for ${show(name)}, got ${show(direction)}`,
      );
    }
    directions[k] = direction;
  }
  return directions;
}

function requireShare(argument: string, value: number): void {
  if (value > 0 && value <= 1) return;
  throw new InvalidInput(argument, `must be above 0 and at most 1, got ${show(value)}`);
}
