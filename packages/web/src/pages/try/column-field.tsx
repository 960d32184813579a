import { Autocomplete } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Names a column: one of those found in the file, or what is typed. */
export function ColumnField({
  label,
  description,
  columns,
  value,
  onChange,
  required = false,
  found = required,
  missing = false,
}: {
  readonly label: string;
  readonly description?: string;
  /** Empty where no file was looked into yet. */
  readonly columns: readonly string[];
  readonly value: string;
  readonly onChange: (column: string) => void;
  readonly required?: boolean;
  /** Whether it is looked for where it is empty; required ones are. */
  readonly found?: boolean;
  /** It was asked for and not found. */
  readonly missing?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Autocomplete
      label={label}
      {...(description !== undefined && { description })}
      placeholder={t(found ? 'try.found' : 'try.noColumn')}
      data={[...new Set(columns)]}
      value={value}
      onChange={onChange}
      withAsterisk={required}
      error={missing ? t('try.columnMissing') : undefined}
    />
  );
}
