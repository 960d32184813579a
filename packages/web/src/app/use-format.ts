import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createFormat, type Format } from '../ui/format.ts';
import { localeOf } from './i18n.ts';
import { useOrganisation } from './session.ts';

/** Formats in the language of the page, with the organisation's currency and time zone. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const locale = localeOf(i18n);
  const { currency, timeZone } = useOrganisation();
  return useMemo(() => createFormat({ locale, currency, timeZone }), [locale, currency, timeZone]);
}
