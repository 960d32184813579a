import { ActionIcon, CopyButton, Group, TextInput, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons.tsx';

/** A link or token that is shown once: readable, selectable, copied with one press. */
export function SecretField({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <TextInput
        label={label}
        value={value}
        readOnly
        flex={1}
        classNames={{ input: 'kz-mono' }}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? 'copy.done' : 'copy.do')} opened={copied || undefined!}>
            <ActionIcon
              size={36}
              variant="default"
              onClick={copy}
              aria-label={t(copied ? 'copy.done' : 'copy.do')}
            >
              <Icon name={copied ? 'check' : 'copy'} />
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
