import { type DesignColumn, designColumns } from '../table/design.ts';
import { type FeatureTable, requireSameColumns, rowCount } from '../table/feature-table.ts';
import type { LearningWarning } from '../warnings.ts';

/** What one column does to the log-odds. */
export interface Coefficient {
  readonly name: string;
  /** Change of the log-odds for one unit of the column. */
  readonly value: number;
  /** Standard error; null with a lasso, of a column left out, and where the classes are separated. */
  readonly error: number | null;
  /** Interval at the model's level, and the two-sided p-value of a coefficient of 0 (Wald); null with `error`. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly p: number | null;
}

/** A fitted model. Plain data: can be stored (`modelText`) and sent between threads. */
export interface LogisticModel {
  readonly model: 'logistic';
  readonly status: 'ok' | 'separated' | 'not-converged' | 'one-class' | 'no-rows';
  readonly names: readonly string[];
  readonly design: readonly DesignColumn[];
  readonly intercept: Coefficient;
  /** One for each column of the design. */
  readonly coefficients: readonly Coefficient[];
  /** The penalties that the coefficients were fitted with. */
  readonly ridge: number;
  readonly lasso: number;
  readonly level: number;
  /** Of the training rows, without the penalty, and that of the intercept alone. */
  readonly logLikelihood: number;
  readonly nullLogLikelihood: number;
  readonly iterations: number;
  readonly warnings: readonly LearningWarning[];
}

/**
 * Probabilities of class 1.
 *
 * @param table n rows with the columns of the training; missing values count as the training's mean.
 * @returns n values in [0, 1], none missing; an unseen category counts as the most frequent one.
 * @throws InvalidInput (`table`) when its columns are not those of the training.
 *
 * Cost: O(n · coefficients).
 */
export function predictLogistic(model: LogisticModel, table: FeatureTable): Float64Array {
  requireSameColumns(model.names, table);
  const scores = new Float64Array(rowCount(table)).fill(model.intercept.value);
  designColumns(model.design, table).forEach((values, k) => {
    const { value } = model.coefficients[k]!;
    if (value === 0) return;
    for (let i = 0; i < scores.length; i++) scores[i]! += value * values[i]!;
  });
  // Two infinite terms of opposite sign tell nothing.
  return scores.map((score) => (Number.isNaN(score) ? 0.5 : 1 / (1 + Math.exp(-score))));
}
