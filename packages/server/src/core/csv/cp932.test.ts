import { describe, expect, it } from 'vitest';
import { createCp932Encoder } from './cp932.ts';

const encode = createCp932Encoder();
const hex = (text: string) => Buffer.from(encode(text).bytes).toString('hex');

describe('createCp932Encoder', () => {
  it.each([
    ['Aa\\~\0', '41615c7e00'],
    ['髙﨑', 'fbfcfab1'],
    ['①㈱№', '8740878a8782'],
    ['ﾐﾙｸ', 'd0d9b8'],
    ['～－∥', '8160817c8161'],
    ['〜−‖—', '8160817c8161815c'],
    ['¥£¢¬', '5c8192819181ca'],
    ['∵≒', '81e681e0'],
  ])('writes %j as Windows does', (text, bytes) => {
    expect(hex(text)).toBe(bytes);
  });

  it('writes ? for what CP932 lacks, once for a character of two halves', () => {
    const { bytes, replaced } = encode('a😀é한\ud800b');
    expect(Buffer.from(bytes).toString('latin1')).toBe('a????b');
    expect(replaced).toBe(4);
  });

  it('gives back every character that the decoder knows', () => {
    const decoder = new TextDecoder('shift_jis');
    let characters = '';
    for (let lead = 0x81; lead <= 0xfc; lead++) {
      if (lead >= 0xa0 && lead <= 0xdf) continue;
      for (let trail = 0x40; trail <= 0xfc; trail++) {
        const text = decoder.decode(Uint8Array.of(lead, trail));
        if (text.length === 1 && text !== '\uFFFD') characters += text;
      }
    }
    expect(characters.length).toBeGreaterThan(9000);
    expect(decoder.decode(encode(characters).bytes)).toBe(characters);
    expect(encode(characters).replaced).toBe(0);
  });
});
