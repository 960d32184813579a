import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

const colors = { good: 'midori', busy: 'ai', quiet: 'gray', warning: 'ki', bad: 'shu' } as const;

/** A state in a word. Colour only repeats what the word says. */
export function StateBadge({ tone, children }: { tone: keyof typeof colors; children: ReactNode }) {
  return (
    <Badge variant="light" color={colors[tone]} radius="sm" className="kz-badge" data-tone={tone}>
      {children}
    </Badge>
  );
}
