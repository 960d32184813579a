import { expect, it } from 'vitest';
import { localeOf, preferredLocale } from './locale.ts';
import { anonymous } from './principal.ts';

it.each([
  [undefined, undefined],
  ['', undefined],
  ['ja', 'ja'],
  ['ja-JP', 'ja'],
  ['fr, de;q=0.9', undefined],
  ['en;q=0.5, ja;q=0.8', 'ja'],
  ['ja;q=0.5, en-GB;q=0.8', 'en'],
  ['JA;Q=1.0', 'ja'],
  ['ja;q=0', undefined],
  ['ja;q=nonsense', undefined],
  ['*', undefined],
])('answers %j in %s', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale);
});

it('takes the language of the request, else of the person, else English', () => {
  const principal = { ...anonymous, via: 'session', locale: 'ja' } as const;
  expect(localeOf({ headers: { 'accept-language': 'en-US,en;q=0.9' }, principal })).toBe('en');
  expect(localeOf({ headers: { 'accept-language': '*' }, principal })).toBe('ja');
  expect(localeOf({ headers: {}, principal })).toBe('ja');
  expect(localeOf({ headers: {} })).toBe('en');
});
