/** The matrix profile by time, and its motifs and discords as a summary; names and rules of STUMPY 1.13. */
import { requireWhole } from '../../invalid-input.ts';
import type {
  ColumnGroup,
  ColumnSet,
  FeatureInfo,
  SetParameters,
  SummaryFeature,
  SummarySet,
} from '../feature.ts';
import type { SharedSeries } from '../shared-series.ts';
import { discords, type Motif, motifPairs, motifs, type WindowPair } from './motifs.ts';
import { prepareMatrixProfile } from './prepare.ts';
import { type MatrixProfile, profileOf } from './profile.ts';

const SOURCE =
  'Yeh et al. (2016), Matrix Profile I, IEEE ICDM; Zhu et al. (2018), Matrix Profile XI; STUMPY 1.13 stump';
const MOTIF_SOURCE =
  'Mueen et al. (2009), Exact discovery of time series motifs, SIAM SDM; STUMPY 1.13 motifs';

const defaults: SetParameters = { m: 20 };

/** @throws InvalidInput (`m`) */
function windowOf(parameters: SetParameters): number {
  const m = parameters.m as number;
  requireWhole('m', m, 3);
  return m;
}

/** P10 by time: `mp`, `mpi`, `left_i`, `right_i` at the start of each window of m values, `past_mp`, `past_i` at its end. */
export const matrixProfileSet: ColumnSet = {
  kind: 'columns',
  name: 'matrix-profile',
  pipeline: 'matrix-profile',
  version: 1,
  defaults,
  groups: (parameters) => [profileColumns(windowOf(parameters))],
};

function profileColumns(m: number): ColumnGroup {
  const column = (name: string, formula: string, unit: string, past = false): FeatureInfo => ({
    name,
    formula,
    source: SOURCE,
    parameters: { m },
    unit,
    cost: 'n²',
    missing: 'kept',
    pointInTime: past,
  });
  const columns = [
    column(
      'mp',
      `z-normalised Euclidean distance from the ${m} values that start here to the most alike ${m} values that start more than ⌈m/4⌉ away; infinite without any, not defined at the last m − 1 values.`,
      '1',
    ),
    column('mpi', 'Where those values start, counted from 0; −1 without any.', 'samples'),
    column('left_i', 'The same among windows that start earlier.', 'samples'),
    column('right_i', 'The same among windows that start later.', 'samples'),
    column(
      'past_mp',
      `Distance from the ${m} values that end here to the most alike ${m} values before them.`,
      '1',
      true,
    ),
    column('past_i', 'Where those values start, counted from 0; −1 without any.', 'samples', true),
  ];
  return {
    columns,
    compute: ({ y }) => columnsOfProfile(profileOf(prepareMatrixProfile(y, m)), y.length),
    device: { kernel: 'matrix-profile', window: m },
  };
}

/** The columns of the set, n values each, from a profile. */
export function columnsOfProfile(profile: MatrixProfile, n: number): readonly Float64Array[] {
  const at = (values: ArrayLike<number>, offset: number) => {
    const out = new Float64Array(n).fill(Number.NaN);
    for (let i = 0; i < values.length; i++) out[i + offset] = values[i]!;
    return out;
  };
  const last = profile.window - 1;
  return [
    at(profile.distance, 0),
    at(profile.index, 0),
    at(profile.leftIndex, 0),
    at(profile.rightIndex, 0),
    at(profile.leftDistance, last),
    at(profile.leftIndex, last),
  ];
}

const profileKey = (m: number) => `profile ${m}`;

/** Lends a series the profile that was computed elsewhere, so that `motifs` does not compute it again. */
export function lendProfile(series: SharedSeries, profile: MatrixProfile): void {
  series.once(profileKey(profile.window), () => profile);
}

const PAIRS = 3;
const MAX_MOTIFS = 3;
const MAX_MATCHES = 5;

/** P10 of a whole series. */
export const motifsSet: SummarySet = {
  kind: 'summary',
  name: 'motifs',
  pipeline: 'matrix-profile',
  version: 1,
  defaults,
  features: (parameters) => summaries(windowOf(parameters)),
};

function summaries(m: number): readonly SummaryFeature[] {
  const profiled = (series: SharedSeries): MatrixProfile =>
    series.once(profileKey(m), () => profileOf(prepared(series)));
  const prepared = (series: SharedSeries) =>
    series.once(`profile prepared ${m}`, () => prepareMatrixProfile(series.raw, m));
  const found = (series: SharedSeries): readonly Motif[] =>
    series.once(`profile motifs ${m}`, () =>
      motifs(prepared(series), profiled(series), {
        maxMotifs: MAX_MOTIFS,
        maxMatches: MAX_MATCHES,
      }),
    );
  const finite = (series: SharedSeries) => profiled(series).distance.filter(Number.isFinite);
  const common = {
    source: SOURCE,
    parameters: { m },
    cost: 'n²',
    missing: 'kept',
    pointInTime: false,
  } as const;
  const ofPairs = (pairs: readonly WindowPair[]) =>
    pairs.flatMap(({ start, neighbour, distance }) => [start, neighbour, distance]);
  return [
    {
      ...common,
      name: 'excl_zone',
      formula: 'Windows that start at most ⌈m/4⌉ apart are not compared.',
      unit: 'samples',
      compute: () => Math.ceil(m / 4),
    },
    {
      ...common,
      name: 'top3_motif_pairs',
      formula:
        'Start, start of the neighbour and distance of the three nearest pairs of windows, each pair away from those before.',
      unit: 'samples, samples, 1',
      compute: (series) => ofPairs(motifPairs(profiled(series), PAIRS)),
    },
    {
      ...common,
      name: 'top3_discords',
      formula:
        'Start, start of the neighbour and distance of the three windows farthest from their neighbours, each away from those before.',
      unit: 'samples, samples, 1',
      compute: (series) => ofPairs(discords(profiled(series), PAIRS)),
    },
    {
      ...common,
      name: 'stumpy_motifs_max3_matches5_indices',
      source: MOTIF_SOURCE,
      formula:
        'Starts of the windows of up to three shapes that occur again, five windows each, −1 for none; distances below mean − 2 sd count.',
      unit: 'samples',
      compute: (series) => rows(found(series), ({ starts }) => starts, -1),
    },
    {
      ...common,
      name: 'stumpy_motifs_max3_matches5_distances',
      source: MOTIF_SOURCE,
      formula: 'Their distances to the first window of the shape, missing for none.',
      unit: '1',
      compute: (series) => rows(found(series), ({ distances }) => distances, Number.NaN),
    },
    {
      ...common,
      name: 'mp_sum_finite',
      formula: 'Sum of the finite distances of the profile.',
      unit: '1',
      compute: (series) => finite(series).reduce((sum, value) => sum + value, 0),
    },
    {
      ...common,
      name: 'mp_min',
      formula: 'Smallest distance of the profile; not defined without any.',
      unit: '1',
      compute: (series) => motifPairs(profiled(series), 1)[0]?.distance ?? Number.NaN,
    },
    {
      ...common,
      name: 'mp_max_finite',
      formula: 'Largest finite distance of the profile; not defined without any.',
      unit: '1',
      compute: (series) => discords(profiled(series), 1)[0]?.distance ?? Number.NaN,
    },
  ];
}

/** A row of five for each motif. */
function rows(
  found: readonly Motif[],
  of: (motif: Motif) => readonly number[],
  none: number,
): readonly number[] {
  return found.flatMap((motif) =>
    Array.from({ length: MAX_MATCHES }, (_, i) => of(motif)[i] ?? none),
  );
}
