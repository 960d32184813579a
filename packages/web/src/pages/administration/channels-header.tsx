import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';
import { PageTabs } from '../../ui/page-tabs.tsx';

export function ChannelsHeader({ actions }: { actions?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('channel.title')} description={t('channel.text')} actions={actions} />
      <PageTabs
        label={t('channel.title')}
        tabs={[
          { to: '/administration/channels', label: t('channel.list') },
          { to: '/administration/deliveries', label: t('delivery.title') },
        ]}
      />
    </>
  );
}
