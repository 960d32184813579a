import type { AppError } from '../../../../core/errors.ts';
import { sourceErrors } from '../errors.ts';
import { oneLine, wordsOf } from '../head-error.ts';
import { passingRefusal, type Refusal } from '../refusal.ts';

/** A lost file may be a passing fault of the site's storage: worth one more look after this. */
const LOOK_AGAIN_SECONDS = 60;

/** What the site means by an answer that is no success. */
export function civitaiRefusal(refusal: Refusal): AppError {
  const { status, host, path, json, withToken } = refusal;
  const words = wordsOf(json);
  if (status === 429 && /unusual amount of downloading/i.test(words))
    return sourceErrors.DOWNLOADS_SOURCE_QUOTA({ host });
  if (status === 429 && /too many pages/i.test(words)) return refused(refusal);
  if (status === 400 && /invalid cursor/i.test(words))
    return sourceErrors.DOWNLOADS_CURSOR_STALE({ host });
  if (status === 401)
    return /disabled downloads/i.test(words)
      ? sourceErrors.DOWNLOADS_SWITCHED_OFF({ host })
      : loginError(host, withToken);
  if (status === 403 && json?.error === 'Early Access')
    return earlyAccess(host, typeof json.deadline === 'string' ? json.deadline : null);
  // A page in place of JSON comes from the protection before the site, which knows nothing of accounts.
  if (status === 403) return json === null ? refused(refusal) : forbidden(host);
  if (status === 404)
    return path.startsWith('/api/download/')
      ? sourceErrors.DOWNLOADS_SOURCE_FILE_NOT_FOUND({ host, seconds: LOOK_AGAIN_SECONDS })
      : sourceErrors.DOWNLOADS_SOURCE_NOT_FOUND({
          host,
          what: path.replace(/^\/api\/v\d+\//, ''),
        });
  if (status === 410) return sourceErrors.DOWNLOADS_ARCHIVED({ host });
  if (status === 451) return forbidden(host);
  return passingRefusal(refusal) ?? refused(refusal);
}

/** With a token that the site does not know it treats us as anybody: then the token is what is wrong. */
export function loginError(host: string, withToken: boolean): AppError {
  return withToken
    ? sourceErrors.DOWNLOADS_TOKEN_REFUSED({ host, source: 'CivitAI' })
    : sourceErrors.DOWNLOADS_LOGIN_NEEDED({ host, source: 'CivitAI' });
}

/** @param deadline ISO 8601, or null when the site does not say */
export function earlyAccess(host: string, deadline: string | null): AppError {
  const at = Date.parse(deadline ?? '');
  const until = Number.isNaN(at) ? '—' : new Date(at).toISOString().slice(0, 10);
  return sourceErrors.DOWNLOADS_EARLY_ACCESS({ host, until });
}

const forbidden = (host: string): AppError => sourceErrors.DOWNLOADS_ACCOUNT_REFUSED({ host });

function refused({ host, status, json, text }: Refusal): AppError {
  const page = json === null && /^\s*</.test(text);
  const reason = json !== null ? wordsOf(json) : page ? 'HTML' : oneLine(text) || '—';
  return sourceErrors.DOWNLOADS_SOURCE_REFUSED({ host, status, reason });
}
