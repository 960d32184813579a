import { sourceErrors } from '../errors.ts';
import { headError } from '../head-error.ts';
import type { Source, SourceFile } from '../source.ts';

/**
 * Any address, fetched as it is. It must be kept with the item, there is nothing it could be made anew from; so a password in it
 * is refused, and only its host may be shown.
 */
export function createHttp(options: { agent: string }): Source {
  return {
    name: 'http',
    recognise: (link) => (parse(link) === null ? undefined : { kind: 'file', ref: link }),
    async list(input) {
      if (input.kind !== 'file')
        throw sourceErrors.DOWNLOADS_INPUT_UNSUPPORTED({ source: 'http', kind: input.kind });
      const url = toUrl(input.ref);
      const file: SourceFile = {
        ref: url.href,
        name: nameOf(url),
        sizeBytes: null,
        hashes: {},
        primary: true,
        model: null,
        barrier: null,
      };
      return { files: [file], nextCursor: null };
    },
    async locate(ref) {
      return { url: toUrl(ref).href, headers: { 'user-agent': options.agent } };
    },
    inspectHead(head, facts) {
      const error = headError(head, facts, facts.host ?? '—');
      if (error) throw error;
    },
  };
}

function parse(link: string): URL | null {
  const url = URL.canParse(link) ? new URL(link) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url : null;
}

function toUrl(ref: string): URL {
  const url = parse(ref);
  if (url === null) throw sourceErrors.DOWNLOADS_LINK_INVALID();
  if (url.username !== '' || url.password !== '') throw sourceErrors.DOWNLOADS_LINK_PASSWORD();
  url.hash = '';
  return url;
}

/** The last part of the path, decoded where that is possible; the host when there is none. */
function nameOf(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? url.hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
