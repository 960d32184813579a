import { fromJson } from '../../../core/db/columns.ts';
import { featuresErrors } from '../errors.ts';
import { findSeries, readPoints, type SeriesKey, type StoredPoints } from '../store/series.ts';
import type { FeaturesQuery } from '../store/tables.ts';
import type { LotteryTask } from './lottery-task.ts';

/** A game has at most this many numbers in a draw. */
const MOST_NUMBERS = 40;
/** Names of a column with the money carried over to the next draw. */
const CARRY_OVER = /^(carry[-_ ]?over|キャリーオーバー)$/i;

/** @throws FEATURES_SERIES_NOT_FOUND */
export async function pointsOf(query: FeaturesQuery, key: SeriesKey): Promise<StoredPoints> {
  const row = await findSeries(query, key);
  if (row === undefined) throw featuresErrors.FEATURES_SERIES_NOT_FOUND();
  return readPoints(query, row);
}

/** Groups that have a series N1, as the numbers of a draw are called. */
export async function listLotteries(query: FeaturesQuery) {
  const rows = await query
    .selectFrom('features_series')
    .select(['loto', 'n'])
    .where('unique_id', '=', 'N1')
    .orderBy('loto')
    .limit(1000)
    .execute();
  return rows.map(({ loto, n }) => ({ loto, draws: n }));
}

/**
 * The draws of a group: its series N1, N2 … by the times of N1.
 * @throws FEATURES_SERIES_NOT_FOUND
 */
export async function drawsOf(
  query: FeaturesQuery,
  loto: string,
): Promise<Omit<LotteryTask, 'window'>> {
  const numbers: Float64Array[] = [];
  let first:
    | { points: StoredPoints; timeKind: LotteryTask['timeKind']; exogenous: string[] }
    | undefined;
  let places = new Map<number, number>();
  for (let i = 1; i <= MOST_NUMBERS; i++) {
    const row = await findSeries(query, { loto, uniqueId: `N${i}` });
    if (row === undefined) break;
    const points = await readPoints(query, row);
    if (first === undefined) {
      first = { points, timeKind: row.time_kind, exogenous: fromJson(row.exogenous) };
      places = new Map(Array.from(points.t, (t, place) => [t, place]));
    }
    const column = new Float64Array(first.points.t.length).fill(Number.NaN);
    for (const [k, t] of points.t.entries()) {
      const place = places.get(t);
      if (place !== undefined) column[place] = points.y[k]!;
    }
    numbers.push(column);
  }
  if (first === undefined) throw featuresErrors.FEATURES_SERIES_NOT_FOUND();
  const carryOver = first.exogenous.find((name) => CARRY_OVER.test(name));
  const { t, x } = first.points;
  return {
    loto,
    t,
    numbers,
    carryOver: carryOver === undefined ? undefined : x[carryOver],
    timeKind: first.timeKind,
  };
}
