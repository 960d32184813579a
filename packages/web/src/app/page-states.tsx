import { Anchor } from '@mantine/core';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../ui/page-header.tsx';
import { Empty, ErrorState, Loading, NoPermission } from '../ui/states.tsx';
import { PermissionMissing } from './permission-missing.ts';

export function PageLoading() {
  return (
    <div className="kz-page">
      <Loading height={420} />
    </div>
  );
}

export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <div className="kz-page">
      {error instanceof PermissionMissing ? (
        <NoPermission />
      ) : (
        <ErrorState error={error} onRetry={retry} />
      )}
    </div>
  );
}

export function PageMissing() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('state.notFound.title')} />
      <Empty
        icon="search"
        title={t('state.notFound.heading')}
        action={
          <Anchor component={Link} to="/">
            {t('state.notFound.home')}
          </Anchor>
        }
      >
        {t('state.notFound.text')}
      </Empty>
    </>
  );
}
