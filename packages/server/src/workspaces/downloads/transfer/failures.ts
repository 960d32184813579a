import type { AppError } from '../../../core/errors.ts';
import { transferErrors } from './errors.ts';
import { ProxyRefused } from './http/dial.ts';

/** Why no connection came about, as something a person can act on. */
export function connectionError(cause: Error, host: string): AppError {
  if (cause instanceof ProxyRefused)
    return transferErrors.DOWNLOADS_PROXY_REFUSED({ host, status: cause.status }, { cause });
  const code = String((cause as NodeJS.ErrnoException).code ?? 'unknown');
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|^ERR_TLS|^ERR_SSL|^EPROTO/.test(code))
    return transferErrors.DOWNLOADS_CERTIFICATE({ host, reason: code }, { cause });
  return transferErrors.DOWNLOADS_UNREACHABLE({ host, reason: code }, { cause });
}

export function statusError(status: number, host: string): AppError {
  if (status === 401) return transferErrors.DOWNLOADS_UNAUTHORISED({ host });
  if (status === 403) return transferErrors.DOWNLOADS_FORBIDDEN({ host });
  if (status === 404 || status === 410) return transferErrors.DOWNLOADS_NOT_FOUND({ host, status });
  return transferErrors.DOWNLOADS_REJECTED({ host, status });
}
