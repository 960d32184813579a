import { Counter, Gauge, type Registry } from 'prom-client';
import type { Logger } from '../../core/log.ts';
import type { EventNote } from './analytics/event-log.ts';
import type { Counts } from './queue/states.ts';

/** Shows the queue and counts what became of files for `GET /metrics`. Returns what counts an event. */
export function observeDownloads(deps: {
  readonly registry: Registry;
  readonly counts: () => Promise<Counts>;
  readonly log: Logger;
}): (event: EventNote) => void {
  const registers = [deps.registry];
  const files = new Counter({
    name: 'kizashi_downloads_files_total',
    help: 'Files that this process brought into the library or into quarantine, or linked there, by source and verdict.',
    labelNames: ['source', 'verdict'],
    registers,
  });
  const bytes = new Counter({
    name: 'kizashi_downloads_bytes_total',
    help: 'Bytes of the files that this process downloaded to their end, by source.',
    labelNames: ['source'],
    registers,
  });
  const wasted = new Counter({
    name: 'kizashi_downloads_wasted_bytes_total',
    help: 'Bytes of those files that were fetched more than once, or in vain.',
    labelNames: ['source'],
    registers,
  });
  const failures = new Counter({
    name: 'kizashi_downloads_failures_total',
    help: 'Attempts that failed in this process, also those that are repeated by themselves, by source and code of the error.',
    labelNames: ['source', 'code'],
    registers,
  });
  new Gauge({
    name: 'kizashi_downloads_items',
    help: 'Files of the queue, by state, over all processes.',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset();
      try {
        for (const [state, count] of Object.entries(await deps.counts()))
          this.set({ state }, count);
      } catch (error) {
        // The other metrics are wanted most while the database is away.
        deps.log.warn({ err: error }, 'downloads.metrics.unavailable');
      }
    },
  });

  return ({ kind, source: from, code, bytes: size, details }) => {
    const source = from ?? 'none';
    if (kind === 'download_failed') failures.inc({ source, code: code ?? 'INTERNAL' });
    if (kind !== 'download_completed' && kind !== 'download_linked') return;
    files.inc({ source, verdict: code ?? 'none' });
    if (kind === 'download_linked') return;
    bytes.inc({ source }, size ?? 0);
    wasted.inc({ source }, details?.wastedBytes ?? 0);
  };
}
