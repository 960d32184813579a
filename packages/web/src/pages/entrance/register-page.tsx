import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/services.tsx';
import { policyQuery } from '../../app/session.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { Empty } from '../../ui/states.tsx';
import { Entrance } from './entrance.tsx';
import { useLinkSecret } from './link-secret.ts';
import { NewAccountForm } from './new-account-form.tsx';
import { useEntered } from './use-entered.ts';

/** A new account: for everybody, or with an invitation, as the organisation decided. */
export function RegisterPage() {
  const { t } = useTranslation();
  const invitation = useLinkSecret();
  const policy = useQuery(policyQuery(useApi()));
  const entered = useEntered();
  return (
    <Entrance
      title={t('register.title')}
      description={invitation === '' ? undefined : t('register.invited')}
    >
      <QueryState query={policy} height={280}>
        {({ registration }) =>
          registration === 'open' || (registration === 'invited' && invitation !== '') ? (
            <NewAccountForm
              path="/api/auth/register"
              extra={invitation === '' ? {} : { invitation }}
              submit={t('register.submit')}
              onDone={(me) => void entered(me)}
            />
          ) : (
            <Empty icon="lock" title={t(`register.${registration}Title`)}>
              {t(`register.${registration}Text`)}
            </Empty>
          )
        }
      </QueryState>
      <Text size="sm">
        <Anchor component={Link} to="/sign-in" size="sm">
          {t('register.signIn')}
        </Anchor>
      </Text>
    </Entrance>
  );
}
