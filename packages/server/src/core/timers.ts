/**
 * Runs `task` once, `ms` milliseconds from now, unless the returned function is called first.
 * Passed in like the clock, so that tests move time instead of waiting for it.
 */
export type After = (ms: number, task: () => void) => () => void;

export const systemAfter: After = (ms, task) => {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
};
