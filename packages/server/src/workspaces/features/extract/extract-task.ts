import {
  columns,
  type FeatureParameter,
  type FeatureSet,
  type LotteryDraws,
  type LotteryGame,
  summariser,
} from '@kizashi/series';
import type { TimeKind } from '../../../core/series-source/contract.ts';
import { timeText } from '../../../core/series-source/time-text.ts';
import { findSet } from '../sets.ts';
import { columnJson, summaryJson } from '../value-json.ts';

const DAY = 86_400_000;

export interface ExtractSeries {
  readonly id: string;
  readonly t: Float64Array;
  readonly y: Float64Array;
  /** Of a known number game. */
  readonly game?: LotteryGame;
  readonly draws?: LotteryDraws;
}

export interface ExtractTask {
  readonly set: string;
  readonly parameters: Readonly<Record<string, FeatureParameter>>;
  readonly timeKind: TimeKind;
  readonly series: readonly ExtractSeries[];
}

/** The features of some series as JSON texts, in their order. */
export function run(task: ExtractTask): string[] {
  return task.series.map(createExtractor(findSet(task.set), task.parameters, task.timeKind));
}

/** Made once for many series: the catalogue of a large set takes longer than a short series. */
export function createExtractor(
  set: FeatureSet,
  parameters: ExtractTask['parameters'],
  timeKind: TimeKind,
): (series: ExtractSeries) => string {
  if (set.kind === 'summary') {
    const summarise = summariser(set, parameters);
    return ({ y }) => summaryJson(summarise(y));
  }
  return ({ t, y, game, draws }) => {
    const series = {
      y,
      ...(timeKind === 'index' ? {} : { days: daysOf(t) }),
      ...(draws === undefined ? {} : { draws }),
    };
    const pool = game === undefined ? {} : { lowest: game.lowest, highest: game.highest };
    const values = columns(set, series, { ...pool, ...parameters });
    const parts = Object.entries(values).map(
      ([name, column]) => `${JSON.stringify(name)}:${columnJson(column)}`,
    );
    return `{"t":${timesJson(t, timeKind)}${parts.map((part) => `,${part}`).join('')}}`;
  };
}

/** Days since 1970-01-01 (UTC) of times in ms. */
export function daysOf(t: Float64Array): Int32Array {
  return Int32Array.from(t, (ms) => Math.floor(ms / DAY));
}

function timesJson(t: Float64Array, kind: TimeKind): string {
  return kind === 'index'
    ? columnJson(t)
    : JSON.stringify(Array.from(t, (ms) => timeText(ms, kind)));
}
