import type { Job } from '@kizashi/server/contract/jobs';
import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { mergeTask } from './merge-task.ts';

const key = ['tasks', 'list', {}];
const job = (id: string, state: Job['state'], fraction = 0): Job => ({
  id,
  name: 'sales.import',
  state,
  priority: 0,
  attempt: 1,
  maxAttempts: 3,
  progress: { fraction, note: null },
  error: null,
  requestedBy: null,
  runAt: 0,
  createdAt: 0,
  startedAt: 0,
  finishedAt: null,
});

function loaded(...pages: Job[][]) {
  const queryClient = new QueryClient();
  queryClient.setQueryData(key, {
    pages: pages.map((items) => ({ items, nextCursor: null })),
    pageParams: pages.map(() => undefined),
  });
  return queryClient;
}

it('shows progress in the list at once, on whichever page the task is', () => {
  const queryClient = loaded([job('a', 'waiting')], [job('b', 'running')]);
  expect(mergeTask(queryClient, key, job('b', 'running', 0.5))).toBe(true);
  expect(queryClient.getQueryData(key)).toMatchObject({
    pages: [{ items: [{ id: 'a' }] }, { items: [{ id: 'b', progress: { fraction: 0.5 } }] }],
  });
});

it('asks for the list afresh when a task is new or changed its state', () => {
  const queryClient = loaded([job('a', 'running')]);
  expect(mergeTask(queryClient, key, job('a', 'done'))).toBe(false);
  expect(mergeTask(queryClient, key, job('z', 'waiting'))).toBe(false);
  expect(mergeTask(new QueryClient(), key, job('a', 'running'))).toBe(false);
});
