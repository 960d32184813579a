import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { AppearanceMenu } from '../../app/shell/appearance-menu.tsx';
import { LanguageMenu } from '../../app/shell/language-menu.tsx';
import { Logo } from '../../ui/logo.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { Horizon } from './horizon.tsx';

/** The card that pages without sign-in are shown on. */
export function Entrance({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  usePageTitle(title);
  return (
    <div className="kz-entrance">
      <Group component="header" justify="space-between" className="kz-entrance-top">
        <Logo />
        <Group gap={4}>
          <LanguageMenu signedIn={false} />
          <AppearanceMenu />
        </Group>
      </Group>
      <Horizon />
      <main className="kz-entrance-main">
        <Paper className="kz-entrance-card">
          <Stack gap="md">
            <div>
              <Title order={1}>{title}</Title>
              {description !== undefined && (
                <Text c="dimmed" component="div" mt={4}>
                  {description}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
      </main>
    </div>
  );
}
