import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from '../../ui/logo.tsx';
import { useServices } from '../services.tsx';
import { DataListener } from './data-listener.tsx';
import { HeaderTools } from './header-tools.tsx';
import { Navigation } from './navigation.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { StaleNotice } from './stale-notice.tsx';
import { UpdatesDrawer } from './updates-drawer.tsx';

/** Header, navigation and the page; shown to those who are signed in. */
export function Frame() {
  const { t } = useTranslation();
  const { live } = useServices();
  const [opened, { toggle, close }] = useDisclosure(false);
  const [historyOpened, history] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes whenever the page changes
  useEffect(close, [path]);
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'md', collapsed: { mobile: !opened } }}
      padding={0}
    >
      <a className="kz-skip" href="#main">
        {t('shell.skip')}
      </a>
      <AppShell.Header className="kz-header">
        <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={t(opened ? 'shell.closeNavigation' : 'shell.openNavigation')}
              aria-expanded={opened}
            />
            <Link to="/" className="kz-home-link">
              <Logo />
            </Link>
          </Group>
          <HeaderTools onHistory={history.open} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className="kz-navbar">
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className="kz-main">
        <StaleNotice />
        <div className="kz-page">
          <Outlet />
        </div>
      </AppShell.Main>
      <DataListener />
      <UpdatesDrawer opened={historyOpened} onClose={history.close} />
      <Shortcuts onHistory={history.open} />
    </AppShell>
  );
}
