import { notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { config } from 'zod';
import { errorText } from '../ui/error-text.ts';
import { workspaces } from '../workspaces/index.ts';
import { createApi } from './api.ts';
import { ApiError, SIGN_IN_NEEDED } from './api-error.ts';
import { publicPages } from './core-pages.ts';
import { chosenLocale, createI18n, localeOf, startI18n } from './i18n.ts';
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
  const storage = browserStorage();
  const names = workspaces.map((workspace) => workspace.name);
  const locale = chosenLocale(storage, navigator.languages);
  const i18n = createI18n();
  const api = createApi({
    fetch: (...call) => fetch(...call),
    locale: () => (i18n.isInitialized ? localeOf(i18n) : locale),
  });
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
  // The texts, the frame, the person and the first page are all on their way at once.
  if (!publicPages.some((page) => page.path === location.pathname)) void loadFrame();
  void router.load();
  await startI18n(i18n, locale, storage);
  loadJapaneseFont(locale);
  return { services: { api, live, queryClient, refresh }, router, i18n };
}

function liveAddress({ protocol, host }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api/live`;
}

/** Only its list of pieces; the browser fetches those whose characters it has to show. */
function loadJapaneseFont(locale: string) {
  const load = () => void import('@fontsource-variable/noto-sans-jp');
  if (locale === 'ja') load();
  // Elsewhere it is for single names: not before everything that is needed. Safari has no idle callback.
  else setTimeout(load, 2_000);
}
