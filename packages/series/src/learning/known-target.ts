import { InvalidInput } from '../invalid-input.ts';
import {
  type FeatureTable,
  requireTable,
  requireTarget,
  takeRows,
  takeValues,
} from './table/feature-table.ts';
import { type LearningWarning, learningWarning } from './warnings.ts';

/** Rows that can be learned from. */
export interface KnownRows {
  readonly table: FeatureTable;
  readonly target: Float64Array;
  readonly weights: Float64Array | null;
  /** Their positions in the table given; null where all are there. */
  readonly rows: Int32Array | null;
  readonly warnings: readonly LearningWarning[];
}

/**
 * Leaves out rows without a finite target or with a weight of 0.
 *
 * @throws InvalidInput (`columns`, `names`, `target`, `weights`)
 */
export function knownRows(
  table: FeatureTable,
  target: Float64Array,
  weights: Float64Array | null = null,
): KnownRows {
  requireTable(table);
  requireTarget(table, target);
  if (weights !== null && weights.length !== target.length) {
    throw new InvalidInput(
      'weights',
      `must be one for each of ${target.length} rows, got ${weights.length}`,
    );
  }
  const bad = weights?.find((weight) => !(weight >= 0 && weight < 1e15));
  if (bad !== undefined) throw new InvalidInput('weights', `must be from 0 to 1e15, got ${bad}`);
  const known: number[] = [];
  for (let i = 0; i < target.length; i++) {
    if (Number.isFinite(target[i]!) && weights?.[i] !== 0) known.push(i);
  }
  if (known.length === target.length) {
    const warnings = target.length === 0 ? [learningWarning('no-rows')] : [];
    return { table, target, weights, rows: null, warnings };
  }
  const rows = Int32Array.from(known);
  const values = { n: target.length, left: target.length - rows.length };
  return {
    table: takeRows(table, rows),
    target: takeValues(target, rows),
    weights: weights === null ? null : takeValues(weights, rows),
    rows,
    warnings: [learningWarning(rows.length === 0 ? 'no-rows' : 'rows-left-out', values)],
  };
}
