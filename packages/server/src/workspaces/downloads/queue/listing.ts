import type { Logger } from '../../../core/log.ts';
import type { ListedPage, Lister } from './lister.ts';

/** Lists beside what is downloaded, a page at a time: a source that is slow holds up no files. */
export interface Listing {
  /** Lists a page, unless one is being listed. */
  begin(): void;
  /** Until nothing is listed any more. */
  stop(): Promise<void>;
}

export function createListing(deps: {
  readonly lister: Lister;
  readonly log: Logger;
  readonly onPage: (page: ListedPage) => Promise<void>;
  /** A page was listed: there may be another. */
  readonly onMore: () => void;
}): Listing {
  let current: { controller: AbortController; ended: Promise<void> } | undefined;

  /** @returns whether there was one */
  async function listPage(signal: AbortSignal): Promise<boolean> {
    try {
      const page = await deps.lister.next(signal);
      if (page !== undefined) await deps.onPage(page);
      return page !== undefined;
    } catch (error) {
      if (!signal.aborted) deps.log.error({ err: error }, 'downloads.runner.list');
      return false;
    }
  }

  return {
    begin() {
      if (current !== undefined) return;
      const controller = new AbortController();
      const ended = listPage(controller.signal).then((listed) => {
        current = undefined;
        if (listed) deps.onMore();
      });
      current = { controller, ended };
    },
    async stop() {
      current?.controller.abort();
      await current?.ended;
    },
  };
}
