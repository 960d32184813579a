import { CellFault, type CellParser, MAX_VALUE_CHARS } from './cell.ts';
import { toHalfWidth } from './full-width.ts';

const NOT_A_BOOLEAN = new CellFault('not-a-boolean');

/** Words that can mean nothing else; `inferColumn` looks only for these. */
const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['はい', true],
  ['いいえ', false],
  ['有', true],
  ['無', false],
  ['有り', true],
  ['無し', false],
  ['あり', true],
  ['なし', false],
  ['真', true],
  ['偽', false],
  ['○', true],
  ['〇', true],
  ['◯', true],
  ['×', false],
  ['yes', true],
  ['no', false],
  ['true', true],
  ['false', false],
]);
/** Accepted where a person chose the type; a column of these could as well be text or numbers. */
const SHORT: ReadonlyMap<string, boolean> = new Map([
  ['y', true],
  ['n', false],
  ['t', true],
  ['f', false],
  ['1', true],
  ['0', false],
]);

/** はい and いいえ, yes and no, true and false in any letter case; `short` adds y/n, t/f and 1/0. */
export function createBooleanParser(short: boolean): CellParser {
  return (text) => {
    const trimmed = text.trim();
    if (trimmed === '') return null;
    if (trimmed.length > MAX_VALUE_CHARS) return NOT_A_BOOLEAN;
    const word = toHalfWidth(trimmed).toLowerCase();
    return WORDS.get(word) ?? (short ? SHORT.get(word) : undefined) ?? NOT_A_BOOLEAN;
  };
}
