import { meSchema } from '@kizashi/server/contract/auth';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Locale } from './i18n.ts';
import { useApi } from './services.tsx';
import { meKey } from './session.ts';

/** Changes the language of the page and, once signed in, of the server's words for this person. */
export function useChangeLocale(signedIn: boolean): (locale: Locale) => void {
  const { i18n } = useTranslation();
  const api = useApi();
  const queryClient = useQueryClient();
  return (locale) => {
    const changed = i18n.changeLanguage(locale);
    if (!signedIn) return;
    // Replies hold words in the old language: everything is loaded again once the server knows the new one.
    void changed
      .then(() => api.patch('/api/auth/me', meSchema, { locale }))
      .catch(() => queryClient.invalidateQueries({ queryKey: meKey }))
      .then(() => queryClient.invalidateQueries());
  };
}
