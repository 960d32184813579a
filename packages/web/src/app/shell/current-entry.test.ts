import { expect, it } from 'vitest';
import { currentEntry } from './current-entry.ts';

const entries = ['/sales', '/sales/import', '/alerts'];

it('is the longest entry the address starts with, in whole parts', () => {
  expect(currentEntry('/sales', entries)).toBe('/sales');
  expect(currentEntry('/sales/import/7', entries)).toBe('/sales/import');
  expect(currentEntry('/sales/importer', entries)).toBe('/sales');
  expect(currentEntry('/salesroom', entries)).toBeUndefined();
});
