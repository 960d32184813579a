import { LOTTERY_GAMES } from '@kizashi/series';
import { expect, it } from 'vitest';
import { gameOf } from './draws.ts';

it.each([
  ['loto6', 'loto6'],
  ['Mini Loto', 'miniloto'],
  ['NUMBERS_3', 'numbers3'],
  ['ロト６', 'loto6'],
  ['ミニロト', 'miniloto'],
  ['ビンゴ5', 'bingo5'],
  ['ナンバーズ４', 'numbers4'],
])('a group called %s is the game %s', (name, game) => {
  expect(gameOf(name)).toBe(LOTTERY_GAMES[game]);
});

it.each(['', 'loto', 'sales', 'toString', '__proto__'])('a group called %j is none', (name) => {
  expect(gameOf(name)).toBeUndefined();
});
