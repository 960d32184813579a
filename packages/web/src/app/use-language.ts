import { useTranslation } from 'react-i18next';
import type { Language } from '../ui/figure-text.ts';
import { localeOf } from './i18n.ts';

/** The language of the page. */
export function useLanguage(): Language {
  return localeOf(useTranslation().i18n);
}
