import type { IncomingHttpHeaders } from 'node:http';
import type { Locale } from '../errors.ts';
import type { Principal } from './principal.ts';

/** The language to answer in: the signed-in person's choice, else the browser's, else English. */
export function localeOf(request: {
  readonly principal?: Principal;
  readonly headers: IncomingHttpHeaders;
}): Locale {
  const { principal } = request;
  if (principal && principal.via !== 'anonymous') return principal.locale;
  return preferredLocale(request.headers['accept-language']);
}

/** The first of our languages by quality in an `Accept-Language` header (RFC 9110, 12.5.4). */
export function preferredLocale(header: string | undefined): Locale {
  let best: Locale = 'en';
  let bestQuality = 0;
  for (const part of (header ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = tag.split('-')[0];
    if (language !== 'en' && language !== 'ja') continue;
    const q = parameters.find((parameter) => parameter.trim().startsWith('q='));
    const quality = q === undefined ? 1 : Number(q.trim().slice(2));
    if (quality > bestQuality) {
      best = language;
      bestQuality = quality;
    }
  }
  return best;
}
