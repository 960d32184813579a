import { createInstance, type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type core from '../i18n/en.json';
import type { browserStorage } from './storage.ts';

export const locales = ['en', 'ja'] as const;
export type Locale = (typeof locales)[number];
/** Each language under its own name, whatever the language of the page. */
export const localeNames: Record<Locale, string> = { en: 'English', ja: '日本語' };

/** Texts by namespace. A workspace adds its own from its `index.ts`, so that every key is checked. */
export interface Catalogues {
  core: typeof core;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'core';
    resources: Catalogues;
  }
}

const STORAGE_KEY = 'kizashi.locale';
type Load = () => Promise<Record<string, unknown>>;

/** Namespace → language → catalogue. `src/i18n` is `core`; any other folder gives its name: `sales`, `charts`. */
const catalogues = new Map<string, Map<string, Load>>();
const files = import.meta.glob<Record<string, unknown>>(
  ['../i18n/*.json', '../*/i18n/*.json', '../workspaces/*/i18n/*.json'],
  { import: 'default' },
);
for (const [path, load] of Object.entries(files)) {
  const [, folder, language] = /([\w.-]+)\/i18n\/(\w+)\.json$/.exec(path)!;
  const namespace = folder === '..' ? 'core' : folder!;
  const languages = catalogues.get(namespace) ?? new Map<string, Load>();
  catalogues.set(namespace, languages.set(language!, load));
}

/** Every namespace there is. */
export const namespaces = [...catalogues.keys()];

/** A catalogue is fetched when its language is first shown. */
async function loadCatalogue(locale: string, namespace: string) {
  const load = catalogues.get(namespace)?.get(locale);
  if (load === undefined) throw new Error(`no texts for ${namespace} in ${locale}`);
  return load();
}

export function chosenLocale(
  storage: ReturnType<typeof browserStorage>,
  languages: readonly string[],
): Locale {
  const stored = storage.getItem(STORAGE_KEY);
  const wanted = stored === null ? languages : [stored];
  for (const language of wanted) {
    const found = locales.find((locale) => language.toLowerCase().startsWith(locale));
    if (found !== undefined) return found;
  }
  return 'en';
}

/** Texts by key. Nothing is loaded before `startI18n`. */
export function createI18n(): I18n {
  return createInstance()
    .use({
      type: 'backend',
      init() {},
      read(language: string, namespace: string, done: (error: unknown, data: unknown) => void) {
        loadCatalogue(language, namespace).then(
          (data) => done(null, data),
          (error: unknown) => done(error, null),
        );
      },
    })
    .use(initReactI18next);
}

/** Loads every catalogue of the language; a later choice is remembered in the browser. */
export async function startI18n(
  i18n: I18n,
  locale: Locale,
  storage: ReturnType<typeof browserStorage>,
): Promise<void> {
  document.documentElement.lang = locale;
  await i18n.init({
    lng: locale,
    fallbackLng: false,
    supportedLngs: [...locales],
    ns: namespaces,
    defaultNS: 'core',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    storage.setItem(STORAGE_KEY, language);
  });
}

/** The language of the page, for everything that is not a catalogue text. */
export function localeOf(i18n: I18n): Locale {
  return i18n.language === 'ja' ? 'ja' : 'en';
}
