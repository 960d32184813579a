import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.ts';
import { Icon } from '../../ui/icons.tsx';
import { Section } from '../../ui/section.tsx';
import { AccountHeader } from './account-header.tsx';
import { NewToken } from './new-token.tsx';
import { tokensKey } from './query-keys.ts';
import { TokensTable } from './tokens-table.tsx';

const mine = { path: '/api/tokens', queryKey: tokensKey };

/** Keys for programs that act in the person's name. */
export function TokensPage() {
  const { t } = useTranslation();
  const { permissions } = useMe();
  const [opened, { open, close }] = useDisclosure(false);
  const create = (
    <Button size="xs" leftSection={<Icon name="plus" size={15} />} onClick={open}>
      {t('account.tokens.create')}
    </Button>
  );
  return (
    <>
      <AccountHeader title={t('account.tokens.title')} />
      <Section description={t('account.tokens.text')} actions={create}>
        <TokensTable {...mine} />
      </Section>
      <NewToken {...mine} permissions={permissions} opened={opened} onClose={close} />
    </>
  );
}
