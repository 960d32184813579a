import { describe, expect, it } from 'vitest';
import en from './en.json' with { type: 'json' };
import ja from './ja.json' with { type: 'json' };

/** Each text by its dotted key; the English singular has no Japanese counterpart. */
function texts(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return path.endsWith('_one') ? [] : [[path, node]];
  return Object.entries(node as object).flatMap(([key, child]) =>
    texts(child, path === '' ? key : `${path}.${key}`),
  );
}

const english = new Map(texts(en));
const japanese = new Map(texts(ja));

describe('the texts of the sales pages', () => {
  it('exist in both languages', () => {
    expect([...japanese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('hold the same values in both languages', () => {
    const values = (words = '') => (words.match(/\{\{\w+\}\}/g) ?? []).sort().join();
    const different = [...english].filter(
      ([key, text]) => values(japanese.get(key)) !== values(text),
    );
    expect(different).toEqual([]);
  });
});
