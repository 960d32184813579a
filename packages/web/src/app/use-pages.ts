import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { Query, Schema } from './api.ts';
import { useApi } from './services.tsx';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** A list that the server gives page by page: all items loaded so far, and a way to load more. */
export function usePages<Item>(options: {
  readonly queryKey: readonly unknown[];
  readonly path: string;
  readonly schema: Schema<Page<Item>>;
  readonly query?: Query;
  /** Shows the items of the query before until those of this one are there. */
  readonly keepsPrevious?: boolean;
  /** A failure is told at once: the server has tried again itself. */
  readonly asksOnce?: boolean;
}) {
  const api = useApi();
  const result = useInfiniteQuery<
    Page<Item>,
    Error,
    InfiniteData<Page<Item>>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: options.queryKey,
    queryFn: ({ pageParam, signal }) =>
      api.get(options.path, options.schema, {
        query: { ...options.query, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    ...(options.asksOnce && { retry: false }),
    ...(options.keepsPrevious && { placeholderData: keepPreviousData }),
  });
  return { ...result, items: result.data?.pages.flatMap((page) => page.items) };
}
