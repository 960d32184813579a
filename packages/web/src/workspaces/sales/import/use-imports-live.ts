import { importSchema, type SalesImport } from '@kizashi/server/workspaces/sales';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useLive } from '../../../app/services.tsx';
import { importKey, importsKey } from '../queries.ts';

type Pages = InfiniteData<{ items: SalesImport[]; nextCursor: string | null }>;

/** Keeps the list of imports and each import's page up to date while the component is shown. */
export function useImportsLive(): void {
  const queryClient = useQueryClient();
  const reload = () => {
    void queryClient.invalidateQueries({ queryKey: importsKey });
    void queryClient.invalidateQueries({ queryKey: importKey() });
  };
  useLive(
    'sales.imports',
    importSchema,
    (changed) => {
      // A message is in one language for everybody: reasons are asked for anew in the reader's own.
      if (changed.error !== null) return reload();
      queryClient.setQueryData<SalesImport>(importKey(changed.id), (before) => before && changed);
      const pages = queryClient.getQueryData<Pages>(importsKey);
      if (pages?.pages.some(({ items }) => items.some(({ id }) => id === changed.id))) {
        queryClient.setQueryData<Pages>(importsKey, replaced(pages, changed));
      } else if (pages !== undefined) {
        void queryClient.invalidateQueries({ queryKey: importsKey });
      }
    },
    reload,
  );
}

function replaced({ pages, pageParams }: Pages, changed: SalesImport): Pages {
  return {
    pageParams,
    pages: pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.id === changed.id ? changed : item)),
    })),
  };
}
