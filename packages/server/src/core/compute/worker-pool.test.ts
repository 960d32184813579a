import { afterAll, describe, expect, it } from 'vitest';
import { coreErrors } from '../core-errors.ts';
import { AppError } from '../errors.ts';
import { createCompute } from './worker-pool.ts';

const tasks = new URL('./fixtures/tasks.ts', import.meta.url);

describe('the worker pool', () => {
  const compute = createCompute({ threads: 2 });
  afterAll(() => compute.stop());

  it('moves typed arrays to a thread and back', async () => {
    const values = Float64Array.of(1, 2, 3);
    const result = await compute.run<Float64Array>(
      tasks,
      { values },
      { transfer: [values.buffer] },
    );
    expect([...result]).toEqual([2, 4, 6]);
    expect(values.byteLength).toBe(0);
  });

  it('reports what a task said when it failed', async () => {
    await expect(compute.run(tasks, {}, { name: 'fail' })).rejects.toMatchObject({
      code: 'COMPUTE_TASK_FAILED',
      message: 'A calculation failed: column x is empty',
    });
  });

  it('passes on an error of the catalogue as it is', async () => {
    const error = await compute
      .run(tasks, {}, { name: 'beAway' })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'UNAVAILABLE', status: 503, retryable: true });
    expect((error as AppError).text('ja')).toBe(coreErrors.UNAVAILABLE().text('ja'));
  });

  it('replaces a thread that died and goes on', async () => {
    await expect(compute.run(tasks, {}, { name: 'die' })).rejects.toMatchObject({
      code: 'COMPUTE_WORKER_DIED',
      retryable: true,
    });
    const values = Float64Array.of(5);
    expect([...(await compute.run<Float64Array>(tasks, { values }))]).toEqual([10]);
  });

  it('ends a task when its signal aborts', async () => {
    const controller = new AbortController();
    const running = compute.run(tasks, {}, { name: 'hang', signal: controller.signal });
    controller.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });
});
