import { useEffect, useRef } from 'react';

const AT_MOST_EVERY_MS = 1_000;

/** Calls `run` soon after it is asked to, and at most once a second however often it is asked. */
export function useCoalesced(run: () => void): () => void {
  const latest = useRef(run);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    if (timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, AT_MOST_EVERY_MS);
  };
}
