import type { SourceName } from '../contract.ts';
import { sourceErrors } from '../sources/errors.ts';
import type { Source, SourceInput } from '../sources/source.ts';

/** All places that files come from, as the queue needs them. */
export interface SourceSet {
  get(name: SourceName): Source;
  /** Whose an address is; any other is a plain one. @throws DOWNLOADS_LINK_INVALID for what cannot be fetched */
  recognise(url: string): { readonly source: SourceName; readonly input: SourceInput };
  /** Whose the reference of a listed file is. @throws DOWNLOADS_REF_INVALID */
  ofRef(ref: string): SourceName;
}

/** @param sources those that know their own addresses first, the one that takes every address last */
export function createSourceSet(sources: readonly Source[]): SourceSet {
  return {
    get(name) {
      const source = sources.find((each) => each.name === name);
      if (source === undefined) throw sourceErrors.DOWNLOADS_REF_INVALID({ ref: name });
      return source;
    },
    recognise(url) {
      for (const source of sources) {
        const input = source.recognise(url);
        if (input !== undefined) return { source: source.name, input };
      }
      throw sourceErrors.DOWNLOADS_LINK_INVALID({ reason: 'https:// …' });
    },
    ofRef(ref) {
      if (/^https?:\/\//i.test(ref)) return 'http';
      const source = sources.find(({ name }) => ref.startsWith(`${name}:`));
      if (source === undefined) {
        const shown = ref.replace(/[?#].*$/s, '').slice(0, 200);
        throw sourceErrors.DOWNLOADS_REF_INVALID({ ref: shown });
      }
      return source.name;
    },
  };
}
