import {
  type DownloadItem,
  type DownloadJob,
  type DownloadQueue,
  PROGRESS_TOPIC,
  progressMessageSchema,
} from '@kizashi/server/workspaces/downloads';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLive } from '../../app/services.tsx';
import { itemsKey, jobKey, jobsKey, libraryKey, queueKey } from './queries.ts';

/** Lists are asked for anew at most this often, however many items end. */
const RELOAD_AT_MOST_EVERY_MS = 1500;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Keeps queue, jobs and items up to date while the component is shown. */
export function useDownloadsLive(): void {
  const client = useQueryClient();
  const reload = () => {
    for (const queryKey of [queueKey, jobsKey, ['downloads', 'job'], itemsKey]) {
      void client.invalidateQueries({ queryKey });
    }
  };
  const reloadSoon = useSoon(reload);
  useLive(
    PROGRESS_TOPIC,
    progressMessageSchema,
    ({ queue, jobs, items }) => {
      client.setQueryData<DownloadQueue>(queueKey, queue);
      for (const job of jobs) {
        client.setQueryData<DownloadJob>(jobKey(job.id), (before) => before && job);
      }
      const movedJobs = merge<DownloadJob>(client, jobsKey, jobs, (_, job) => job);
      const movedItems = merge<DownloadItem>(client, itemsKey, items, inOwnWords);
      if (movedJobs || movedItems) reloadSoon();
    },
    reload,
  );
}

/** Loads the library again when a file has come, while the component is shown. */
export function useLibraryLive(): void {
  const client = useQueryClient();
  const soon = useSoon(() => void client.invalidateQueries({ queryKey: libraryKey }));
  useLive(PROGRESS_TOPIC, progressMessageSchema, ({ items }) => {
    if (items.some(({ state, fileId }) => state === 'COMPLETED' && fileId !== null)) soon();
  });
}

/** Does it once within a while, however often it is asked for. */
function useSoon(work: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      work();
    }, RELOAD_AT_MOST_EVERY_MS);
  };
}

/** A message is in one language for everybody: what was already told in the reader's own stays. */
function inOwnWords(before: DownloadItem, after: DownloadItem): DownloadItem {
  const isSame = before.error !== null && before.error.code === after.error?.code;
  return isSame ? { ...after, error: before.error } : after;
}

/** Puts what is new into every list that shows it. @returns whether a state changed: lists may now have another order */
function merge<Item extends { readonly id: string; readonly state: string }>(
  client: QueryClient,
  key: readonly string[],
  news: readonly Item[],
  put: (before: Item, after: Item) => Item,
): boolean {
  const byId = new Map(news.map((item) => [item.id, item]));
  let moved = false;
  client.setQueriesData<Page<Item>>({ queryKey: key }, (page) => {
    if (page === undefined || !page.items.some(({ id }) => byId.has(id))) return page;
    const items = page.items.map((before) => {
      const after = byId.get(before.id);
      if (after === undefined) return before;
      if (after.state !== before.state) moved = true;
      return put(before, after);
    });
    return { ...page, items };
  });
  return moved;
}
