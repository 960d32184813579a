import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';
import { PageTabs } from '../../ui/page-tabs.tsx';

/** Top of the account pages. `title` is of the page shown. */
export function AccountHeader({ title }: { title: string }) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={title} parents={[{ label: t('account.title'), to: '/account' }]} />
      <PageTabs
        label={t('account.title')}
        tabs={[
          { to: '/account', label: t('account.profile.title') },
          { to: '/account/security', label: t('account.security.title') },
          { to: '/account/sessions', label: t('account.sessions.title') },
          { to: '/account/tokens', label: t('account.tokens.title') },
        ]}
      />
    </>
  );
}
