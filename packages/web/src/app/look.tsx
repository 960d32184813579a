import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { styleNonce } from './style-nonce.ts';
import { colorSchemeManager, cssVariables, theme } from './theme.ts';

/** The theme, with the few words that Mantine's own buttons need in the language of the page. */
export function Look({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const close = t('action.close');
  const showPassword = t('password.show');
  const worded = useMemo(() => {
    const closeButtonProps = { 'aria-label': close };
    return mergeThemeOverrides(theme, {
      components: {
        Modal: { defaultProps: { closeButtonProps } },
        Drawer: { defaultProps: { closeButtonProps } },
        Notification: { defaultProps: { closeButtonProps } },
        PasswordInput: {
          defaultProps: { visibilityToggleButtonProps: { 'aria-label': showPassword } },
        },
      },
    });
  }, [close, showPassword]);
  return (
    <MantineProvider
      theme={worded}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      {children}
    </MantineProvider>
  );
}
