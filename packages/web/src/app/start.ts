import { notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { config } from 'zod';
import { errorText } from '../ui/error-text.ts';
import { workspaces } from '../workspaces/index.ts';
import { createApi } from './api.ts';
import { ApiError, SIGN_IN_NEEDED } from './api-error.ts';
import { publicPages } from './core-pages.ts';
import { chosenLocale, createI18n, localeOf } from './i18n.ts';
import { createLive } from './live.ts';
import { createRefresh } from './refresh.ts';
import { createAppRouter, loadFrame, returnTo } from './router.tsx';
import { browserStorage } from './storage.ts';
import { styleNonce } from './style-nonce.ts';

/** Builds everything the page runs on, once. */
export async function startApp() {
  // The content policy forbids making code from text, which zod would try for speed.
  config({ jitless: true });
  // Windows lock the page behind them with a `<style>`; the library that makes it takes its nonce from here.
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
  // Known to be needed soon: fetched beside the texts instead of after them.
  if (!publicPages.some((page) => page.path === location.pathname)) void loadFrame();
  const storage = browserStorage();
  const names = workspaces.map((workspace) => workspace.name);
  const i18n = await createI18n(chosenLocale(storage, navigator.languages), storage);
  const api = createApi({ fetch: (...call) => fetch(...call), locale: () => localeOf(i18n) });
  const live = createLive({
    createSocket: () => new WebSocket(liveAddress(location)),
    random: Math.random,
  });
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError: signInWhenNeeded }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        signInWhenNeeded(error);
        if (mutation.meta?.shownInPlace) return;
        notifications.show({ color: 'shu', message: errorText(i18n.t, error), role: 'alert' });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) =>
          failures < 2 && error instanceof ApiError && error.retryable && error.status !== 429,
      },
    },
  });
  const refresh = createRefresh({
    reload: () =>
      void queryClient.invalidateQueries({
        predicate: (query) => names.includes(String(query.queryKey[0])),
      }),
    now: Date.now,
    storage,
  });
  const router = createAppRouter({ api, queryClient });

  /** The session ended while a page was open: sign in and come back to it. */
  function signInWhenNeeded(error: Error) {
    if (!(error instanceof ApiError) || error.code !== SIGN_IN_NEEDED) return;
    const { pathname, href } = router.state.location;
    if (pathname === '/sign-in') return;
    live.stop();
    void router.navigate({ to: '/sign-in', search: returnTo(href) as never });
  }

  window.addEventListener('online', () => live.retryNow());
  return { services: { api, live, queryClient, refresh }, router, i18n };
}

function liveAddress({ protocol, host }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api/live`;
}
