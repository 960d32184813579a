import { Anchor, Breadcrumbs, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { usePageTitle } from './use-page-title.ts';

/** Says whether a page before this one was shown: then its heading takes the focus. */
export const PageChangeContext = createContext<{ pagesShown: number }>({ pagesShown: 0 });

export interface PageHeaderProps {
  title: string;
  description?: ReactNode;
  parents?: readonly { label: string; to: string }[];
  actions?: ReactNode;
}

/**
 * Top of every page: title (also of the browser tab), where it belongs, and its main actions.
 * After a change of page it takes the focus, so that a screen reader says where one is.
 */
export function PageHeader({ title, description, parents = [], actions }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const pages = useContext(PageChangeContext);
  usePageTitle(title);
  useEffect(() => {
    if (pages.pagesShown > 0) heading.current?.focus({ preventScroll: true });
    pages.pagesShown += 1;
  }, [pages]);
  return (
    <header className="kz-page-header">
      {parents.length > 0 && (
        <Breadcrumbs separator="/" mb={4}>
          {parents.map((parent) => (
            <Anchor key={parent.to} component={Link} to={parent.to} size="sm">
              {parent.label}
            </Anchor>
          ))}
        </Breadcrumbs>
      )}
      <Group justify="space-between" align="flex-end" gap="sm">
        <div>
          <Title order={1} ref={heading} tabIndex={-1} className="kz-page-title">
            {title}
          </Title>
          {description !== undefined && (
            <Text c="dimmed" component="div">
              {description}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
    </header>
  );
}
