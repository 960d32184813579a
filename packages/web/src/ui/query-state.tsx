import type { ReactNode } from 'react';
import { ErrorState, Loading } from './states.tsx';

/** Every state of one query: loading, failed, and the data. What was loaded before stays while it loads again. */
export function QueryState<Data>({
  query,
  height = 240,
  lines,
  children,
}: {
  query: {
    readonly data: Data | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
  height?: number;
  lines?: number;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <Loading height={height} {...(lines === undefined ? {} : { lines })} />;
}
