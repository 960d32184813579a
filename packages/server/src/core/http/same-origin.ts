import type { IncomingHttpHeaders } from 'node:http';

/**
 * True when a browser's request comes from the product's own pages. Browsers set both headers themselves and no
 * script can change them; `Sec-Fetch-Site` is the newer and plainer one.
 *
 * @param ownOrigin origin of `config.url`; without it the request's own `Host` decides
 * @param host      address the request was made to, where a trusted proxy says it better than `Host`
 * @returns undefined when neither header is there: not a browser, or one older than 2020
 */
export function isSameOrigin(
  headers: IncomingHttpHeaders,
  ownOrigin: string | undefined,
  host: string | undefined = headers.host,
): boolean | undefined {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = headers;
  if (origin === undefined) return undefined;
  if (origin === ownOrigin) return true;
  try {
    return host !== undefined && new URL(origin).host === host;
  } catch {
    return false;
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

export function changesState(method: string): boolean {
  return !SAFE_METHODS.has(method);
}
