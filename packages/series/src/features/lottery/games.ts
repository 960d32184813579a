import type { NumberPool } from './draws.ts';

/** The rules of a number game, as far as features need them. */
export interface LotteryGame extends NumberPool {
  /** Numbers in a draw, without bonus numbers. */
  readonly numbers: number;
  readonly bonus: number;
  /** Whether a number may come twice in a draw: digits in a fixed order. */
  readonly repeats: boolean;
}

/** Japanese number games by the name in `loto`. Source: takarakuji-official.jp, rules of each game. */
export const LOTTERY_GAMES: Readonly<Record<string, LotteryGame>> = {
  loto6: { lowest: 1, highest: 43, numbers: 6, bonus: 1, repeats: false },
  loto7: { lowest: 1, highest: 37, numbers: 7, bonus: 2, repeats: false },
  miniloto: { lowest: 1, highest: 31, numbers: 5, bonus: 1, repeats: false },
  bingo5: { lowest: 1, highest: 40, numbers: 8, bonus: 0, repeats: false },
  numbers3: { lowest: 0, highest: 9, numbers: 3, bonus: 0, repeats: true },
  numbers4: { lowest: 0, highest: 9, numbers: 4, bonus: 0, repeats: true },
};
