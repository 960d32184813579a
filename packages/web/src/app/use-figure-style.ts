import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FigureStyle, FigureUnit } from '../ui/figure-text.ts';
import { localeOf } from './i18n.ts';
import { useOrganisation } from './session.ts';

/** How figures of a unit read in the language of the page and the organisation's currency. */
export function useFigureStyle(unit: FigureUnit): FigureStyle {
  const { i18n } = useTranslation();
  const { currency } = useOrganisation();
  const language = localeOf(i18n);
  return useMemo(() => ({ unit, currency, language }), [unit, currency, language]);
}
