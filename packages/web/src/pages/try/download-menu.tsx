import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { downloadText } from '../../charts/download.ts';
import { Icon } from '../../ui/icons.tsx';

export interface Download {
  readonly label: string;
  /** With its extension, which says what it is. */
  readonly name: `${string}.csv` | `${string}.json`;
  readonly text: () => string;
}

/** What was found, as files to take away. */
export function DownloadMenu({ downloads }: { readonly downloads: readonly Download[] }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" />}>
          {t('try.download.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {downloads.map(({ label, name, text }) => (
          <Menu.Item
            key={name}
            onClick={() =>
              downloadText(name, text(), name.endsWith('.csv') ? 'text/csv' : 'application/json')
            }
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What the names of a file's results begin with. */
export function fileStem(name: string): string {
  return plainName(name.replace(/\.\w+$/, ''));
}

/** As a part of a file's name. */
export function plainName(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_');
}
