import { expect, it } from 'vitest';
import { emptyDraft, layoutOf } from './layout-draft.ts';

it('leaves out what is empty, so that it is found by itself', () => {
  expect(layoutOf({ ...emptyDraft, id: '  ' })).toEqual({});
});

it('splits lists at commas of either kind', () => {
  expect(layoutOf({ ...emptyDraft, series: 'N1, N2、N3,', time: ' ds ' })).toEqual({
    series: ['N1', 'N2', 'N3'],
    time: 'ds',
  });
});
