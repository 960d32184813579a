import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';
import { PageTabs } from '../../ui/page-tabs.tsx';

export function UsersHeader({ actions }: { actions?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('users.title')} description={t('users.text')} actions={actions} />
      <PageTabs
        label={t('users.title')}
        tabs={[
          { to: '/administration/users', label: t('users.accounts') },
          { to: '/administration/invitations', label: t('invitation.title') },
        ]}
      />
    </>
  );
}
