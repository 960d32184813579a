import { Cursor, EndOfContent } from '../cursor.ts';
import type { ByteSource } from '../source.ts';

/** One field of a message: where its content lies, or its number. */
export interface Field {
  readonly number: number;
  readonly position: number;
  readonly length: number;
  /** Of whole numbers; 0 otherwise. */
  readonly value: number;
  readonly isBytes: boolean;
}

/** The bytes are no message. */
export class NotProtobuf extends Error {}

/** The fields of the message in `source` between two positions. @throws NotProtobuf on the way */
export function* fieldsOf(source: ByteSource, from: number, to: number): Generator<Field> {
  const cursor = new Cursor(source, from);
  try {
    while (cursor.position < to) {
      const tag = varint(cursor);
      const number = Math.floor(tag / 8);
      const wire = tag % 8;
      if (number < 1 || number > 536_870_911) throw new NotProtobuf();
      let value = 0;
      let length = 0;
      if (wire === 0) value = varint(cursor);
      else if (wire === 1) length = 8;
      else if (wire === 5) length = 4;
      else if (wire === 2) length = varint(cursor);
      else throw new NotProtobuf();
      const { position } = cursor;
      if (position + length > to) throw new NotProtobuf();
      yield { number, position, length, value, isBytes: wire === 2 };
      cursor.skip(length);
    }
  } catch (error) {
    if (error instanceof EndOfContent) throw new NotProtobuf();
    throw error;
  }
  if (cursor.position !== to) throw new NotProtobuf();
}

function varint(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = cursor.u8();
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw new NotProtobuf();
}
