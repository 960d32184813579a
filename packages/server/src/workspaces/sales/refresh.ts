import type { Analytics } from '../../core/analytics/analytics.ts';
import { AppError } from '../../core/errors.ts';
import type { Events } from '../../core/events.ts';
import type { Logger } from '../../core/log.ts';
import type { Messages } from '../../core/ws/messages.ts';
import { dataRange } from './store/dimensions.ts';

/** Brings this process's column cache up to date, and says so when the figures that people ask it for changed. */
export interface Refresh {
  /** @param reason told to whoever listens on `sales.data`: `import`, `undo`, `start`, `time-zone` */
  now(reason: string): Promise<void>;
  /** The same, not waited for; a failure is logged and made good by the next one. */
  soon(reason: string): void;
}

export function createRefresh(deps: {
  analytics: Analytics;
  messages: Messages;
  events: Events;
  log: Logger;
  /** Whether this process answers people: only then is a message of its own figures true for who hears it. */
  isAsked: boolean;
}): Refresh {
  const { analytics, messages, events, log } = deps;
  let announced = analytics.version();
  const refresh: Refresh = {
    async now(reason) {
      await analytics.sync();
      const version = analytics.version();
      if (version === announced) return;
      announced = version;
      events.emit('facts.changed', { workspace: 'sales' });
      if (!deps.isAsked) return;
      const { lines } = await dataRange(analytics);
      await messages.publish('sales.data', { version, reason, lines });
    },
    soon(reason) {
      refresh.now(reason).catch((err: unknown) => {
        // Stopping, or a thread being replaced: the next refresh makes it good.
        const passing = err instanceof AppError && err.retryable;
        log[passing ? 'warn' : 'error']({ err, reason }, 'sales.refresh.failed');
      });
    },
  };
  return refresh;
}
