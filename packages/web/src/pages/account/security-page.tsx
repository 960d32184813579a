import { useTranslation } from 'react-i18next';
import { AccountHeader } from './account-header.tsx';
import { PasswordSection } from './password-section.tsx';
import { TwoStepSection } from './two-step-section.tsx';

export function SecurityPage() {
  const { t } = useTranslation();
  return (
    <>
      <AccountHeader title={t('account.security.title')} />
      <PasswordSection />
      <TwoStepSection />
    </>
  );
}
