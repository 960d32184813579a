import { describe, expect, it } from 'vitest';
import { createCp932Encoder } from './cp932.ts';
import { detectEncoding } from './encoding.ts';

const cp932 = createCp932Encoder();
const sjis = (text: string) => cp932(text).bytes;
const latin = (text: string) => Buffer.from(text, 'latin1');

/** EUC-JP from CP932: the JIS row and cell of the same character, with the high bits set. */
function eucJp(text: string): Uint8Array {
  const bytes: number[] = [];
  const source = sjis(text);
  for (let i = 0; i < source.length; i++) {
    const lead = source[i]!;
    if (lead < 0x80) bytes.push(lead);
    else if (lead >= 0xa1 && lead <= 0xdf) bytes.push(0x8e, lead);
    else {
      const trail = source[++i]!;
      const row = (lead - (lead < 0xa0 ? 0x81 : 0xc1)) * 2 + (trail >= 0x9f ? 1 : 0);
      const cell = trail >= 0x9f ? trail - 0x9f : trail - 0x40 - (trail > 0x7f ? 1 : 0);
      bytes.push(row + 0xa1, cell + 0xa1);
    }
  }
  return Uint8Array.from(bytes);
}

const orders = '注文番号,顧客名,金額\r\nA-1,山田 花子,1200\r\nA-2,佐藤商店,980\r\n';

describe('detectEncoding', () => {
  it.each([
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFa,b'), 'utf-8'],
    ['UTF-16LE with one', Buffer.from('\uFEFFa,b', 'utf16le'), 'utf-16le'],
    ['UTF-16BE with one', Buffer.from('\uFEFFa,b', 'utf16le').swap16(), 'utf-16be'],
    ['UTF-16LE without', Buffer.from(orders, 'utf16le'), 'utf-16le'],
    ['UTF-16BE without', Buffer.from(orders, 'utf16le').swap16(), 'utf-16be'],
    ['UTF-8', Buffer.from(orders), 'utf-8'],
    ['UTF-8 of Europe', Buffer.from('Müller;Größe;Café;£5'), 'utf-8'],
    ['Shift_JIS', sjis(orders), 'shift_jis'],
    ['Shift_JIS of half-width kana only', sjis('ﾅﾏｴ,ｶﾅ\r\nﾔﾏﾀﾞ ﾊﾅｺ,ｻﾄｳ\r\nﾐﾙｸ,ﾊﾟﾝ\r\n'), 'shift_jis'],
    ['Shift_JIS with characters of Windows only', sjis('①,髙橋,﨑山,㈱,Ⅳ'), 'shift_jis'],
    ['EUC-JP', eucJp(orders), 'euc-jp'],
    ['EUC-JP with half-width kana', eucJp('名前,ﾐﾙｸ\r\n花子,ﾊﾟﾝ\r\n'), 'euc-jp'],
    ['windows-1252 with accents', latin('name,town\nRené,Zürich\nJosé,Málaga\n'), 'windows-1252'],
    [
      'windows-1252 with a pound sign',
      latin('item,price\ncup,£5.00\nbowl,£7.50\n'),
      'windows-1252',
    ],
  ])('recognises %s', (_, bytes, encoding) => {
    expect(detectEncoding(bytes).encoding).toBe(encoding);
  });

  it('is not misled by a single broken byte in UTF-8', () => {
    const bytes = Buffer.from(orders.repeat(5));
    bytes[30] = 0xff;
    expect(detectEncoding(bytes).encoding).toBe('utf-8');
  });

  it('is uncertain about ASCII, which fits nearly every encoding', () => {
    expect(detectEncoding(Buffer.from('a,b\n1,2\n'))).toEqual({
      encoding: 'utf-8',
      certain: false,
    });
    expect(detectEncoding(new Uint8Array())).toEqual({ encoding: 'utf-8', certain: false });
  });

  it.each([
    ['utf-8', Buffer.from(orders)],
    ['shift_jis', sjis(orders)],
    ['euc-jp', eucJp(orders)],
  ])('finds %s from a sample cut anywhere', (encoding, bytes) => {
    for (let length = 16; length <= bytes.length; length++) {
      expect(detectEncoding(bytes.subarray(0, length)).encoding).toBe(encoding);
    }
  });
});
