import type { Cursor } from '../cursor.ts';
import type { Output } from './decoded.ts';
import { LzmaBroken, LzmaDecoder } from './lzma.ts';

/**
 * The chunks of LZMA2, until their end or until the output is full.
 *
 * @returns whether the end came
 * @throws LzmaBroken, EndOfContent
 */
export function decodeLzma2(cursor: Cursor, output: Output): boolean {
  const decoder = new LzmaDecoder(cursor, output);
  let needsDictionary = true;
  let needsProperties = true;
  while (true) {
    const control = cursor.u8();
    if (control === 0) return true;
    if (output.isFull) return false;
    const resets = control === 1 || control >= 0xe0;
    if (resets) decoder.dictionaryStart = output.length;
    else if (needsDictionary) throw new LzmaBroken();
    needsDictionary = false;
    if (control < 0x80) {
      if (control > 2) throw new LzmaBroken();
      output.append(cursor.bytes(cursor.bytes(2).readUInt16BE() + 1));
      continue;
    }
    const size = ((control & 0x1f) << 16) + cursor.bytes(2).readUInt16BE() + 1;
    const packed = cursor.bytes(2).readUInt16BE() + 1;
    const from = cursor.position;
    const mode = (control >> 5) & 3;
    if (mode >= 2) {
      const properties = cursor.u8();
      if ((properties % 9) + (Math.floor(properties / 9) % 5) > 4) throw new LzmaBroken();
      decoder.setProperties(properties);
      needsProperties = false;
    } else if (needsProperties) throw new LzmaBroken();
    if (mode >= 1) decoder.resetState();
    const dataFrom = cursor.position;
    decoder.startRange();
    const end = output.length + size;
    if (decoder.run(Math.min(end, output.limit))) throw new LzmaBroken();
    if (output.length < end) return false;
    if (output.length > end) throw new LzmaBroken();
    const used = cursor.position - (mode >= 2 ? dataFrom : from);
    if (used > packed) throw new LzmaBroken();
    cursor.skip(packed - used);
  }
}
