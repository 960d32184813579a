/** Text as CP932 bytes. */
export interface EncodedText {
  readonly bytes: Uint8Array;
  /** Characters that CP932 lacks, each written as `?`. */
  readonly replaced: number;
}

const QUESTION_MARK = 0x3f;

/**
 * Characters that CP932 lacks but has a twin of: what other systems write for the same sign. The Encoding Standard does
 * the same for U+2212, U+00A5 and U+203E.
 */
const TWINS: readonly (readonly [from: number, to: number])[] = [
  [0x301c, 0xff5e],
  [0x2212, 0xff0d],
  [0x2016, 0x2225],
  [0x2014, 0x2015],
  [0x00a2, 0xffe0],
  [0x00a3, 0xffe1],
  [0x00ac, 0xffe2],
];

/**
 * An encoder for Shift_JIS as Windows has it (CP932), which Node can decode but not write. The table is the decoder's own,
 * turned round: 11,000 entries, a few milliseconds.
 *
 * Of characters with two codes the first is taken and NEC's selection of IBM extensions (rows 0xED, 0xEE) left out, as
 * Windows and the Encoding Standard do.
 */
export function createCp932Encoder(): (text: string) => EncodedText {
  const codes = invertDecoder();
  return (text) => {
    const bytes = new Uint8Array(text.length * 2);
    let length = 0;
    let replaced = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const code = codes[unit]!;
      if (code > 0xff) {
        bytes[length++] = code >> 8;
        bytes[length++] = code & 0xff;
      } else if (code > 0 || unit === 0) {
        bytes[length++] = code;
      } else {
        bytes[length++] = QUESTION_MARK;
        replaced++;
        // Both halves of a pair are one character.
        if (text.codePointAt(i)! > 0xffff) i++;
      }
    }
    return { bytes: bytes.subarray(0, length), replaced };
  };
}

/** `table[unit]`: the code of a UTF-16 unit, 0 for none. */
function invertDecoder(): Uint16Array {
  const pairs: number[] = [];
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    if (lead === 0xed || lead === 0xee || (lead >= 0xa0 && lead <= 0xdf)) continue;
    for (let trail = 0x40; trail <= 0xfc; trail++)
      if (trail !== 0x7f) pairs.push((lead << 8) | trail);
  }
  // Line feeds keep an invalid pair from swallowing its neighbour.
  const bytes = new Uint8Array(pairs.length * 3);
  pairs.forEach((pair, i) => {
    bytes.set([pair >> 8, pair & 0xff, 0x0a], i * 3);
  });
  const table = new Uint16Array(0x10000);
  const decoded = new TextDecoder('shift_jis').decode(bytes).split('\n');
  pairs.forEach((pair, i) => {
    const text = decoded[i]!;
    const unit = text.charCodeAt(0);
    if (text.length === 1 && unit !== 0xfffd && table[unit] === 0) table[unit] = pair;
  });
  for (let ascii = 0; ascii < 0x80; ascii++) table[ascii] = ascii;
  for (let kana = 0; kana < 63; kana++) table[0xff61 + kana] = 0xa1 + kana;
  for (const [from, to] of TWINS) table[from] = table[to]!;
  table[0x00a5] = 0x5c;
  table[0x203e] = 0x7e;
  return table;
}
