import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './product.ts';

export const locales = ['en', 'ja'] as const;
export type Locale = (typeof locales)[number];

/** The product's texts of one language by key, `sales:home.title`; without a namespace they are the core's. */
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

const folders: Record<string, string> = {
  core: 'i18n',
  charts: 'charts/i18n',
  sales: 'workspaces/sales/i18n',
  features: 'workspaces/features/i18n',
  downloads: 'workspaces/downloads/i18n',
};

/** A test written with these reads like a person who knows the language: one test serves both. */
export function wordsOf(locale: Locale): Words {
  const catalogues = Object.fromEntries(
    Object.entries(folders).map(([namespace, folder]) => [
      namespace,
      JSON.parse(
        readFileSync(join(root, 'packages/web/src', folder, `${locale}.json`), 'utf8'),
      ) as unknown,
    ]),
  );
  return (key, values = {}) => {
    const [namespace, path] = key.includes(':') ? key.split(':') : ['core', key];
    const text = (path ?? '')
      .split('.')
      .reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], {
        ...(catalogues[namespace ?? ''] as object),
      });
    if (typeof text !== 'string') throw new Error(`no text ${key} in ${locale}`);
    return text.replaceAll(/{{(\w+)}}/g, (_, name: string) =>
      String(values[name] ?? `{{${name}}}`),
    );
  };
}
