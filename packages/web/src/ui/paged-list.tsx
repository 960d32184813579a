import { Button, Center } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, Loading } from './states.tsx';

/** The part of a paged query that is shown. */
export interface PagedQuery<Item> {
  readonly items: readonly Item[] | undefined;
  readonly error: Error | null;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
  readonly refetch: () => unknown;
}

/** Every state of a paged list: loading, failed, empty, and the items with a button for more. */
export function PagedList<Item>({
  pages,
  empty,
  children,
}: {
  pages: PagedQuery<Item>;
  empty: ReactNode;
  children: (items: readonly Item[]) => ReactNode;
}) {
  const { t } = useTranslation();
  if (pages.items === undefined) {
    return pages.error === null ? (
      <Loading lines={6} height={240} />
    ) : (
      <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
    );
  }
  if (pages.items.length === 0) return empty;
  return (
    <>
      {children(pages.items)}
      {pages.error !== null && (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
      )}
      {pages.hasNextPage && (
        <Center mt="sm">
          <Button
            variant="default"
            size="xs"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('list.more')}
          </Button>
        </Center>
      )}
    </>
  );
}
