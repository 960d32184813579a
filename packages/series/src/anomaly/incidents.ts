/** An incident is over when nothing has exceeded the threshold for so many points … */
const QUIET_POINTS = 64;
/** … and, where times are known, for a third of a day, but never for more points than this. */
const QUIET_MS = 8 * 3_600_000;
const MOST_QUIET_POINTS = 144;

/**
 * Says of each exceedance whether it begins an incident or belongs to one that was told already. The 64 points are the longest
 * stretch whose mean the ensemble watches: for so long one odd value keeps that mean odd.
 */
export function createIncidents(): (exceeds: boolean, time: number) => boolean {
  let open = false;
  let quiet = 0;
  let lastTime = Number.NaN;
  return (exceeds, time) => {
    quiet++;
    const waits = Math.abs(time - lastTime) < QUIET_MS && quiet <= MOST_QUIET_POINTS;
    if (open && quiet > QUIET_POINTS && !waits) open = false;
    if (!exceeds) return false;
    const begins = !open;
    open = true;
    quiet = 0;
    lastTime = time;
    return begins;
  };
}
