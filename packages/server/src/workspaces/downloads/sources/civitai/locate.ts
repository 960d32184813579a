import type { Address } from '../../transfer/transfer.ts';
import { sourceErrors } from '../errors.ts';
import type { Ask, Exchange } from '../exchange.ts';
import { earlyAccess, loginError } from './refusal.ts';

const MAX_OWN_REDIRECTS = 3;

/**
 * The signed address of a file at the site's storage. Asked for with GET and one byte: the site lets HEAD hang.
 *
 * The token goes to the site alone. Storage refuses requests that carry it, so the address it signs comes without.
 *
 * @param site.isSite hosts of the site itself: a redirect to one of them leads to a page, not to a file
 */
export async function locateFile(
  exchange: Exchange,
  ask: Ask,
  site: {
    isSite: (url: URL) => boolean;
    agent: string;
    token: () => Promise<string | undefined>;
  },
): Promise<Address> {
  let { url } = ask;
  for (let hop = 0; hop < MAX_OWN_REDIRECTS; hop++) {
    const answer = await exchange.ask({
      ...ask,
      url,
      headers: { range: 'bytes=0-0', 'accept-encoding': 'identity' },
      redirect: 'manual',
    });
    // Whether it is one byte or the whole file: only where it comes from is of interest.
    answer.body.destroy();
    const { host } = url;
    const { location } = answer.headers;
    if (answer.status >= 200 && answer.status < 300) {
      if (/^text\/html\b/i.test(answer.headers['content-type'] ?? ''))
        throw loginError(host, answer.withToken);
      // A mirror that has the files itself.
      const token = answer.withToken ? await site.token() : undefined;
      return {
        url: url.href,
        headers: {
          'user-agent': site.agent,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
      };
    }
    const next = location && URL.canParse(location, url.href) ? new URL(location, url) : null;
    if (next === null || !/^https?:$/.test(next.protocol)) break;
    if (next.origin !== url.origin && !site.isSite(next))
      return { url: next.href, headers: { 'user-agent': site.agent } };
    if (next.pathname.startsWith('/login')) throw loginError(host, answer.withToken);
    if (/^\/(models|model-versions)\//.test(next.pathname)) throw earlyAccess(host, null);
    url = next;
  }
  throw sourceErrors.DOWNLOADS_SOURCE_ANSWER({ host: url.host, reason: 'redirect' });
}
