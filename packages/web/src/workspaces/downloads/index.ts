import type { WebWorkspace } from '../../app/workspace.ts';
import type catalogue from './i18n/en.json';

declare module '../../app/i18n.ts' {
  interface Catalogues {
    downloads: typeof catalogue;
  }
}

/** Downloads in the browser: find, queue, watch, keep. */
export const downloadsWorkspace: WebWorkspace = {
  name: 'downloads',
  navigation: [
    entry('/downloads', 'search', 'search'),
    entry('/downloads/queue', 'queue', 'download'),
    entry('/downloads/library', 'library', 'library'),
    entry('/downloads/analytics', 'analytics', 'chart'),
    entry('/downloads/optimiser', 'optimiser', 'gauge'),
    entry('/downloads/settings', 'settings', 'settings'),
  ],
  routes: [
    {
      path: '/downloads',
      permission: 'downloads.run',
      load: () => import('./search/SearchPage.tsx').then((page) => page.SearchPage),
    },
    {
      path: '/downloads/add',
      permission: 'downloads.run',
      load: () => import('./add/AddPage.tsx').then((page) => page.AddPage),
    },
    {
      path: '/downloads/queue',
      permission: 'downloads.read',
      load: () => import('./queue/QueuePage.tsx').then((page) => page.QueuePage),
    },
    {
      path: '/downloads/queue/$id',
      permission: 'downloads.read',
      load: () => import('./queue/JobPage.tsx').then((page) => page.JobPage),
    },
    {
      path: '/downloads/library',
      permission: 'downloads.read',
      load: () => import('./library/LibraryPage.tsx').then((page) => page.LibraryPage),
    },
    {
      path: '/downloads/library/$id',
      permission: 'downloads.read',
      load: () => import('./library/FilePage.tsx').then((page) => page.FilePage),
    },
    {
      path: '/downloads/analytics',
      permission: 'downloads.read',
      load: () => import('./analytics/AnalyticsPage.tsx').then((page) => page.AnalyticsPage),
    },
    {
      path: '/downloads/optimiser',
      permission: 'downloads.read',
      load: () => import('./optimiser/OptimiserPage.tsx').then((page) => page.OptimiserPage),
    },
    {
      path: '/downloads/settings',
      permission: 'downloads.read',
      load: () => import('./settings/SettingsPage.tsx').then((page) => page.SettingsPage),
    },
  ],
  dataTopics: [],
};

function entry(path: string, name: string, icon: WebWorkspace['navigation'][number]['icon']) {
  const permission = name === 'search' ? 'downloads.run' : 'downloads.read';
  return { path, labelKey: `navigation.${name}`, permission, icon };
}
