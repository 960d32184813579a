import { Select, Textarea } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { countries } from './countries.ts';

/** Whose holidays a forecast knows: two letters, or none. */
export function CountryField({
  value,
  onChange,
}: {
  readonly value: string | null;
  readonly onChange: (country: string | null) => void;
}) {
  const { t, i18n } = useTranslation();
  const language = localeOf(i18n);
  const names = useMemo(() => countries(language), [language]);
  return (
    <Select
      label={t('try.country')}
      description={t('try.countryText')}
      placeholder={t('try.noCountry')}
      data={names}
      value={value}
      onChange={onChange}
      searchable
      clearable
    />
  );
}

/** Events as lines, see `eventLines`; for the model that knows any. */
export function EventsField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (events: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <Textarea
      mt="md"
      label={t('try.events')}
      description={t('try.eventsText')}
      placeholder={t('try.eventsExample')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autosize
      minRows={3}
      maxRows={10}
    />
  );
}
