import type { SourceInput } from '../source.ts';
import { WORDS } from './refs.ts';

/** The site under its names: one for everybody, one with everything, and a former one that leads to the first. */
export const CIVITAI_HOSTS = ['civitai.com', 'civitai.red', 'civitai.green'] as const;

/**
 * What an address of the site means. A file is exact only with `fileId`; the other words of a download link (`type`, `format`, …)
 * are kept in the reference and looked up when it is listed.
 *
 * @param hosts those that count as the site
 */
export function readCivitaiLink(link: string, hosts: ReadonlySet<string>): SourceInput | undefined {
  const air = /^urn:air:[^:]+:[^:]+:civitai:(\d+)(?:@(\d+))?$/.exec(link);
  if (air) return air[2] ? version(air[2]) : { kind: 'model', source: 'civitai', id: air[1]! };
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (!/^https?:$/.test(url.protocol) || !hosts.has(url.host.replace(/^www\./, '')))
    return undefined;
  const [first, second, third, fourth] = url.pathname.split('/').filter((part) => part !== '');
  if (first === 'api' && second === 'download' && third === 'models' && isId(fourth))
    return downloadLink(fourth, url.searchParams);
  if (first === 'models' && isId(second)) {
    const versionId = url.searchParams.get('modelVersionId');
    return isId(versionId) ? version(versionId) : { kind: 'model', source: 'civitai', id: second };
  }
  if (first === 'model-versions' && isId(second)) return version(second);
  if (first === 'user' && second !== undefined)
    return { kind: 'creator', source: 'civitai', id: decoded(second) };
  if (first === 'collections' && isId(second))
    return { kind: 'collection', source: 'civitai', id: second };
  return undefined;
}

function downloadLink(versionId: string, query: URLSearchParams): SourceInput {
  const fileId = query.get('fileId');
  if (isId(fileId)) return { kind: 'file', ref: `civitai:${versionId}/${fileId}` };
  const words = new URLSearchParams();
  for (const name of WORDS) {
    const value = query.get(name);
    if (value) words.set(name, value);
  }
  // Without any it is the primary file, which a link to a file means alone.
  return { kind: 'file', ref: `civitai:${versionId}?${words}` };
}

const version = (id: string): SourceInput => ({ kind: 'version', source: 'civitai', id });
const isId = (text: string | null | undefined): text is string => /^\d{1,12}$/.test(text ?? '');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
