import { ActionIcon, CopyButton, Group, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../ui/icons.tsx';
import classes from '../downloads.module.css';

/** A value to read and to copy with one press. */
export function CopyValue({ name, value }: { readonly name: string; readonly value: string }) {
  const { t } = useTranslation('downloads');
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <span className={`kz-mono ${classes.hash}`}>{value}</span>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? 'copied' : 'copy', { name })} opened={copied || undefined!}>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              onClick={copy}
              aria-label={t(copied ? 'copied' : 'copy', { name })}
            >
              <Icon name={copied ? 'check' : 'copy'} size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
