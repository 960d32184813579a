import type { Messages } from '../../../core/ws/messages.ts';
import { PROGRESS_TOPIC } from '../contract.ts';
import { findItems } from '../store/items.ts';
import { findJobs, queueTotals } from '../store/jobs.ts';
import type { DownloadsQuery } from '../store/tables.ts';
import { type ActiveItem, type ActiveItems, reservedBytes } from './active-item.ts';
import type { Conditions } from './conditions.ts';
import { hostLimit } from './pick.ts';
import { type Overlay, toItem, toJob, toQueue } from './view.ts';

/** Shown in one message besides what runs. */
const MOST_SHOWN = 100;

/** What the next message is to show besides what runs. */
export interface Changed {
  readonly items: Set<string>;
  readonly jobs: Set<string>;
}

/** Tells pages and commands how it goes: what runs, and what has changed since the last message. */
export interface Publisher {
  /** Whether there is anything to tell. */
  hasNews(conditions: Conditions): boolean;
  publish(conditions: Conditions): Promise<void>;
  /** Items that could begin, as of the last message. */
  readonly waiting: number;
}

export function createPublisher(deps: {
  readonly query: DownloadsQuery;
  readonly messages: Pick<Messages, 'publish'>;
  readonly active: ActiveItems;
  readonly changed: Changed;
}): Publisher {
  const { query, active, changed } = deps;
  let waiting = 0;
  let told = '';

  return {
    get waiting() {
      return waiting;
    },
    hasNews: ({ hold, cap }) =>
      active.size + changed.items.size + changed.jobs.size > 0 ||
      JSON.stringify([hold, cap]) !== told,
    async publish(conditions) {
      told = JSON.stringify([conditions.hold, conditions.cap]);
      const live = overlayOf(active, conditions);
      const ids = [...new Set([...active.keys(), ...changed.items])].slice(
        0,
        active.size + MOST_SHOWN,
      );
      const rows = await findItems(query, ids);
      const jobIds = [...rows.map((row) => row.job_id), ...changed.jobs].slice(0, 2 * MOST_SHOWN);
      const jobs = await findJobs(query, jobIds);
      changed.items.clear();
      changed.jobs.clear();
      // What is ahead of the table is added to what the table says.
      const shown: Overlay = {
        ...live,
        jobs: live.jobs.map((job) => ({
          ...job,
          doneBytes: (jobs.get(job.id)?.done_bytes ?? 0) + job.doneBytes,
        })),
      };
      const totals = await queueTotals(query);
      waiting = totals.counts.PENDING;
      const free = conditions.freeBytes;
      const queue = toQueue(totals, {
        disk: free === null ? null : { freeBytes: free, reservedBytes: reservedBytes(active) },
        driven: true,
        live: {
          ...shown,
          queue: { ...live.queue, doneBytes: totals.doneBytes + live.queue.doneBytes },
        },
      });
      await deps.messages.publish(PROGRESS_TOPIC, {
        queue,
        fullHosts: live.fullHosts ?? [],
        jobs: [...jobs.values()].map((job) => toJob(job, shown)),
        items: rows.map((row) => toItem(row, jobs.get(row.job_id)?.name ?? '', shown, 'en')),
      });
    },
  };
}

/** What runs, beside the tables: `doneBytes` of the queue and of jobs are those the tables do not have yet. */
function overlayOf(active: ActiveItems, { hold, cap, settings }: Conditions): Overlay {
  const all = [...active.values()];
  const hosts = Map.groupBy(all, ({ sample, saved }) => sample?.host ?? saved.host);
  return {
    fullHosts: [...hosts].flatMap(([host, some]) =>
      host !== null && some.length >= hostLimit(settings, host) ? [host] : [],
    ),
    queue: {
      heldBy: hold,
      bytesPerSecond: speedOf(all),
      connections: all.reduce((sum, { sample }) => sum + (sample?.connections ?? 0), 0),
      doneBytes: ahead(all),
      capBytesPerSecond: cap,
    },
    jobs: [...Map.groupBy(all, ({ job }) => job.id)].map(([id, some]) => ({
      id,
      bytesPerSecond: speedOf(some),
      doneBytes: ahead(some),
    })),
    items: all.map(({ item, sample, phase, meter, saved }) => ({
      id: item.id,
      phase,
      host: sample?.host ?? saved.host,
      sizeBytes: sample?.sizeBytes ?? saved.size,
      doneBytes: sample?.doneBytes ?? saved.done,
      bytesPerSecond: meter.bytesPerSecond,
      connections: sample?.connections ?? 0,
      wastedBytes: item.wasted_bytes + (sample?.wastedBytes ?? 0),
    })),
  };
}

function speedOf(some: readonly ActiveItem[]): number {
  return some.reduce((sum, { meter }) => sum + meter.bytesPerSecond, 0);
}

function ahead(some: readonly ActiveItem[]): number {
  return some.reduce(
    (sum, { sample, saved }) => sum + (sample ? sample.doneBytes - saved.done : 0),
    0,
  );
}
