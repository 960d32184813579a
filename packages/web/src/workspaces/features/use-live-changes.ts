import {
  type FeaturesImport,
  type FeaturesRun,
  importSchema,
  runSchema,
} from '@kizashi/server/workspaces/features';
import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useLive } from '../../app/services.tsx';
import { importKey, importsKey, runKey, runsKey } from './queries.ts';

/** Messages leave the report out: it is asked for when the state changes. */
const importMessage = importSchema.omit({ report: true });

type Pages<Item> = InfiniteData<{ items: Item[]; nextCursor: string | null }>;

/** Keeps the list of imports and each import's page up to date while the component is shown. */
export function useImportsLive(): void {
  const client = useQueryClient();
  const reload = () => {
    void client.invalidateQueries({ queryKey: importsKey });
    void client.invalidateQueries({ queryKey: ['features', 'import'] });
  };
  useLive(
    'features.imports',
    importMessage,
    (changed) => {
      const before = client.getQueryData<FeaturesImport>(importKey(changed.id));
      if (before !== undefined && before.state === changed.state) {
        client.setQueryData(importKey(changed.id), { ...before, progress: changed.progress });
        replace<FeaturesImport>(client, importsKey, changed.id, (item) => ({
          ...item,
          progress: changed.progress,
        }));
      } else {
        void client.invalidateQueries({ queryKey: importKey(changed.id) });
        void client.invalidateQueries({ queryKey: importsKey });
      }
      if (changed.state === 'stored') {
        void client.invalidateQueries({ queryKey: ['features', 'datasets'] });
        void client.invalidateQueries({ queryKey: ['features', 'series'] });
      }
    },
    reload,
  );
}

/** Keeps the list of runs and each run's page up to date while the component is shown. */
export function useRunsLive(): void {
  const client = useQueryClient();
  const reload = () => {
    void client.invalidateQueries({ queryKey: runsKey });
    void client.invalidateQueries({ queryKey: ['features', 'run'] });
  };
  useLive(
    'features.runs',
    runSchema,
    (changed) => {
      const key = runKey(changed.id);
      // A message is in one language for everybody: reasons are asked for anew in the reader's own.
      if (changed.error !== null) return reload();
      client.setQueryData<FeaturesRun>(key, (before) => before && changed);
      const known = replace<FeaturesRun>(client, runsKey, changed.id, () => changed);
      if (!known) void client.invalidateQueries({ queryKey: runsKey });
    },
    reload,
  );
}

/** Changes one item of a list that is loaded; says whether it was there. */
function replace<Item extends { readonly id: string }>(
  client: QueryClient,
  key: readonly string[],
  id: string,
  change: (item: Item) => Item,
): boolean {
  const pages = client.getQueryData<Pages<Item>>(key);
  if (!pages?.pages.some(({ items }) => items.some((item) => item.id === id))) return false;
  client.setQueryData<Pages<Item>>(key, {
    pageParams: pages.pageParams,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.id === id ? change(item) : item)),
    })),
  });
  return true;
}
