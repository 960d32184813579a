import type { IncomingHttpHeaders } from 'node:http';
import type { Locale } from '../errors.ts';
import type { Principal } from './principal.ts';

/** The language to answer in: the one the request asks for (the pages name theirs), else the person's, else English. */
export function localeOf(request: {
  readonly principal?: Principal;
  readonly headers: IncomingHttpHeaders;
}): Locale {
  return preferredLocale(request.headers['accept-language']) ?? request.principal?.locale ?? 'en';
}

/** The best of our languages by quality in an `Accept-Language` header (RFC 9110, 12.5.4). */
export function preferredLocale(header: string | undefined): Locale | undefined {
  let best: Locale | undefined;
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
