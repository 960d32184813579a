import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The rule of the contract, told before the form is sent: at least 10 characters, at most 72 bytes. */
export function NewPassword({
  label,
  value,
  onChange,
  error,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}) {
  const { t } = useTranslation();
  const tooLong = new TextEncoder().encode(value).length > 72;
  return (
    <PasswordInput
      label={label}
      description={t('password.rule')}
      autoComplete="new-password"
      required
      withAsterisk={false}
      minLength={10}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={tooLong ? t('password.tooLong') : error}
    />
  );
}
