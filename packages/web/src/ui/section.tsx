import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A card of a page: heading, actions at its right, content. */
export function Section({
  title,
  description,
  actions,
  children,
}: {
  title?: string;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="kz-section">
      {(title !== undefined || actions !== undefined) && (
        <Group justify="space-between" align="flex-start" mb="sm" gap="sm">
          <div>
            {title !== undefined && <Title order={2}>{title}</Title>}
            {description !== undefined && (
              <Text c="dimmed" size="sm" component="div">
                {description}
              </Text>
            )}
          </div>
          {actions !== undefined && <Group gap="xs">{actions}</Group>}
        </Group>
      )}
      {children}
    </section>
  );
}
