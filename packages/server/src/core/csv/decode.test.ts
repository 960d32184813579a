import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Encoding, encodings } from './contract.ts';
import { createCp932Encoder } from './cp932.ts';
import { createByteDecoder } from './decode.ts';

const cp932 = createCp932Encoder();

/** A text that the encoding can hold, as bytes. */
function encode(text: string, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text);
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'shift_jis':
      return cp932(text).bytes;
    case 'euc-jp':
      return EUC_JP_SAMPLE;
    case 'windows-1252':
      return Buffer.from(text, 'latin1');
  }
}

const JAPANESE = 'a,髙橋～①ﾐﾙｸ\r\n"改行\nあり",5\r\n';
const WESTERN = 'a,Größe £5\r\n';
const EUC_JP_TEXT = 'a,漢字ﾐ\r\n';
const EUC_JP_SAMPLE = Uint8Array.from([0x61, 0x2c, 0xb4, 0xc1, 0xbb, 0xfa, 0x8e, 0xd0, 0x0d, 0x0a]);
const textOf = (encoding: Encoding) =>
  ({ 'windows-1252': WESTERN, 'euc-jp': EUC_JP_TEXT })[encoding as string] ?? JAPANESE;

function decodeInPieces(bytes: Uint8Array, sizes: readonly number[], encoding: Encoding | 'auto') {
  const decoder = createByteDecoder(encoding);
  let text = '';
  let at = 0;
  for (const size of sizes) {
    text += decoder.write(bytes.subarray(at, at + size));
    at += size;
  }
  text += decoder.write(bytes.subarray(at)) + decoder.end();
  return { text, decoder };
}

describe('createByteDecoder', () => {
  it.each(encodings)('gives the same %s text wherever the bytes are cut', (encoding) => {
    const text = textOf(encoding);
    const bytes = encode(text, encoding);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 12 }), (sizes) => {
        const decoded = decodeInPieces(bytes, sizes, encoding);
        expect(decoded.text).toBe(text);
        expect(decoded.decoder.invalidCount).toBe(0);
      }),
      { seed: 20250404, numRuns: 200 },
    );
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)(
    'drops the byte order mark of %s',
    (encoding) => {
      const bytes = encode(`\uFEFF${JAPANESE}`, encoding);
      expect(decodeInPieces(bytes, [1], encoding).text).toBe(JAPANESE);
      expect(decodeInPieces(bytes, [1], 'auto').text).toBe(JAPANESE);
    },
  );

  it('replaces and counts bytes that are no text, and goes on', () => {
    const { text, decoder } = decodeInPieces(
      Uint8Array.from([0x61, 0x82, 0xff, 0x62, 0x0a, 0x81]),
      [3],
      'shift_jis',
    );
    expect(text.replaceAll('\uFFFD', '?')).toMatch(/^a\?+b\n\?$/);
    expect(decoder.invalidCount).toBe(text.split('\uFFFD').length - 1);
  });

  it('decides at the first byte beyond ASCII, however late it comes', () => {
    const ascii = Buffer.from('1,2,3\n'.repeat(20_000));
    const bytes = Buffer.concat([ascii, cp932('山田,佐藤商店,大阪\n').bytes]);
    const decoder = createByteDecoder('auto');
    let text = decoder.write(bytes.subarray(0, 50_000));
    expect(decoder.encoding).toBe('auto');
    expect(text.length).toBe(50_000);
    text += decoder.write(bytes.subarray(50_000)) + decoder.end();
    expect(text.endsWith('山田,佐藤商店,大阪\n')).toBe(true);
    expect(decoder.encoding).toBe('shift_jis');
  });
});
