import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';

/** After a successful change: says so, and loads what depends on it again. */
export function useChanged(): (words: string, ...keys: readonly (readonly unknown[])[]) => void {
  const queryClient = useQueryClient();
  return (words, ...keys) => {
    notifications.show({ color: 'midori', message: words, role: 'status' });
    for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey });
  };
}
