import { type FeatureParameter, featureSets } from '@kizashi/series';
import { type RunBody, type RunSet, runSetSchema } from '../contract.ts';
import { curatedFeatures, isDefault, isWindowed } from '../curated.ts';
import { featuresErrors } from '../errors.ts';
import { checkedParameters, findSet } from '../sets.ts';

/** One computation of a run: a set in one of its forms. What its results depend on, besides the series, is all here. */
export interface PlannedSet {
  /** As the tables name its values: `catch22`, or `catch22@90` over windows of 90 points. */
  readonly name: string;
  readonly set: string;
  readonly version: number;
  /** `columns`: by time; `whole`: one value a series; `windows`: by time, of the points up to it. */
  readonly form: 'columns' | 'whole' | 'windows';
  readonly parameters: Readonly<Record<string, FeatureParameter>>;
  /** Points of a window; 0 for the other forms. */
  readonly window: number;
  /** Names to compute over windows; null for all. */
  readonly only: readonly string[] | null;
  readonly lookahead: boolean;
  readonly errors: RunSet['errors'];
  readonly retries: number;
}

const DEFAULT_WINDOW = 90;

/**
 * The computations of a run, checked. What is wanted twice in the same way is computed once.
 * @throws FEATURES_SET_UNKNOWN, FEATURES_SET_TWICE, FEATURES_PARAMETER_INVALID, FEATURES_NOT_BY_WINDOW
 */
export function plannedSets(options: RunBody): readonly PlannedSet[] {
  const planned = new Map<string, PlannedSet>();
  for (const one of everyPlannedSet(options)) {
    const same = planned.get(one.name);
    // Its values would have the same names in the same row.
    if (same !== undefined && JSON.stringify(same) !== JSON.stringify(one)) {
      throw featuresErrors.FEATURES_SET_TWICE({ set: one.name });
    }
    planned.set(one.name, one);
  }
  return [...planned.values()];
}

function everyPlannedSet(options: RunBody): readonly PlannedSet[] {
  return (options.sets ?? defaultSets(options)).flatMap((wanted) => {
    const set = findSet(wanted.set);
    checkedParameters(set, wanted.parameters);
    const common = {
      set: set.name,
      version: set.version,
      parameters: wanted.parameters,
      lookahead: options.lookahead,
      errors: wanted.errors,
      retries: wanted.retries,
      window: 0,
      only: null,
    };
    if (set.kind === 'columns') {
      if (wanted.windows !== undefined) {
        const sets = featureSets.filter(({ kind }) => kind === 'summary').map(({ name }) => name);
        throw featuresErrors.FEATURES_NOT_BY_WINDOW({ set: set.name, sets: sets.join(', ') });
      }
      return [{ ...common, name: set.name, form: 'columns' as const }];
    }
    const planned: PlannedSet[] = [];
    if (wanted.whole) planned.push({ ...common, name: set.name, form: 'whole' });
    if (wanted.windows !== undefined) {
      const { points, features } = wanted.windows;
      const curated = features === 'curated' ? curatedFeatures(set.name) : undefined;
      planned.push({
        ...common,
        name: `${set.name}@${points}`,
        form: 'windows',
        window: points,
        only: curated === undefined ? null : [...curated],
      });
    }
    return planned;
  });
}

/** Every pipeline; columns that look at the whole series only where they are wanted. */
function defaultSets({ lookahead }: RunBody): readonly RunSet[] {
  return featureSets
    .filter(({ name }) => isDefault(name) && (lookahead || name !== 'stl'))
    .map((set) =>
      runSetSchema.parse({
        set: set.name,
        // What rolling-windows has as well.
        ...(set.name === 'lags' ? { parameters: { summaries: false } } : {}),
        ...(isWindowed(set) ? { windows: { points: DEFAULT_WINDOW } } : {}),
      }),
    );
}
