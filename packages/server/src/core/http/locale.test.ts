import { expect, it } from 'vitest';
import { localeOf, preferredLocale } from './locale.ts';
import { anonymous } from './principal.ts';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['ja', 'ja'],
  ['ja-JP', 'ja'],
  ['fr, de;q=0.9', 'en'],
  ['en;q=0.5, ja;q=0.8', 'ja'],
  ['ja;q=0.5, en-GB;q=0.8', 'en'],
  ['JA;Q=1.0', 'ja'],
  ['ja;q=0', 'en'],
  ['ja;q=nonsense', 'en'],
  ['*', 'en'],
])('answers %j in %s', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale);
});

it('prefers what a signed-in person chose', () => {
  const headers = { 'accept-language': 'en' };
  expect(localeOf({ headers, principal: { ...anonymous, via: 'session', locale: 'ja' } })).toBe(
    'ja',
  );
  expect(localeOf({ headers: { 'accept-language': 'ja' }, principal: anonymous })).toBe('ja');
});
