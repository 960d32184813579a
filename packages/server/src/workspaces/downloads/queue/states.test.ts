import { expect, it } from 'vitest';
import { type DownloadState, downloadStateSchema } from '../contract.ts';
import { ACTIONS, type Counts, jobStateOf, LANE, lanesOf, mayBecome, stateOf } from './states.ts';

const STATES = downloadStateSchema.options;

it('lets an item go from state to state only along this table', () => {
  const table = Object.fromEntries(
    STATES.map((from) => [from, STATES.filter((to) => mayBecome(from, to))]),
  );
  expect(table).toEqual({
    PENDING: ['PROCESSING', 'FAILED', 'CANCELLED', 'PAUSED'],
    PROCESSING: ['PENDING', 'COMPLETED', 'FAILED', 'CANCELLED', 'PAUSED'],
    COMPLETED: [],
    FAILED: ['PENDING'],
    CANCELLED: ['PENDING'],
    PAUSED: ['PENDING', 'CANCELLED'],
  });
});

it('lets people do only what the table of states allows', () => {
  for (const { from, to } of Object.values(ACTIONS)) {
    for (const state of from) expect(mayBecome(state, to)).toBe(true);
  }
});

it('knows the lanes of each state and back', () => {
  for (const state of STATES) {
    expect(lanesOf(state).map(stateOf)).toEqual(lanesOf(state).map(() => state));
  }
  expect(STATES.flatMap(lanesOf).sort()).toEqual(Object.values(LANE).sort());
});

const none: Counts = {
  PENDING: 0,
  PROCESSING: 0,
  COMPLETED: 0,
  FAILED: 0,
  CANCELLED: 0,
  PAUSED: 0,
};
const cases: [
  DownloadState,
  Partial<Counts>,
  { openInputs?: number; wanted?: 'pause' | 'cancel' },
][] = [
  ['COMPLETED', {}, {}],
  ['PENDING', { PENDING: 2 }, {}],
  ['PENDING', {}, { openInputs: 1 }],
  ['PROCESSING', { PENDING: 1, PROCESSING: 1 }, {}],
  ['PROCESSING', { PENDING: 1, COMPLETED: 1 }, {}],
  ['PROCESSING', { COMPLETED: 1 }, { openInputs: 1 }],
  ['PROCESSING', { PROCESSING: 1 }, { wanted: 'cancel' }],
  ['PAUSED', { PAUSED: 2, COMPLETED: 1 }, {}],
  ['PAUSED', { PENDING: 2, PROCESSING: 1 }, { wanted: 'pause' }],
  ['COMPLETED', { COMPLETED: 3 }, { wanted: 'pause' }],
  ['COMPLETED', { COMPLETED: 1, CANCELLED: 1 }, {}],
  ['FAILED', { COMPLETED: 9, FAILED: 1 }, {}],
  ['CANCELLED', { CANCELLED: 2 }, {}],
  ['CANCELLED', { PENDING: 2, COMPLETED: 1 }, { wanted: 'cancel' }],
];
it.each(cases)('is %s with items %j and %j', (state, counts, job) => {
  const given = { openInputs: 0, wanted: 'run' as const, ...job };
  expect(jobStateOf({ ...given, counts: { ...none, ...counts } })).toBe(state);
});
