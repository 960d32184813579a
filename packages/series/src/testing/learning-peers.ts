/** Results of scikit-learn, statsmodels and SciPy on small tables (fixtures/learning-peers.py). For tests only. */
import { readFileSync } from 'node:fs';

type Numbers = readonly (number | null)[];

export interface LearningPeers {
  readonly boosting: {
    readonly columns: readonly Numbers[];
    readonly runs: Readonly<
      Record<string, { readonly target: Numbers; readonly predicted: readonly Numbers[] }>
    >;
  };
  readonly logistic: {
    readonly columns: readonly Numbers[];
    readonly target: Numbers;
    readonly plain: {
      readonly coefficients: readonly number[];
      readonly errors: readonly number[];
      readonly intervals: readonly (readonly [number, number])[];
      readonly p: readonly number[];
      readonly logLikelihood: number;
      readonly nullLogLikelihood: number;
    };
    readonly ridge: readonly { readonly ridge: number; readonly coefficients: readonly number[] }[];
    readonly lasso: readonly { readonly lasso: number; readonly coefficients: readonly number[] }[];
  };
  readonly probabilities: {
    readonly probability: Numbers;
    readonly target: Numbers;
    readonly auc: number;
    readonly averagePrecision: number;
    readonly brier: number;
    readonly logLoss: number;
    readonly isotonic: readonly number[];
    readonly isotonicElsewhere: readonly number[];
  };
  readonly clusters: {
    readonly columns: readonly Numbers[];
    readonly linkage: Readonly<
      Record<
        string,
        {
          readonly heights: readonly number[];
          readonly cut: Readonly<Record<string, readonly number[]>>;
        }
      >
    >;
    readonly kMeans: Readonly<
      Record<string, { readonly inertia: number; readonly labels: readonly number[] }>
    >;
    readonly silhouette: Readonly<Record<string, readonly number[]>>;
  };
}

export const learningPeers = JSON.parse(
  readFileSync(new URL('../../fixtures/learning-peers.json', import.meta.url), 'utf8'),
) as LearningPeers;

/** Doubles with NaN for null. */
export function doubles(values: Numbers): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}
