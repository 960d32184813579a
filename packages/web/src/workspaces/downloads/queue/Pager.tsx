import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../ui/icons.tsx';

/** Where one is in a list of any length: only one page of it is ever in the document. */
export interface Pages {
  readonly cursor: string | undefined;
  readonly page: number;
  next(cursor: string): void;
  back(): void;
}

/** @param list what is listed: another one begins at its first page */
export function usePageCursor(list: string): Pages {
  const [state, setState] = useState<{ list: string; cursors: readonly string[] }>({
    list,
    cursors: [],
  });
  const cursors = state.list === list ? state.cursors : [];
  return {
    cursor: cursors.at(-1),
    page: cursors.length,
    next: (cursor) => setState({ list, cursors: [...cursors, cursor] }),
    back: () => setState({ list, cursors: cursors.slice(0, -1) }),
  };
}

/** Buttons to the pages before and after, and which rows are shown. */
export function Pager({
  pages,
  rows,
  rowsAtOnce,
  nextCursor,
  label,
}: {
  readonly pages: Pages;
  /** Shown now. */
  readonly rows: number;
  readonly rowsAtOnce: number;
  readonly nextCursor: string | null;
  /** Of the list, for a screen reader. */
  readonly label: string;
}) {
  const { t } = useTranslation('downloads');
  if (pages.page === 0 && nextCursor === null) return null;
  const first = pages.page * rowsAtOnce + 1;
  return (
    <Group
      component="nav"
      justify="center"
      gap="sm"
      mt="sm"
      aria-label={t('pager.label', { label })}
    >
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon name="chevronLeft" size={14} />}
        disabled={pages.page === 0}
        onClick={pages.back}
      >
        {t('pager.back')}
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {t('pager.rows', { from: first, to: first + rows - 1 })}
      </Text>
      <Button
        variant="default"
        size="xs"
        rightSection={<Icon name="chevronRight" size={14} />}
        disabled={nextCursor === null}
        onClick={() => nextCursor !== null && pages.next(nextCursor)}
      >
        {t('pager.next')}
      </Button>
    </Group>
  );
}
