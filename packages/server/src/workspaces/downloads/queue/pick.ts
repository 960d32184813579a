import type { DownloadSettings } from '../contract.ts';
import { readyItems } from '../store/items.ts';
import { findJobs, openJobs } from '../store/jobs.ts';
import type { DownloadsQuery, ItemRow, JobRow } from '../store/tables.ts';

/** What runs now, as far as it decides what may begin. */
export interface Running {
  readonly host: string | null;
  readonly job: JobRow;
}

/** Rows looked at beyond those needed: neighbours of a host that is full are passed over without asking again. */
const LOOK_AHEAD = 16;
const MAX_JOBS = 500;

/** Most files of a job at once. */
function jobLimit(job: JobRow, adaptiveFiles: number): number {
  if (job.strategy === 'sequential') return 1;
  return job.strategy === 'parallel' ? job.parallel_files : adaptiveFiles;
}

/** Most files of a host at once: each needs a connection. */
export function hostLimit(settings: DownloadSettings, host: string): number {
  return settings.hosts[host] ?? settings.maxConnectionsPerHost;
}

/**
 * What to begin next, most urgent first, within the limits of jobs, hosts and the whole. The number of items that wait
 * does not matter: it asks for the head of the queue, or of each job where some have all they may.
 */
export async function pickItems(
  query: DownloadsQuery,
  running: Iterable<Running>,
  limits: {
    readonly settings: DownloadSettings;
    /** As the optimiser chooses; of all adaptive jobs together. */
    readonly adaptiveFiles: number;
  },
): Promise<{ item: ItemRow; job: JobRow }[]> {
  const { settings, adaptiveFiles } = limits;
  const perJob = new Map<string, number>();
  const perHost = new Map<string, number>();
  let adaptive = 0;
  let slots = settings.maxFiles;
  const take = ({ host, job }: Running) => {
    slots--;
    if (job.strategy === 'adaptive') adaptive++;
    perJob.set(job.id, (perJob.get(job.id) ?? 0) + 1);
    if (host !== null) perHost.set(host, (perHost.get(host) ?? 0) + 1);
  };
  for (const each of running) take(each);
  const jobIsFull = (job: JobRow) =>
    (perJob.get(job.id) ?? 0) >= jobLimit(job, adaptiveFiles) ||
    (job.strategy === 'adaptive' && adaptive >= adaptiveFiles);
  const hostIsFull = (host: string | null) =>
    host !== null && (perHost.get(host) ?? 0) >= hostLimit(settings, host);

  const picked: { item: ItemRow; job: JobRow }[] = [];
  function choose(rows: readonly ItemRow[], known: ReadonlyMap<string, JobRow>): void {
    for (const item of rows) {
      const job = known.get(item.job_id);
      if (slots <= 0) return;
      if (job === undefined || jobIsFull(job) || hostIsFull(item.host)) continue;
      if (picked.some((each) => each.item.id === item.id)) continue;
      picked.push({ item, job });
      take({ host: item.host, job });
    }
  }

  if (slots <= 0) return [];
  const exceptHosts = [...perHost.keys()].filter(hostIsFull);
  const limit = slots + LOOK_AHEAD;
  const rows = await readyItems(query, { exceptHosts, limit });
  choose(
    rows,
    await findJobs(
      query,
      rows.map((row) => row.job_id),
    ),
  );
  // The head of the queue may belong to jobs that have all they may: then each other job is asked for its own, most urgent first.
  if (slots <= 0 || rows.length < limit) return picked;
  for (const job of await openJobs(query, MAX_JOBS)) {
    if (slots <= 0) break;
    if (job.n_pending === 0 || jobIsFull(job)) continue;
    const own = { jobId: job.id, exceptHosts, limit: slots };
    choose(await readyItems(query, own), new Map([[job.id, job]]));
  }
  return picked;
}
