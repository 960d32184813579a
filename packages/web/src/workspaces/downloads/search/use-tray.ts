import { type DownloadInput, inputSchema } from '@kizashi/server/workspaces/downloads';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { useMe } from '../../../app/session.ts';
import { browserStorage } from '../../../app/storage.ts';

const picksSchema = z.array(
  z.object({
    key: z.string(),
    input: inputSchema,
    label: z.string(),
    /** Of what is known to come; null for what is listed only when it is queued. */
    sizeBytes: z.number().nullable(),
  }),
);
/** Something chosen to be downloaded. */
export type Pick = z.infer<typeof picksSchema>[number];

type TrayStorage = ReturnType<typeof browserStorage>;
const NOTHING: readonly Pick[] = [];

/** What was picked before the page was loaded; nothing where that cannot be read. */
export function keptPicks(storage: TrayStorage, key: string): readonly Pick[] {
  try {
    return picksSchema.parse(JSON.parse(storage.getItem(key) ?? '[]'));
  } catch {
    // Of another version, or changed by hand: picked again is soon done.
    return NOTHING;
  }
}

export function keepPicks(storage: TrayStorage, key: string, picks: readonly Pick[]): void {
  try {
    if (picks.length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(picks));
  } catch {
    // No room in the browser's storage: it lasts as long as the page does.
  }
}

/** What somebody picked, from one search to the next and over reloads of the page, until it is queued. */
export function useTray() {
  const client = useQueryClient();
  const key = `kizashi.downloads.tray.${useMe().user.id}`;
  const queryKey = [key];
  const { data: picks } = useQuery<readonly Pick[]>({
    queryKey,
    queryFn: () => NOTHING,
    enabled: false,
    initialData: () => keptPicks(browserStorage(), key),
    gcTime: Number.POSITIVE_INFINITY,
  });
  const set = (change: (before: readonly Pick[]) => readonly Pick[]) => {
    const next = change(client.getQueryData<readonly Pick[]>(queryKey) ?? NOTHING);
    client.setQueryData<readonly Pick[]>(queryKey, next);
    keepPicks(browserStorage(), key, next);
  };
  return {
    picks,
    has: (of: string) => picks.some((pick) => pick.key === of),
    add: (pick: Pick) =>
      set((before) => (before.some(({ key: of }) => of === pick.key) ? before : [...before, pick])),
    remove: (of: string) => set((before) => before.filter((pick) => pick.key !== of)),
    clear: () => set(() => NOTHING),
  };
}

export function pickOf(input: DownloadInput, label: string, sizeBytes: number | null): Pick {
  return { key: JSON.stringify(input), input, label, sizeBytes };
}
