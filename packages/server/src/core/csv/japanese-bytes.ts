/** How well bytes read as a multi-byte encoding. Characters are those outside ASCII. */
export interface ByteEvidence {
  readonly characters: number;
  /** Bytes that cannot stand where they stand. */
  readonly invalid: number;
  /** Sum of 0..1 per character: 1 for kana, common kanji and punctuation, less for what prose seldom holds. */
  readonly plausibility: number;
}

const RARE = 0.3;
const EXTENSION = 0.5;
const HALF_WIDTH_RUN = 0.6;
/** More than in Shift_JIS: the same bytes are common kanji there, and only the rest of the text can tell. */
const SHIFTED_KANA = 0.9;

/**
 * Reads bytes as Shift_JIS (CP932). Level 1 kanji, kana and NEC's row 13 (①, ㈱) are common; level 2 kanji are rare; half-width
 * kana count only beside another one, for a lone one is what £ or é of a Western file looks like.
 */
export function weighShiftJis(bytes: Uint8Array): ByteEvidence {
  let characters = 0;
  let invalid = 0;
  let plausibility = 0;
  let previousHalfWidth = false;
  const n = bytes.length;
  for (let i = 0; i < n; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) {
      previousHalfWidth = false;
      continue;
    }
    if (lead >= 0xa1 && lead <= 0xdf) {
      const next = bytes[i + 1] ?? 0;
      characters++;
      if (previousHalfWidth || (next >= 0xa1 && next <= 0xdf)) plausibility += HALF_WIDTH_RUN;
      previousHalfWidth = true;
      continue;
    }
    previousHalfWidth = false;
    // The sample may end inside a character.
    if (i + 1 === n) break;
    const trail = bytes[i + 1]!;
    const weight = isShiftJisTrail(trail) ? shiftJisWeight(lead, trail) : -1;
    if (weight < 0) {
      invalid++;
      continue;
    }
    characters++;
    plausibility += weight;
    i++;
  }
  return { characters, invalid, plausibility };
}

function isShiftJisTrail(byte: number): boolean {
  return (byte >= 0x40 && byte <= 0x7e) || (byte >= 0x80 && byte <= 0xfc);
}

/** −1 for a row without characters. */
function shiftJisWeight(lead: number, trail: number): number {
  if (lead >= 0x81 && lead <= 0x83) return 1;
  if (lead === 0x84) return RARE;
  if (lead === 0x87) return EXTENSION;
  if (lead >= 0x88 && lead <= 0x97) return 1;
  if (lead === 0x98) return trail <= 0x72 ? 1 : RARE;
  if (lead >= 0x99 && lead <= 0x9f) return RARE;
  if (lead >= 0xe0 && lead <= 0xea) return RARE;
  if (lead === 0xed || lead === 0xee || lead === 0xfa || lead === 0xfb) return EXTENSION;
  if (lead === 0xfc && trail <= 0x4b) return EXTENSION;
  // 0xF0–0xF9: characters defined by the user.
  return lead >= 0xf0 && lead <= 0xf9 ? 0 : -1;
}

/** Reads bytes as EUC-JP, with the same scale. */
export function weighEucJp(bytes: Uint8Array): ByteEvidence {
  let characters = 0;
  let invalid = 0;
  let plausibility = 0;
  const n = bytes.length;
  for (let i = 0; i < n; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) continue;
    const length = lead === 0x8f ? 3 : 2;
    if (i + length > n) break;
    const second = bytes[i + 1]!;
    const third = length === 3 ? bytes[i + 2]! : 0xa1;
    const weight = isEucByte(second) && isEucByte(third) ? eucWeight(lead, second) : -1;
    if (weight < 0) {
      invalid++;
      continue;
    }
    characters++;
    plausibility += weight;
    i += length - 1;
  }
  return { characters, invalid, plausibility };
}

function isEucByte(byte: number): boolean {
  return byte >= 0xa1 && byte <= 0xfe;
}

function eucWeight(lead: number, second: number): number {
  if (lead === 0x8e) return second <= 0xdf ? SHIFTED_KANA : -1;
  if (lead === 0x8f) return EXTENSION;
  if (lead === 0xa1 || (lead >= 0xa3 && lead <= 0xa5)) return 1;
  if (lead >= 0xb0 && lead <= 0xcf) return 1;
  if (lead >= 0xd0 && lead <= 0xf4) return RARE;
  if (lead === 0xad || (lead >= 0xf9 && lead <= 0xfc)) return EXTENSION;
  return isEucByte(lead) ? 0 : -1;
}
