import { expect, it } from 'vitest';
import { countries } from './countries.ts';

it('countries have their name in the language, and only those of today', () => {
  const english = new Map(countries('en').map(({ value, label }) => [value, label]));
  expect(english.get('JP')).toBe('Japan (JP)');
  expect(countries('ja').find(({ value }) => value === 'JP')?.label).toBe('日本 (JP)');
  expect(english.size).toBeGreaterThan(240);
  for (const gone of ['DD', 'SU', 'EU', 'ZZ']) expect(english.has(gone)).toBe(false);
});
