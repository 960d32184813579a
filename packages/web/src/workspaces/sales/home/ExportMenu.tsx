import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { withQuery } from '../../../app/api.ts';
import { Icon } from '../../../ui/icons.tsx';
import type { View } from '../queries.ts';

/** The sales lines of the view as a file. */
export function ExportMenu({ view }: { readonly view: View }) {
  const { t } = useTranslation('sales');
  const address = (encoding: string) => withQuery('/api/sales/export.csv', { ...view, encoding });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" />}>
          {t('home.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={address('utf-8')} download>
          {t('home.exportUtf8')}
        </Menu.Item>
        <Menu.Item component="a" href={address('shift_jis')} download>
          {t('home.exportShiftJis')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
