import type catalogue from './i18n/en.json';

declare module '../app/i18n.ts' {
  interface Catalogues {
    charts: typeof catalogue;
  }
}
