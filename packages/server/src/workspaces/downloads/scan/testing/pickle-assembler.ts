// Pickles by hand: the opcodes and operands one after the other.

export type Piece = string | number | Buffer | readonly number[];

/** Texts are Latin-1, numbers single bytes. */
export function bytesOf(...pieces: Piece[]): Buffer {
  return Buffer.concat(
    pieces.map((piece) => {
      if (typeof piece === 'string') return Buffer.from(piece, 'latin1');
      if (typeof piece === 'number') return Buffer.from([piece]);
      return Buffer.from(piece);
    }),
  );
}

export const proto = (version: number): Buffer => bytesOf(0x80, version);
export const global = (module: string, name: string): Buffer => bytesOf(`c${module}\n${name}\n`);
export const shortText = (text: string): Buffer => {
  const utf8 = Buffer.from(text);
  return bytesOf(0x8c, utf8.length, utf8);
};
export const shortBytes = (bytes: Buffer): Buffer => bytesOf('C', bytes.length, bytes);
export const stackGlobal = (module: string, name: string): Buffer =>
  bytesOf(shortText(module), shortText(name), 0x93);
export const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
export const uint64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
};
export const STOP = '.';
export const REDUCE = 'R';
export const TUPLE_1 = 0x85;

/** `os.system('true')`: what stands for everything hostile. */
export const HOSTILE = bytesOf(
  proto(2),
  global('os', 'system'),
  'X',
  uint32(4),
  'true',
  TUPLE_1,
  REDUCE,
  STOP,
);
