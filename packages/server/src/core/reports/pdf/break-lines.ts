/** Characters that are written one beside the other without spaces: a line may end after any of them. */
const WIDE =
  /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u;
/** Never first in a line, never last (JIS X 4051, the usual ones). */
const NOT_FIRST =
  /[、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】〟ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)\]}％%]/u;
const NOT_LAST = /[‘“（〔［｛〈《「『【〝([{]/u;

/**
 * Breaks a text into lines of at most `width`. Words stay whole where they fit on a line; between Japanese characters a
 * line may end, but not before a full stop or after an opening bracket.
 *
 * @param measure width of a text, in the unit of `width`
 */
export function breakLines(
  text: string,
  width: number,
  measure: (text: string) => number,
): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    let used = 0;
    for (const piece of piecesOf(paragraph)) {
      const size = measure(piece);
      if (used + measure(piece.trimEnd()) <= width || line === '') {
        line += piece;
        used += size;
      } else {
        lines.push(line.trimEnd());
        line = piece.trimStart();
        used = measure(line);
      }
      // A word longer than a line: an address, a hash.
      while (used > width && [...line].length > 1) {
        const head = longestHead(line, width, measure);
        lines.push(head);
        line = line.slice(head.length);
        used = measure(line);
      }
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

/** What may not be broken inside: words with the space behind them, single wide characters. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let before = '';
  for (const character of text) {
    const boundary =
      before === ' ' ||
      ((WIDE.test(before) || WIDE.test(character)) &&
        character !== ' ' &&
        !NOT_FIRST.test(character) &&
        !NOT_LAST.test(before));
    if (boundary && piece !== '') {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
    before = character;
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

function longestHead(text: string, width: number, measure: (text: string) => number): string {
  let head = '';
  for (const character of text) {
    if (head !== '' && measure(head + character) > width) break;
    head += character;
  }
  return head;
}
