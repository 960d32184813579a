import { dataMessage, salesDimensions, valuesSchema } from '@kizashi/server/workspaces/sales';
import type { WebWorkspace } from '../../app/workspace.ts';
import type catalogue from './i18n/en.json';

declare module '../../app/i18n.ts' {
  interface Catalogues {
    sales: typeof catalogue;
  }
}

/** Sales in the browser: Home, forecasts and imports. */
export const salesWorkspace: WebWorkspace = {
  name: 'sales',
  navigation: [
    { path: '/sales', labelKey: 'navigation.home', permission: 'sales.read', icon: 'home' },
    {
      path: '/sales/forecast',
      labelKey: 'navigation.forecast',
      permission: 'sales.read',
      icon: 'forecast',
    },
    {
      path: '/sales/import',
      labelKey: 'navigation.import',
      permission: 'sales.import',
      icon: 'upload',
    },
  ],
  routes: [
    {
      path: '/sales',
      permission: 'sales.read',
      load: () => import('./home/HomePage.tsx').then((page) => page.HomePage),
    },
    {
      path: '/sales/forecast',
      permission: 'sales.read',
      load: () => import('./forecast/ForecastPage.tsx').then((page) => page.ForecastPage),
    },
    {
      path: '/sales/import',
      permission: 'sales.read',
      load: () => import('./import/ImportsPage.tsx').then((page) => page.ImportsPage),
    },
    {
      path: '/sales/import/new',
      permission: 'sales.import',
      load: () => import('./import/NewImportPage.tsx').then((page) => page.NewImportPage),
    },
    {
      path: '/sales/import/$id',
      permission: 'sales.read',
      load: () => import('./import/ImportPage.tsx').then((page) => page.ImportPage),
    },
  ],
  dataTopics: [
    {
      topic: 'sales.data',
      permission: 'sales.read',
      schema: dataMessage,
      describe: (message) => {
        const { lines, reason } = dataMessage.parse(message);
        return { labelKey: changeKey(reason), values: { lines } };
      },
    },
  ],
  dimensions: salesDimensions.map((name) => ({
    name,
    labelKey: `filter.${name}`,
    search: async (api, search, signal) => {
      const query = { dimension: name, search };
      return (await api.get('/api/sales/values', valuesSchema, { query, signal })).items;
    },
  })),
};

function changeKey(reason: string): string {
  return reason === 'import' || reason === 'undo' ? `change.${reason}` : 'change.data';
}
