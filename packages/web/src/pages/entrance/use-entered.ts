import type { Me } from '@kizashi/server/contract/auth';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { meKey } from '../../app/session.ts';
import { safeReturn } from './safe-return.ts';

/** What follows a successful sign-in: nothing of another person stays, the person's language, the wanted page. */
export function useEntered(): (me: Me, returnTo?: unknown) => Promise<void> {
  const { i18n } = useTranslation();
  const queryClient = useQueryClient();
  const router = useRouter();
  return async (me, returnTo) => {
    queryClient.clear();
    queryClient.setQueryData(meKey, me);
    await i18n.changeLanguage(me.user.locale);
    await router.navigate({ href: safeReturn(returnTo), replace: true });
  };
}
