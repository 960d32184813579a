import { createHash } from 'node:crypto';
import type { LotteryDraws, LotteryGame } from '@kizashi/series';
import { drawsAt, gameOf, numberSeries, type Sibling } from '../draws.ts';
import { findSeries, readPoints } from '../store/series.ts';
import type { FeaturesQuery, SeriesRow } from '../store/tables.ts';

export interface GroupOfSeries {
  readonly game: LotteryGame;
  readonly draws: LotteryDraws;
  /** Of all that the draws are made from. */
  readonly hash: string;
}

/** The draws that a series of a known number game belongs to; undefined for other groups. */
export interface GroupReader {
  of(
    series: SeriesRow,
    t: Float64Array,
    x: Readonly<Record<string, Float64Array>>,
  ): Promise<GroupOfSeries | undefined>;
}

/** Keeps the group that was read last: the series of a group follow each other. */
export function createGroupReader(query: FeaturesQuery): GroupReader {
  let last: { loto: string; siblings: Sibling[]; hash: string } | undefined;

  async function read(loto: string, game: LotteryGame) {
    const siblings: Sibling[] = [];
    const hash = createHash('sha256');
    for (const uniqueId of numberSeries(game)) {
      const row = await findSeries(query, { loto, uniqueId });
      if (row === undefined) continue;
      siblings.push({ uniqueId, ...(await readPoints(query, row)) });
      hash.update(row.hash);
    }
    return { loto, siblings, hash: hash.digest('hex') };
  }

  return {
    async of(series, t, x) {
      const game = gameOf(series.loto);
      if (game === undefined) return undefined;
      if (last?.loto !== series.loto) last = await read(series.loto, game);
      return { game, draws: drawsAt(t, last.siblings, x), hash: last.hash };
    },
  };
}
