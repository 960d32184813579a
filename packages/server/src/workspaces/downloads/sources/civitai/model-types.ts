import { sourceErrors } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import { enumsReply } from './replies.ts';

/**
 * Kinds of models as the site names them now: `lora` is found as `LORA`. What it does not name would find nothing, or be refused in words
 * nobody understands.
 */
export function createModelTypes(
  exchange: Exchange,
): (url: URL, written: string, signal: AbortSignal) => Promise<string> {
  const known = new Map<string, readonly string[]>();
  const find = (types: readonly string[] | undefined, written: string): string | undefined =>
    types?.find((type) => type.toLowerCase() === written.trim().toLowerCase());

  /** @param url of the site's list. @throws DOWNLOADS_SEARCH_TYPE */
  return async (url, written, signal) => {
    const kept = find(known.get(url.href), written);
    if (kept !== undefined) return kept;
    // Asked again for each that is not known: the site learns new ones.
    const { data } = await exchange.json({ url, signal }, enumsReply);
    known.set(url.href, data.ModelType);
    const type = find(data.ModelType, written);
    if (type !== undefined) return type;
    const { host } = url;
    throw sourceErrors.DOWNLOADS_SEARCH_TYPE({
      ...{ host, type: written, known: data.ModelType.join(', ') },
    });
  };
}
