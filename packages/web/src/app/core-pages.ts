import type { NavigationEntry, PageRoute } from './workspace.ts';

/** Pages without sign-in. Their secrets travel behind `#`, which browsers never send. */
export const publicPages: readonly PageRoute[] = [
  {
    path: '/sign-in',
    load: () => import('../pages/entrance/sign-in-page.tsx').then((page) => page.SignInPage),
  },
];

/** Pages of the core inside the frame. */
export const corePages: readonly PageRoute[] = [];

export interface NavigationGroup {
  /** Key in the core's catalogue. */
  readonly labelKey: string;
  readonly entries: readonly NavigationEntry[];
}

/** Navigation below the workspaces'. */
export const coreNavigation: readonly NavigationGroup[] = [];
