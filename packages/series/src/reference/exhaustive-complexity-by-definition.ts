/** Phrases of Lempel and Ziv (1976), each sought as text in what was read before its last symbol. */
export function exhaustiveComplexityByDefinition(text: string): number {
  let phrases = 0;
  let start = 0;
  while (start < text.length) {
    let length = 1;
    while (
      start + length <= text.length &&
      text.slice(0, start + length - 1).includes(text.slice(start, start + length))
    ) {
      length++;
    }
    phrases++;
    start += length;
  }
  return Math.max(1, phrases);
}
