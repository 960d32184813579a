import { Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PLACEHOLDERS, pathPreview } from './path-preview.ts';

/** Template of folder and name, with what it makes of an example. */
export function PathTemplate({
  label,
  value,
  fallback,
  disabled = false,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  /** Used while the field is empty. */
  readonly fallback: string;
  readonly disabled?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useTranslation('downloads');
  const { path, unknown } = pathPreview(value.trim() || fallback);
  return (
    <div>
      <TextInput
        label={label}
        description={t('options.templateText', {
          names: PLACEHOLDERS.map((name) => `{${name}}`).join(' '),
        })}
        placeholder={fallback}
        value={value}
        maxLength={300}
        disabled={disabled}
        classNames={{ input: 'kz-mono' }}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={unknown.length > 0 && t('options.templateUnknown', { names: unknown.join(', ') })}
      />
      <Text size="xs" c="dimmed" mt={4} role="status" style={{ overflowWrap: 'anywhere' }}>
        {t('options.templatePreview', { path })}
      </Text>
    </div>
  );
}
