import { expect, it } from 'vitest';
import { AppError, defineErrors, toStoredFailure } from './errors.ts';

const errors = defineErrors({
  SHOP_CLOSED: {
    status: 503,
    retryable: true,
    en: 'Closed until {time}.',
    ja: '{time} まで休業。',
  },
  SHOP_GONE: { status: 410, en: 'Gone.', ja: '閉店。' },
});

it('makes errors that a program can rely on and a person can read', () => {
  const cause = new Error('the key is lost');
  const error = errors.SHOP_CLOSED({ time: 9 }, { cause });
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: 'SHOP_CLOSED', status: 503, retryable: true, cause });
  expect(error.message).toBe('Closed until 9.');
  expect(error.text('ja')).toBe('9 まで休業。');
  expect(errors.SHOP_GONE().retryable).toBe(false);
});

it('leaves a parameter that was not given visible, and one that looks like a parameter alone', () => {
  expect(errors.SHOP_CLOSED().message).toBe('Closed until {time}.');
  expect(errors.SHOP_CLOSED({ time: '{time} $& {other}' }).message).toBe(
    'Closed until {time} $& {other}.',
  );
});

it('keeps its words in both languages for a row', () => {
  expect(toStoredFailure(errors.SHOP_CLOSED({ time: 9 }))).toEqual({
    code: 'SHOP_CLOSED',
    en: 'Closed until 9.',
    ja: '9 まで休業。',
  });
});

it('gives its catalogue for the reference page', () => {
  expect(Object.keys(errors.catalogue)).toEqual(['SHOP_CLOSED', 'SHOP_GONE']);
});
