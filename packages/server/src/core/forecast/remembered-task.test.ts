import { expect, it } from 'vitest';
import type { Compute } from '../compute/compute.ts';
import { createRememberedTask } from './remembered-task.ts';

function world() {
  const asked: string[] = [];
  let fail = false;
  const compute: Pick<Compute, 'run'> = {
    async run<R>(_module: URL, payload: unknown, options?: { name?: string }) {
      asked.push(options?.name ?? '');
      if (fail) throw new Error('given up');
      return [...(payload as { y: Float64Array }).y] as R;
    },
  };
  const setFailing = (on: boolean) => {
    fail = on;
  };
  return { asked, setFailing, task: createRememberedTask(compute) };
}
const values = (...y: number[]) => Float64Array.from(y);

it('asks once for the same numbers and options, missing values included', async () => {
  const { task, asked } = world();
  for (let i = 0; i < 3; i++) {
    expect(await task('run', { y: values(1, Number.NaN, 3), h: 2 }, undefined)).toEqual([
      ...[1, Number.NaN, 3],
    ]);
  }
  expect(asked).toEqual(['run']);
});

it('asks again when a number, an option or the task is another', async () => {
  const { task, asked } = world();
  await task('run', { y: values(1, 2), h: 2 }, undefined);
  await task('run', { y: values(1, 2.5), h: 2 }, undefined);
  await task('run', { y: values(1, 2), h: 3 }, undefined);
  await task('oneStepAhead', { y: values(1, 2), h: 2 }, undefined);
  expect(asked).toEqual(['run', 'run', 'run', 'oneStepAhead']);
});

it('does not keep a failure, and forgets what was used longest ago', async () => {
  const { task, asked, setFailing } = world();
  setFailing(true);
  await expect(task('run', { y: values(0) }, undefined)).rejects.toThrow('given up');
  setFailing(false);
  for (let i = 0; i < 200; i++) await task('run', { y: values(i) }, undefined);
  await task('run', { y: values(0) }, undefined);
  expect(asked).toHaveLength(201);
  await task('run', { y: values(200) }, undefined);
  await task('run', { y: values(0) }, undefined);
  expect(asked).toHaveLength(202);
  await task('run', { y: values(1) }, undefined);
  expect(asked).toHaveLength(203);
});
