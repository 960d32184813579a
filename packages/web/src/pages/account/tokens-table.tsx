import { type Token, tokenSchema } from '@kizashi/server/contract/auth';
import { okSchema } from '@kizashi/server/contract/http';
import { Code, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useApi } from '../../app/services.tsx';
import { useChanged } from '../../app/use-changed.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Empty } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';

const tokensSchema = z.object({ items: z.array(tokenSchema) });

/** The tokens of one person: `/api/tokens` for one's own, `/api/users/<id>/tokens` for somebody else's. */
export interface TokensOf {
  readonly path: string;
  readonly queryKey: readonly unknown[];
}

export function TokensTable({ path, queryKey }: TokensOf) {
  const { t } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const tokens = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get(path, tokensSchema, { signal }),
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.delete(`${path}/${id}`, okSchema),
    onSuccess: () => changed(t('account.tokens.removed'), queryKey),
  });
  const columns: Column<Token>[] = [
    {
      id: 'name',
      header: t('field.name'),
      sortBy: (token) => token.name,
      cell: (token) => (
        <>
          <Text fw={500}>{token.name}</Text>
          <Code className="kz-mono">{token.prefix}…</Code>
        </>
      ),
    },
    {
      id: 'scopes',
      header: t('account.tokens.scopes'),
      secondary: true,
      cell: (token) => <Text size="sm">{token.scopes.join(', ')}</Text>,
    },
    {
      id: 'expires',
      header: t('account.tokens.expires'),
      sortBy: (token) => token.expiresAt ?? Number.POSITIVE_INFINITY,
      cell: (token) =>
        token.expiresAt === null ? (
          t('time.never')
        ) : token.expiresAt < Date.now() ? (
          <StateBadge tone="bad">{t('account.tokens.expired')}</StateBadge>
        ) : (
          <Time at={token.expiresAt} />
        ),
    },
    {
      id: 'used',
      header: t('account.tokens.lastUsed'),
      secondary: true,
      cell: (token) => <Time at={token.lastUsedAt} relative />,
    },
    {
      id: 'actions',
      header: t('list.actions'),
      hiddenHeader: true,
      align: 'right',
      cell: (token) => (
        <ConfirmButton
          title={t('account.tokens.remove')}
          text={t('account.tokens.removeText', { name: token.name })}
          confirm={t('account.tokens.remove')}
          onConfirm={() => remove.mutate(token.id)}
        >
          {t('account.tokens.remove')}
        </ConfirmButton>
      ),
    },
  ];
  return (
    <QueryState query={tokens} lines={4}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="key" title={t('account.tokens.none')}>
            {t('account.tokens.noneText')}
          </Empty>
        ) : (
          <DataTable
            label={t('account.tokens.title')}
            columns={columns}
            rows={items}
            rowKey={(token) => token.id}
          />
        )
      }
    </QueryState>
  );
}
