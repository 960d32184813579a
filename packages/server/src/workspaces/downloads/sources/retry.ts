import type { After } from '../../../core/timers.ts';

/** Waits between tries as CivitAI's documentation advises: 1 s, doubled, at most 30 s. */
export const FIRST_WAIT_MS = 1000;
export const LONGEST_WAIT_MS = 30_000;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * How long a server asks to be left alone, in ms: `Retry-After` in seconds or as a date, else the reset of an exhausted
 * `ratelimit: "api";r=0;t=55`. Undefined when it does not say.
 */
export function askedWaitMs(headers: Headers, now: number): number | undefined {
  const after = single(headers['retry-after'])?.trim();
  if (after !== undefined && /^\d{1,9}$/.test(after)) return Number(after) * 1000;
  if (after !== undefined && after !== '') {
    const at = Date.parse(after);
    if (!Number.isNaN(at)) return Math.max(0, at - now);
  }
  // Of several policies the one that is used up.
  for (const limit of (single(headers.ratelimit) ?? '').split(',')) {
    const left = /;\s*r=(\d{1,9})/.exec(limit)?.[1];
    const reset = /;\s*t=(\d{1,9})/.exec(limit)?.[1];
    if (left === '0' && reset !== undefined) return Number(reset) * 1000;
  }
  return undefined;
}

/**
 * The wait before try number `attempt` + 1: what the server asks for, else the back-off with up to a quarter taken off by chance,
 * so that many do not come back at the same moment.
 *
 * @param attempt 1 after the first try
 * @param random in [0, 1)
 */
export function waitMs(attempt: number, asked: number | undefined, random: () => number): number {
  if (asked !== undefined) return asked;
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return Math.round(full * (1 - random() / 4));
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** @throws the signal's reason as soon as there is one */
export function pause(after: After, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = after(ms, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    function abort(): void {
      cancel();
      reject(signal.reason);
    }
    signal.addEventListener('abort', abort, { once: true });
  });
}
