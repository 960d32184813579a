import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { localeNames, localeOf, locales } from '../i18n.ts';
import { useChangeLocale } from '../use-change-locale.ts';

export function LanguageMenu({ signedIn = true }: { signedIn?: boolean }) {
  const { t, i18n } = useTranslation();
  const change = useChangeLocale(signedIn);
  const current = localeOf(i18n);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('shell.language')}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('shell.language')}>
            <Icon name="globe" />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={current} onChange={(value) => change(value === 'ja' ? 'ja' : 'en')}>
          {locales.map((locale) => (
            <Menu.RadioItem key={locale} value={locale} lang={locale} closeMenuOnClick>
              {localeNames[locale]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
