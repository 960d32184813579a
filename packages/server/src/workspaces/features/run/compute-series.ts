import {
  type ColumnGroup,
  createSharedSeries,
  type FeatureParameter,
  type LotteryDraws,
  type LotteryGame,
  type SharedSeries,
  summariser,
  type TimedSeries,
  trailingWindows,
} from '@kizashi/series';
import type { TimeKind } from '../../../core/series-source/contract.ts';
import { featuresErrors } from '../errors.ts';
import { daysOf } from '../extract/extract-task.ts';
import { checkedParameters, findSet } from '../sets.ts';
import { summaryJson } from '../value-json.ts';
import type { PlannedSet } from './planned-set.ts';

/** Numbers that a series may have in features_hist: 256 MB of them. */
export const MOST_VALUES = 1 << 25;

/** A series as its features are computed from it. */
export interface SeriesInput {
  readonly timeKind: TimeKind;
  readonly t: Float64Array;
  readonly y: Float64Array;
  /** Of a group that is a known number game. */
  readonly game?: LotteryGame;
  readonly draws?: LotteryDraws;
  /** Days since 1970-01-01. */
  readonly holidays: readonly number[];
}

/** Columns of one set, n values each. */
export interface ColumnBlock {
  readonly names: readonly string[];
  readonly values: readonly Float64Array[];
}

/** Columns by time, or the JSON of the features of the whole series. */
export type SetResult = ColumnBlock | string;

/** Work of one run that is the same for every series, and work of one series that is the same for every set. */
export interface SeriesComputer {
  /**
   * One set of one series. Undefined where it has no meaning for the series: draws of what is no game, the calendar of an index.
   * @param valuesLeft columns may hold this many numbers
   * @throws FEATURES_SERIES_TOO_LONG; InvalidInput where a parameter does not fit the series
   */
  compute(planned: PlannedSet, input: SeriesInput, valuesLeft: number): SetResult | undefined;
  /** Columns of a set for times after the end of a series; undefined where nothing is known in advance. */
  ahead(planned: PlannedSet, input: SeriesInput, times: Float64Array): ColumnBlock | undefined;
}

export function createSeriesComputer(): SeriesComputer {
  const summarisers = new Map<PlannedSet, ReturnType<typeof summariser>>();
  let shared: { of: Float64Array; series: SharedSeries } | undefined;

  const sharedOf = (y: Float64Array): SharedSeries => {
    if (shared?.of !== y) shared = { of: y, series: createSharedSeries(y) };
    return shared.series;
  };
  const summariserOf = (planned: PlannedSet) => {
    const known = summarisers.get(planned);
    if (known !== undefined) return known;
    const set = findSet(planned.set);
    if (set.kind !== 'summary') throw new Error(`${set.name} is no summary`);
    const made = summariser(set, planned.parameters);
    summarisers.set(planned, made);
    return made;
  };

  return {
    compute(planned, input, valuesLeft) {
      const { y } = input;
      const set = findSet(planned.set);
      if (planned.form === 'whole') return summaryJson(summariserOf(planned)(sharedOf(y)));
      if (set.kind === 'summary') {
        const all = set.features(checkedParameters(set, planned.parameters)).length;
        refuseTooLong(y.length, planned.only?.length ?? all, valuesLeft);
        const columns = trailingWindows(set, y, {
          window: planned.window,
          parameters: planned.parameters,
          ...(planned.only === null ? {} : { only: new Set(planned.only) }),
        });
        return { names: Object.keys(columns), values: Object.values(columns) };
      }
      const groups = groupsFor(planned, input);
      if (groups === undefined) return undefined;
      const count = groups.reduce((sum, group) => sum + group.columns.length, 0);
      refuseTooLong(y.length, count, valuesLeft);
      return computeGroups(groups, timedSeries(input), planned.lookahead);
    },
    ahead(planned, input, times) {
      const set = findSet(planned.set);
      if (set.kind !== 'columns' || set.pipeline !== 'calendar' || input.timeKind === 'index') {
        return undefined;
      }
      const parameters = parametersFor(planned, set.pipeline, input) ?? {};
      const y = new Float64Array(times.length).fill(Number.NaN);
      const groups = set.groups(checkedParameters(set, parameters));
      return computeGroups(groups, { y, days: daysOf(times) }, false);
    },
  };
}

/** The groups of a set of columns that a run stores; undefined where they have no meaning for the series. */
export function groupsFor(
  planned: PlannedSet,
  input: SeriesInput,
): readonly ColumnGroup[] | undefined {
  const set = findSet(planned.set);
  if (set.kind !== 'columns') return undefined;
  const parameters = parametersFor(planned, set.pipeline, input);
  if (parameters === undefined) return undefined;
  return set
    .groups(checkedParameters(set, parameters))
    .filter((group) => planned.lookahead || group.columns.some((info) => info.pointInTime));
}

/** What a run's parameters do not say because it depends on the series. */
function parametersFor(
  { parameters }: PlannedSet,
  pipeline: string,
  { game, timeKind, holidays }: SeriesInput,
): Readonly<Record<string, FeatureParameter>> | undefined {
  if (pipeline === 'calendar') {
    return timeKind === 'index' ? undefined : { holidays, ...parameters };
  }
  if (pipeline !== 'lottery') return parameters;
  if (game !== undefined) return { lowest: game.lowest, highest: game.highest, ...parameters };
  // A game of one's own: its numbers are named.
  return parameters.highest === undefined ? undefined : parameters;
}

export function timedSeries({ timeKind, t, y, draws }: SeriesInput): TimedSeries {
  return {
    y,
    ...(timeKind === 'index' ? {} : { days: daysOf(t) }),
    ...(draws === undefined ? {} : { draws }),
  };
}

function computeGroups(
  groups: readonly ColumnGroup[],
  series: TimedSeries,
  lookahead: boolean,
): ColumnBlock {
  return columnBlock(
    groups,
    groups.map((group) => group.compute(series)),
    lookahead,
  );
}

/** The columns of groups, without those that look ahead unless they are wanted. */
export function columnBlock(
  groups: readonly ColumnGroup[],
  computed: readonly (readonly Float64Array[])[],
  lookahead: boolean,
): ColumnBlock {
  const names: string[] = [];
  const values: Float64Array[] = [];
  for (const [g, group] of groups.entries()) {
    for (const [i, info] of group.columns.entries()) {
      if (!lookahead && !info.pointInTime) continue;
      names.push(info.name);
      values.push(computed[g]![i]!);
    }
  }
  return { names, values };
}

/** @throws FEATURES_SERIES_TOO_LONG */
export function refuseTooLong(n: number, columns: number, limit: number): void {
  if (n * columns > limit) throw featuresErrors.FEATURES_SERIES_TOO_LONG({ n, columns, limit });
}
