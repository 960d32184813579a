import type { WebWorkspace } from '../../app/workspace.ts';
import type catalogue from './i18n/en.json';

declare module '../../app/i18n.ts' {
  interface Catalogues {
    features: typeof catalogue;
  }
}

/** Features in the browser: series in, runs, and what came of them. */
export const featuresWorkspace: WebWorkspace = {
  name: 'features',
  navigation: [
    entry('/features', 'series', 'wave'),
    entry('/features/runs', 'runs', 'play'),
    entry('/features/catalogue', 'catalogue', 'book'),
    entry('/features/quality', 'quality', 'gauge'),
    entry('/features/lottery', 'lottery', 'dice'),
  ],
  routes: [
    {
      path: '/features',
      permission: 'features.read',
      load: () => import('./series/SeriesPage.tsx').then((page) => page.SeriesPage),
    },
    {
      path: '/features/series',
      permission: 'features.read',
      load: () => import('./series/ExplorerPage.tsx').then((page) => page.ExplorerPage),
    },
    {
      path: '/features/import',
      permission: 'features.read',
      load: () => import('./import/ImportsPage.tsx').then((page) => page.ImportsPage),
    },
    {
      path: '/features/import/$id',
      permission: 'features.read',
      load: () => import('./import/ImportPage.tsx').then((page) => page.ImportPage),
    },
    {
      path: '/features/runs',
      permission: 'features.read',
      load: () => import('./runs/RunsPage.tsx').then((page) => page.RunsPage),
    },
    {
      path: '/features/runs/new',
      permission: 'features.run',
      load: () => import('./runs/NewRunPage.tsx').then((page) => page.NewRunPage),
    },
    {
      path: '/features/runs/$id',
      permission: 'features.read',
      load: () => import('./runs/RunPage.tsx').then((page) => page.RunPage),
    },
    {
      path: '/features/catalogue',
      permission: 'features.read',
      load: () => import('./catalogue/CataloguePage.tsx').then((page) => page.CataloguePage),
    },
    {
      path: '/features/quality',
      permission: 'features.read',
      load: () => import('./quality/QualityPage.tsx').then((page) => page.QualityPage),
    },
    {
      path: '/features/lottery',
      permission: 'features.read',
      load: () => import('./lottery/LotteryPage.tsx').then((page) => page.LotteryPage),
    },
  ],
  dataTopics: [],
};

function entry(path: string, name: string, icon: WebWorkspace['navigation'][number]['icon']) {
  return { path, labelKey: `navigation.${name}`, permission: 'features.read', icon };
}
