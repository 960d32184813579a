import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';
import { PageTabs } from '../../ui/page-tabs.tsx';

export function AlertsHeader({ actions }: { actions?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('alert.title')} description={t('alert.text')} actions={actions} />
      <PageTabs
        label={t('alert.title')}
        tabs={[
          { to: '/alerts', label: t('alert.list') },
          { to: '/alerts/rules', label: t('rule.title') },
        ]}
      />
    </>
  );
}
