import { hash } from 'node:crypto';
import type { Compute } from '../compute/compute.ts';

const TASK = new URL('./forecast-task.ts', import.meta.url);
/** A few kilobytes each. */
const MOST_KEPT = 200;

/** `y` with whatever else the task needs; plain data, for it is also the key. */
interface Payload {
  readonly y: Float64Array<ArrayBuffer>;
  readonly [name: string]: unknown;
}

/**
 * Runs exports of forecast-task.ts in a worker thread, and remembers the answers by the very numbers that were asked
 * about: nothing needs to tell that data changed, and rules that are checked every five minutes cost a forecast only when
 * they did. The answer of a task that fails or is given up is not kept.
 */
export function createRememberedTask(compute: Pick<Compute, 'run'>) {
  // A Map iterates in insertion order: the first key is the one used longest ago.
  const kept = new Map<string, unknown>();

  /** Moves `y` into the thread. */
  return async function run<R>(
    name: string,
    { y, ...rest }: Payload,
    signal: AbortSignal | undefined,
  ): Promise<R> {
    signal?.throwIfAborted();
    const key = `${name} ${JSON.stringify(rest)} ${hash('sha256', new Uint8Array(y.buffer))}`;
    const known = kept.get(key) as R | undefined;
    const answer =
      known ??
      (await compute.run<R>(
        TASK,
        { y, ...rest },
        { name, transfer: [y.buffer], ...(signal === undefined ? {} : { signal }) },
      ));
    kept.delete(key);
    kept.set(key, answer);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
    return answer;
  };
}
