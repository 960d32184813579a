import type { DownloadInput } from '@kizashi/server/workspaces/downloads';
import { useQuery, useQueryClient } from '@tanstack/react-query';

/** Something chosen to be downloaded. */
export interface Pick {
  readonly key: string;
  readonly input: DownloadInput;
  readonly label: string;
  /** Of what is known to come; null for what is listed only when it is queued. */
  readonly sizeBytes: number | null;
}

const trayKey = ['downloads-tray'];
const NOTHING: readonly Pick[] = [];

/** What is picked, from one search to the next and from page to page, until it is queued. */
export function useTray() {
  const client = useQueryClient();
  const { data: picks } = useQuery<readonly Pick[]>({
    queryKey: trayKey,
    queryFn: () => NOTHING,
    enabled: false,
    initialData: NOTHING,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const set = (change: (before: readonly Pick[]) => readonly Pick[]) =>
    client.setQueryData<readonly Pick[]>(trayKey, (before) => change(before ?? NOTHING));
  return {
    picks,
    has: (key: string) => picks.some((pick) => pick.key === key),
    add: (pick: Pick) =>
      set((before) => (before.some(({ key }) => key === pick.key) ? before : [...before, pick])),
    remove: (key: string) => set((before) => before.filter((pick) => pick.key !== key)),
    clear: () => set(() => NOTHING),
  };
}

export function pickOf(input: DownloadInput, label: string, sizeBytes: number | null): Pick {
  return { key: JSON.stringify(input), input, label, sizeBytes };
}
