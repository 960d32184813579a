import type { Job } from '@kizashi/server/contract/jobs';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';

type Pages = InfiniteData<{ items: Job[]; nextCursor: string | null }>;

/**
 * Puts a changed task into the loaded list.
 * @returns false when the list does not hold it in this state, so it must be loaded again
 */
export function mergeTask(
  queryClient: QueryClient,
  queryKey: readonly unknown[],
  job: Job,
): boolean {
  const loaded = queryClient.getQueryData<Pages>(queryKey);
  const known = loaded?.pages.flatMap((page) => page.items).find(({ id }) => id === job.id);
  if (loaded === undefined || known === undefined || known.state !== job.state) return false;
  queryClient.setQueryData<Pages>(queryKey, {
    ...loaded,
    pages: loaded.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.id === job.id ? job : item)),
    })),
  });
  return true;
}
