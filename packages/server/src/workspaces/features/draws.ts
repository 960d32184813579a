import { LOTTERY_GAMES, type LotteryDraws, type LotteryGame } from '@kizashi/series';

/** A series of a group, as far as the draws of a game are made from it. */
export interface Sibling {
  readonly uniqueId: string;
  readonly t: Float64Array;
  readonly y: Float64Array;
}

const JAPANESE_NAMES: Readonly<Record<string, string>> = {
  ロト6: 'loto6',
  ロト7: 'loto7',
  ミニロト: 'miniloto',
  ビンゴ5: 'bingo5',
  ナンバーズ3: 'numbers3',
  ナンバーズ4: 'numbers4',
};

/** The rules of a group that is a known number game, by its name: `loto6`, `Mini Loto`, `ロト６`. */
export function gameOf(loto: string): LotteryGame | undefined {
  const plain = loto
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');
  const name = Object.hasOwn(JAPANESE_NAMES, plain) ? JAPANESE_NAMES[plain]! : plain;
  return Object.hasOwn(LOTTERY_GAMES, name) ? LOTTERY_GAMES[name] : undefined;
}

/** Names of the series whose values are the numbers of a draw, in order. */
export function numberSeries({ numbers }: LotteryGame): readonly string[] {
  return Array.from({ length: numbers }, (_, i) => `N${i + 1}`);
}

/** The draws at the times of one series: the values of its siblings at the same time, and its exogenous money columns. */
export function drawsAt(
  t: Float64Array,
  siblings: readonly Sibling[],
  x: Readonly<Record<string, Float64Array>>,
): LotteryDraws {
  const [carryOver, prize] = [x.carry_over, x.prize];
  return {
    numbers: siblings.map((sibling) => aligned(t, sibling)),
    ...(carryOver === undefined ? {} : { carryOver }),
    ...(prize === undefined ? {} : { prize }),
  };
}

/** Values of a sibling at these times; NaN where it has none. Both are in order of time. */
function aligned(t: Float64Array, sibling: Sibling): Float64Array {
  if (t.length === sibling.t.length && t.every((time, i) => time === sibling.t[i])) {
    return sibling.y;
  }
  const out = new Float64Array(t.length).fill(Number.NaN);
  let k = 0;
  for (let i = 0; i < t.length; i++) {
    while (k < sibling.t.length && sibling.t[k]! < t[i]!) k++;
    if (sibling.t[k] === t[i]) out[i] = sibling.y[k]!;
  }
  return out;
}
