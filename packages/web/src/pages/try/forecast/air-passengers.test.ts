import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { airPassengers, exampleFile } from './air-passengers.ts';

const fixture = new URL('../../../../../series/fixtures/airpassengers.json', import.meta.url);

it('the example is the series that the numerics are tested with', () => {
  const { values } = JSON.parse(readFileSync(fixture, 'utf8')) as { values: number[] };
  expect(airPassengers).toEqual(values);
});

it('the example is a file with a row for each month', async () => {
  const lines = (await exampleFile().text()).split('\n');
  expect(lines.slice(0, 2)).toEqual(['month,passengers', '1949-01-01,112']);
  expect(lines.slice(-2)).toEqual(['1960-12-01,432', '']);
});
