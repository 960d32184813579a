import { expect, it } from 'vitest';
import { breakLines } from './break-lines.ts';

/** A wide character is two, all others one. */
const measure = (text: string) =>
  [...text].reduce((sum, character) => sum + (character > '\u2000' ? 2 : 1), 0);
const lines = (text: string, width: number) => breakLines(text, width, measure);

it('keeps words whole and drops the space at the break', () => {
  expect(lines('Make room on the disk', 10)).toEqual(['Make room', 'on the', 'disk']);
});

it('breaks between Japanese characters, but not before a full stop or after a bracket', () => {
  expect(lines('接続を減らす。次', 12)).toEqual(['接続を減ら', 'す。次']);
  expect(lines('これは「設定」', 8)).toEqual(['これは', '「設定」']);
});

it('breaks a word only when it is longer than a line', () => {
  expect(lines('see aaaaaaaaaaaa b', 5)).toEqual(['see', 'aaaaa', 'aaaaa', 'aa b']);
});

it('keeps paragraphs, empty ones too, and pairs of surrogates', () => {
  expect(lines('a\n\nb', 5)).toEqual(['a', '', 'b']);
  expect(lines('', 5)).toEqual(['']);
  expect(lines('😀😀😀', 4)).toEqual(['😀😀', '😀']);
});

it('gives every character a place even where not one fits', () => {
  expect(lines('漢字', 1).join('')).toBe('漢字');
});
