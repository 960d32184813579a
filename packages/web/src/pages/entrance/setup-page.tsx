import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/states.tsx';
import { Entrance } from './entrance.tsx';
import { useLinkSecret } from './link-secret.ts';
import { NewAccountForm } from './new-account-form.tsx';
import { useEntered } from './use-entered.ts';

/** Where the one-time link of the first start leads: the first administrator. */
export function SetupPage() {
  const { t } = useTranslation();
  const secret = useLinkSecret();
  const entered = useEntered();
  return (
    <Entrance title={t('setup.title')} description={t('setup.text')}>
      {secret === '' ? (
        <Empty icon="key" title={t('link.incomplete')}>
          {t('setup.incomplete')}
        </Empty>
      ) : (
        <NewAccountForm
          path="/api/auth/setup"
          extra={{ secret }}
          submit={t('setup.submit')}
          onDone={(me) => void entered(me)}
        />
      )}
    </Entrance>
  );
}
