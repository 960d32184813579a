import type { Clock } from '../../core/clock.ts';
import type { Database } from '../../core/db/database.ts';
import type { Logger } from '../../core/log.ts';
import type { After } from '../../core/timers.ts';
import type { EventNote } from './analytics/event-log.ts';
import { createOptimiser } from './optimiser/create-optimiser.ts';
import { keepHosts, loadHosts } from './optimiser/host-store.ts';
import type { Optimiser } from './optimiser/optimiser.ts';
import { DEFAULT_SETTINGS } from './store/settings.ts';

/** The optimiser with what it remembers of hosts, which is only known when the database is open. */
export function keepOptimiser(deps: {
  db: Database;
  clock: Clock;
  after: After;
  log: Logger;
  note: (event: EventNote) => void;
}) {
  const { mode, maxFiles, maxConnections, maxConnectionsPerHost } = DEFAULT_SETTINGS;
  // The runner sets those of the settings before it begins anything.
  const bounds = {
    mode,
    maxFiles,
    maxConnections,
    hosts: { '*': maxConnectionsPerHost },
    bytesPerSecond: null,
  };
  let optimiser: Optimiser = createOptimiser({ bounds });
  const view = () => optimiser.view();
  const hosts = keepHosts({ ...deps, optimiser: { view } });
  let isStarted = false;
  return {
    current: () => optimiser,
    view,
    async start(): Promise<void> {
      const history = await loadHosts(deps.db, deps.clock.now());
      optimiser = createOptimiser({ bounds, history });
      optimiser.onDecision(({ at, reason, connections, pieceBytes, parallelFiles, numbers }) =>
        deps.note({
          kind: 'optimiser_decided',
          at,
          code: reason,
          details: { ...numbers, connections, pieceBytes, parallelFiles },
        }),
      );
      hosts.start();
      isStarted = true;
    },
    async stop(): Promise<void> {
      if (isStarted) await hosts.stop();
    },
  };
}
