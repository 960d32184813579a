import { describe, expect, it } from 'vitest';
import { durationText } from './duration-text.ts';

describe('a stretch of time in words', () => {
  it.each([
    [0, '0 ms'],
    [450.4, '450 ms'],
    [1500, '1.5 sec'],
    [59_000, '59 sec'],
    [60_000, '1 min'],
    [125_000, '2 min 5 sec'],
    [3_720_000, '1 hr 2 min'],
    [90_000_000, '1 day 1 hr'],
  ])('%s reads %s', (ms, text) => {
    expect(durationText(ms, 'en')).toBe(text);
  });

  it('is Japanese on Japanese pages', () => {
    expect(durationText(125_000, 'ja')).toBe('2 分 5 秒');
  });
});
