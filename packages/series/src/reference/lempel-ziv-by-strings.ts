/** Phrases of a sequence, with a set of the phrases so far; O(n²). Oracle of stats/lempel-ziv.ts. */
export function countPhrasesByStrings(symbols: readonly number[]): number {
  const phrases = new Set<string>();
  let phrase = '';
  for (const symbol of symbols) {
    phrase += `${symbol},`;
    if (phrases.has(phrase)) continue;
    phrases.add(phrase);
    phrase = '';
  }
  return phrases.size;
}
