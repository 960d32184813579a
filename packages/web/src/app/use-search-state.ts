import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { z } from 'zod';

/**
 * What the address bar says about a view, and how to change it. Each change is a step of the browser's history; a value
 * of undefined takes a parameter out.
 */
export function useSearchState<T extends object>(
  schema: z.ZodType<T>,
): readonly [T, (change: Partial<T>) => void] {
  const raw = useSearch({ strict: false });
  const navigate = useNavigate();
  const search = useMemo(() => schema.parse(raw), [schema, raw]);
  const change = useCallback(
    (part: Partial<T>) =>
      void navigate({
        to: '.',
        search: (before: object) => ({ ...before, ...part }),
        resetScroll: false,
      } as never),
    [navigate],
  );
  return [search, change];
}
