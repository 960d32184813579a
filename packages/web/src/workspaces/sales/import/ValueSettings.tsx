import type { ImportMapping } from '@kizashi/server/workspaces/sales';
import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useOrganisation } from '../../../app/session.ts';

const dateOrders = ['unambiguous', 'day-first', 'month-first'] as const;

/** What the cells mean: dates, times and money. */
export function ValueSettings({
  mapping,
  onChange,
}: {
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
}) {
  const { t, i18n } = useTranslation('sales');
  const organisation = useOrganisation();
  const currencies = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'currency' });
    return Intl.supportedValuesOf('currency').map((code) => ({
      value: code,
      label: `${code} · ${names.of(code) ?? code}`,
    }));
  }, [i18n.language]);
  const zones = useMemo(
    () => [...new Set(['UTC', organisation.timeZone, ...Intl.supportedValuesOf('timeZone')])],
    [organisation.timeZone],
  );
  return (
    <>
      <Select
        w={240}
        label={t('import.check.dateOrder')}
        allowDeselect={false}
        value={mapping.dateOrder}
        onChange={(value) =>
          onChange({
            ...mapping,
            dateOrder: (value ?? 'unambiguous') as (typeof dateOrders)[number],
          })
        }
        data={dateOrders.map((value) => ({ value, label: t(`import.check.dateOrders.${value}`) }))}
      />
      <Select
        w={180}
        label={t('import.check.decimalMark')}
        allowDeselect={false}
        value={mapping.decimalMark ?? 'found'}
        onChange={(value) => onChange(withDecimalMark(mapping, value))}
        data={[
          { value: 'found', label: t('import.check.decimalMarks.found') },
          { value: '.', label: t('import.check.decimalMarks.point') },
          { value: ',', label: t('import.check.decimalMarks.comma') },
        ]}
      />
      <Select
        w={240}
        label={t('import.check.timeZone')}
        allowDeselect={false}
        searchable
        limit={100}
        value={mapping.timeZone}
        onChange={(value) => onChange({ ...mapping, timeZone: value ?? mapping.timeZone })}
        data={zones}
      />
      <Select
        w={240}
        label={t('import.check.currency')}
        description={
          mapping.currency === organisation.currency
            ? undefined
            : t('import.check.currencyNote', { currency: organisation.currency })
        }
        allowDeselect={false}
        searchable
        limit={100}
        value={mapping.currency}
        onChange={(value) => onChange({ ...mapping, currency: value ?? mapping.currency })}
        data={currencies}
      />
    </>
  );
}

/** Absent, the server takes what it finds in the file. */
function withDecimalMark(
  { decimalMark: _, ...mapping }: ImportMapping,
  mark: string | null,
): ImportMapping {
  return mark === '.' || mark === ',' ? { ...mapping, decimalMark: mark } : mapping;
}
