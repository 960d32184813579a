import type { TFunction } from 'i18next';
import { ApiError, BAD_REPLY, NETWORK } from '../app/api-error.ts';

/** What to tell the reader about an error: the server's words, or ours where there were none. */
export function errorText(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiError)) return t('state.error.unexpected');
  if (error.code === NETWORK) return t('state.offline.text');
  if (error.code === BAD_REPLY) return t('state.error.badReply', { status: error.status });
  return error.detail;
}
