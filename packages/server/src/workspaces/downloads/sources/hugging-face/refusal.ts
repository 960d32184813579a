import type { AppError } from '../../../../core/errors.ts';
import { sourceErrors } from '../errors.ts';
import { oneLine, wordsOf } from '../head-error.ts';
import { passingRefusal, type Refusal } from '../refusal.ts';

/** What the hub means by an answer that is no success: `X-Error-Code` says more than the status. */
export function huggingFaceRefusal(refusal: Refusal): AppError {
  const { status, headers, host, path, json, text, withToken } = refusal;
  const code = headers['x-error-code'];
  const message = headers['x-error-message'];
  const what = whatOf(path);
  if (code === 'GatedRepo') return sourceErrors.DOWNLOADS_GATED({ host, what });
  if (
    code === 'RepoNotFound' ||
    code === 'RevisionNotFound' ||
    code === 'EntryNotFound' ||
    status === 404
  )
    return sourceErrors.DOWNLOADS_SOURCE_NOT_FOUND({ host, what });
  if (status === 401)
    return withToken
      ? sourceErrors.DOWNLOADS_TOKEN_REFUSED({ host, source: 'Hugging Face' })
      : sourceErrors.DOWNLOADS_LOGIN_NEEDED({ host, source: 'Hugging Face' });
  if (status === 403) return sourceErrors.DOWNLOADS_ACCOUNT_REFUSED({ host });
  const passing = passingRefusal(refusal);
  if (passing) return passing;
  const words = typeof message === 'string' ? oneLine(message) : null;
  const reason = words ?? (json !== null ? wordsOf(json) : oneLine(text) || '—');
  return /cursor/i.test(reason) && status === 400
    ? sourceErrors.DOWNLOADS_CURSOR_STALE({ host })
    : sourceErrors.DOWNLOADS_SOURCE_REFUSED({ host, status, reason });
}

/** `owner/name/file` of `/api/models/owner/name/…` and `/owner/name/resolve/main/file`. */
function whatOf(path: string): string {
  const parts = path.replace(/^\/api\/models\//, '/').split('/');
  return parts
    .filter((part) => !['', 'api', 'resolve', 'tree', 'revision'].includes(part))
    .join('/')
    .slice(0, 200);
}
