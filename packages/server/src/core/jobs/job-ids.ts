import type { Clock } from '../clock.ts';
import { createId } from '../ids.ts';

/**
 * Ids that only ever go up within this process, also inside one millisecond and when the clock is set back:
 * jobs of equal priority then run in the order in which they were asked for. 60 random bits keep
 * processes apart; the last four characters count within the millisecond.
 */
export function createJobIds(clock: Clock): () => string {
  let time = 0;
  let start = '';
  let count = 0;
  return () => {
    const now = clock.now();
    if (now > time || count === 32 ** 4) {
      time = Math.max(now, time + 1);
      start = createId(time).slice(0, 22);
      count = 0;
    }
    return start + (count++).toString(32).padStart(4, '0');
  };
}
