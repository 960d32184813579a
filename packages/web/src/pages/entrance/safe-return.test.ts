import { expect, it } from 'vitest';
import { safeReturn } from './safe-return.ts';

it('follows addresses of this product with their parameters', () => {
  expect(safeReturn('/sales?from=2011-01-01&filter=country:EIRE')).toBe(
    '/sales?from=2011-01-01&filter=country:EIRE',
  );
});

it.each([
  undefined,
  ['/a'],
  '',
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '/\t/evil.example/',
  'javascript:alert(1)',
])('leads Home instead of %j', (wanted) => {
  expect(safeReturn(wanted)).toBe('/');
});
