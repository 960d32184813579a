import { transferErrors } from './errors.ts';
import { basic, proxyAuthorization } from './http/dial.ts';
import type { Address } from './transfer.ts';

const MAX_HOPS = 10;

/** Where requests go now: an address, or where it led to. */
export interface Target {
  readonly url: URL;
  /** For this origin only; gone after a redirect to another one. */
  readonly headers: readonly (readonly [string, string])[];
  /** Redirects in a row; 0 again after a good answer. */
  hops: number;
}

/** Headers a caller may not set: they decide what an answer means. */
const OURS = new Set([
  'host',
  'range',
  'if-range',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'upgrade',
]);

/** @throws DOWNLOADS_ADDRESS_INVALID */
export function targetOf(address: Address): Target {
  if (!URL.canParse(address.url)) throw transferErrors.DOWNLOADS_ADDRESS_INVALID();
  const url = new URL(address.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw transferErrors.DOWNLOADS_ADDRESS_INVALID();
  const headers = Object.entries(address.headers).filter(
    ([name, value]) => !OURS.has(name.toLowerCase()) && value !== '',
  );
  // A line end in a token would be a second header, or a second request.
  if (headers.some(([name, value]) => !/^[\w-]+$/.test(name) || !/^[\t -~\x80-\xff]*$/.test(value)))
    throw transferErrors.DOWNLOADS_ADDRESS_INVALID();
  if (url.username !== '' && !headers.some(([name]) => name.toLowerCase() === 'authorization'))
    headers.push(['Authorization', basic(url)]);
  url.username = '';
  url.password = '';
  url.hash = '';
  return { url, headers, hops: 0 };
}

/**
 * Where a redirect leads. Credentials stay with their origin.
 * @throws DOWNLOADS_REDIRECT_INVALID for none, too many, and from https to http
 */
export function follow(from: Target, location: string): Target {
  const host = from.url.hostname;
  const refuse = (reason: string) => transferErrors.DOWNLOADS_REDIRECT_INVALID({ host, reason });
  if (from.hops >= MAX_HOPS) throw refuse('too many redirects');
  if (!URL.canParse(location, from.url.href)) throw refuse('not an address');
  const url = new URL(location, from.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse(url.protocol);
  if (from.url.protocol === 'https:' && url.protocol === 'http:') throw refuse('https to http');
  url.username = '';
  url.password = '';
  url.hash = '';
  return {
    url,
    headers: url.origin === from.url.origin ? from.headers : [],
    hops: from.hops + 1,
  };
}

/** Start line and headers of a request for a part of it. */
export function requestFor(
  { url, headers }: Target,
  options: { range: string | null; ifRange: string | null; userAgent: string; proxy: URL | null },
): { target: string; headers: (readonly [string, string])[] } {
  // A proxy is asked for the whole address; tunnels of https are none to the request.
  const relayed = options.proxy !== null && url.protocol === 'http:';
  const own = headers.some(([name]) => name.toLowerCase() === 'user-agent');
  return {
    target: relayed ? url.href : url.pathname + url.search,
    headers: [
      ['Host', url.host],
      ...(own ? [] : [['User-Agent', options.userAgent] as const]),
      ['Accept', '*/*'],
      ['Accept-Encoding', 'identity'],
      ...(options.range === null ? [] : [['Range', options.range] as const]),
      ...(options.ifRange === null ? [] : [['If-Range', options.ifRange] as const]),
      ...(relayed ? proxyAuthorization(options.proxy!) : []),
      ...headers,
    ],
  };
}
