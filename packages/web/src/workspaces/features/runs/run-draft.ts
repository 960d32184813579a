import type { Catalogue, GpuMode, RunBody, RunSet } from '@kizashi/server/workspaces/features';

export type CatalogueSet = Catalogue['sets'][number];

/** One set of features as it is chosen. */
export interface SetDraft {
  readonly set: CatalogueSet;
  readonly chosen: boolean;
  readonly errors: RunSet['errors'];
  readonly retries: number;
  /** Points of a trailing window; null for none. Only for sets that describe a whole series. */
  readonly window: number | null;
  readonly everyFeature: boolean;
  /** As typed, by name; what is empty stays as it is. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface RunDraft {
  readonly name: string;
  /** Empty: every group. */
  readonly datasets: readonly string[];
  readonly everything: boolean;
  readonly sets: readonly SetDraft[];
  readonly horizon: number;
  readonly lookahead: boolean;
  readonly country: string;
  readonly fresh: boolean;
  /** `usual`: as the server is set up. */
  readonly gpu: GpuMode | 'usual';
}

const USUAL_WINDOW = 90;
/** Pipelines whose sets are also computed over trailing windows unless one says otherwise. */
const WINDOWED: readonly string[] = ['tsfresh', 'tsfel', 'catch22', 'antropy', 'matrix-profile'];

export function startingDraft(
  sets: readonly CatalogueSet[],
  dataset: string | undefined,
): RunDraft {
  return {
    name: '',
    datasets: dataset === undefined ? [] : [dataset],
    everything: true,
    sets: sets.map((set) => ({
      set,
      chosen: set.default && set.name !== 'stl',
      errors: 'warn',
      retries: 0,
      window:
        set.kind === 'summary' && WINDOWED.includes(set.pipeline) && set.name !== 'tsfresh-entropy'
          ? USUAL_WINDOW
          : null,
      everyFeature: false,
      parameters: {},
    })),
    horizon: 28,
    lookahead: false,
    country: 'JP',
    fresh: false,
    gpu: 'usual',
  };
}

type Parameters = Record<string, number | string | boolean | number[]>;

/** What is typed for a parameter, in the type that its default has; undefined when it cannot be read. */
export function readParameter(
  text: string,
  usual: CatalogueSet['parameters'][string],
): Parameters[string] | undefined {
  if (typeof usual === 'string') return text;
  if (typeof usual === 'boolean') {
    return text === 'true' ? true : text === 'false' ? false : undefined;
  }
  if (typeof usual === 'number') return readNumber(text);
  const numbers = text.split(/[,、]/).map(readNumber);
  return numbers.every((value) => value !== undefined) ? numbers : undefined;
}

function readNumber(text: string): number | undefined {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? undefined : value;
}

/** Parameters that cannot be read, as `set.name`. */
export function wrongParameters({ everything, sets }: RunDraft): readonly string[] {
  if (everything) return [];
  return sets
    .filter(({ chosen }) => chosen)
    .flatMap(({ set, parameters }) =>
      Object.entries(parameters)
        .filter(
          ([name, text]) =>
            text.trim() !== '' && readParameter(text, set.parameters[name] ?? '') === undefined,
        )
        .map(([name]) => `${set.name}.${name}`),
    );
}

/** The run as the server takes it; what is usual is left out. */
export function runOf(draft: RunDraft): Partial<RunBody> {
  return {
    name: draft.name.trim(),
    ...(draft.datasets.length > 0 && { datasets: [...draft.datasets] }),
    ...(!draft.everything && {
      sets: draft.sets.filter(({ chosen }) => chosen).map(runSetOf),
    }),
    horizon: draft.horizon,
    lookahead: draft.lookahead,
    country: draft.country,
    fresh: draft.fresh,
    ...(draft.gpu !== 'usual' && { gpu: draft.gpu }),
  };
}

function runSetOf({ set, errors, retries, window, everyFeature, parameters }: SetDraft): RunSet {
  const typed: Parameters = {};
  for (const [name, text] of Object.entries(parameters)) {
    const value = text.trim() === '' ? undefined : readParameter(text, set.parameters[name] ?? '');
    if (value !== undefined) typed[name] = value;
  }
  return {
    set: set.name,
    parameters: typed,
    errors,
    retries,
    whole: true,
    ...(set.kind === 'summary' &&
      window !== null && {
        windows: { points: window, features: everyFeature ? 'all' : 'curated' },
      }),
  };
}
