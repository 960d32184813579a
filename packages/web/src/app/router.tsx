import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { workspaces } from '../workspaces/index.ts';
import type { Api } from './api.ts';
import { ApiError, SIGN_IN_NEEDED } from './api-error.ts';
import { corePages, publicPages } from './core-pages.ts';
import { PageError, PageLoading, PageMissing } from './page-states.tsx';
import { PermissionMissing } from './permission-missing.ts';
import { parseSearch, stringifySearch } from './search-params.ts';
import { meQuery, organisationQuery } from './session.ts';
import type { PageRoute } from './workspace.ts';

export interface RouterContext {
  readonly api: Api;
  readonly queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ notFoundComponent: PageMissing });

/** The frame's code is not needed by those who only sign in. */
export const loadFrame = () => import('./shell/frame.tsx');

/** Everything behind the sign-in. What all pages need is there before any of them is shown. */
const frame = createRoute({
  id: 'frame',
  getParentRoute: () => root,
  component: lazyRouteComponent(loadFrame, 'Frame'),
  beforeLoad: async ({ context, location }) => {
    try {
      const [me] = await Promise.all([
        context.queryClient.ensureQueryData(meQuery(context.api)),
        context.queryClient.ensureQueryData(organisationQuery(context.api)),
      ]);
      return { me };
    } catch (error) {
      if (error instanceof ApiError && error.code === SIGN_IN_NEEDED) {
        throw redirect({ to: '/sign-in', search: returnTo(location.href) });
      }
      throw error;
    }
  },
});

/** `/` is the first page of the navigation that the person may see. */
const home = createRoute({
  path: '/',
  getParentRoute: () => frame,
  beforeLoad: ({ context }) => {
    const first = workspaces
      .flatMap((workspace) => workspace.navigation)
      .find((entry) => context.me.permissions.includes(entry.permission));
    throw redirect({ to: first?.path ?? '/account', replace: true });
  },
});

/** Every other address, so that it is told inside the frame. */
const missing = createRoute({ path: '$', getParentRoute: () => frame, component: PageMissing });

function pageRoute({ path, permission, load }: PageRoute) {
  return createRoute({
    path,
    getParentRoute: () => frame,
    component: lazyRouteComponent(async () => ({ default: await load() })),
    beforeLoad: ({ context }) => {
      if (permission !== undefined && !context.me.permissions.includes(permission)) {
        throw new PermissionMissing(permission);
      }
    },
  });
}

function publicRoute({ path, load }: PageRoute) {
  return createRoute({
    path,
    getParentRoute: () => root,
    component: lazyRouteComponent(async () => ({ default: await load() })),
  });
}

export function createAppRouter(context: RouterContext) {
  const pages = [...workspaces.flatMap((workspace) => workspace.routes), ...corePages];
  return createRouter({
    routeTree: root.addChildren([
      frame.addChildren([home, ...pages.map(pageRoute), missing]),
      ...publicPages.map(publicRoute),
    ]),
    context,
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultErrorComponent: PageError,
    defaultNotFoundComponent: PageMissing,
    defaultPendingComponent: PageLoading,
    scrollRestoration: true,
  });
}

/** Where to go on after sign-in: only when it is more than Home. */
export function returnTo(href: string): { return?: string } {
  return href === '/' ? {} : { return: href };
}
