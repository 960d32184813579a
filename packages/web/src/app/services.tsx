import type { QueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import type { Api, Schema } from './api.ts';
import type { Live, LiveState } from './live.ts';
import type { Refresh, RefreshState } from './refresh.ts';

/** What `main.tsx` builds once and every page may use. */
export interface Services {
  readonly api: Api;
  readonly live: Live;
  readonly queryClient: QueryClient;
  readonly refresh: Refresh;
}

const ServicesContext = createContext<Services | undefined>(undefined);

export function ServicesProvider({
  services,
  children,
}: {
  services: Services;
  children: ReactNode;
}) {
  return <ServicesContext value={services}>{children}</ServicesContext>;
}

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === undefined) throw new Error('ServicesProvider is missing above this component');
  return services;
}

export function useApi(): Api {
  return useServices().api;
}

export function useLiveState(): LiveState {
  const { live } = useServices();
  return useSyncExternalStore(live.onState, live.state);
}

/** When what is shown was loaded, whether it is out of date, and what changed since. */
export function useRefreshState(): RefreshState {
  const { refresh } = useServices();
  return useSyncExternalStore(refresh.onState, refresh.state);
}

/**
 * Calls `onMessage` for each message of a topic while the component is shown, and `onGap` when some were
 * missed for good. `topic` may be undefined: then nothing is subscribed. A message that does not fit
 * `schema` counts as a gap, since the page can no longer know what changed.
 */
export function useLive<T>(
  topic: string | undefined,
  schema: Schema<T>,
  onMessage: (body: T, at: number) => void,
  onGap?: () => void,
): void {
  const { live } = useServices();
  const latest = useRef({ schema, onMessage, onGap });
  useEffect(() => {
    latest.current = { schema, onMessage, onGap };
  });
  useEffect(() => {
    if (topic === undefined) return;
    return live.subscribe(topic, {
      onMessage(body, at) {
        let parsed: T;
        try {
          parsed = latest.current.schema.parse(body);
        } catch {
          latest.current.onGap?.();
          return;
        }
        latest.current.onMessage(parsed, at);
      },
      onGap: () => latest.current.onGap?.(),
    });
  }, [live, topic]);
}
