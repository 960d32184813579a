import type { DownloadJob } from '@kizashi/server/workspaces/downloads';

/** What drives a job writes its progress every two seconds: a shorter stretch would show speeds that are none. */
const WINDOW_MS = 6_000;
const LEAST_MS = 2_000;

/**
 * The speed of a job that a server beside this process fetches. Only its bytes are in the database, so it is what they gain over the last
 * seconds. A speed that is known stays.
 *
 * @param now milliseconds that never go back
 */
export function createFollowedSpeed(now: () => number): (job: DownloadJob) => DownloadJob {
  let seen: { at: number; doneBytes: number }[] = [];
  return (job) => {
    if (job.state !== 'PROCESSING' || job.bytesPerSecond > 0) {
      seen = [];
      return job;
    }
    const { doneBytes, sizeBytes } = job;
    const at = now();
    // Fewer than before: something was fetched anew.
    if (doneBytes < (seen.at(-1)?.doneBytes ?? 0)) seen = [];
    seen.push({ at, doneBytes });
    // The last one before the window begins it.
    while (seen.length > 2 && seen[1]!.at <= at - WINDOW_MS) seen.shift();
    const first = seen[0]!;
    if (at - first.at < LEAST_MS) return job;
    const bytesPerSecond = ((doneBytes - first.doneBytes) * 1000) / (at - first.at);
    const left = sizeBytes === null ? null : Math.max(0, sizeBytes - doneBytes);
    const etaSeconds = left === null || bytesPerSecond === 0 ? null : left / bytesPerSecond;
    return { ...job, bytesPerSecond, etaSeconds };
  };
}
