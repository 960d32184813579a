import { useTranslation } from 'react-i18next';
import { localeOf } from '../../app/i18n.ts';
import type { Language } from '../../ui/figure-text.ts';

/** The language of the page. */
export function useLanguage(): Language {
  return localeOf(useTranslation().i18n);
}
