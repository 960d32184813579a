import type { Kind } from '../expected.ts';

/** `[offset, bytes as Latin-1, kind]` of formats that carry nothing a model loader would run. */
const SIGNATURES: readonly (readonly [number, string, Kind])[] = [
  [0, '\x89PNG\r\n\x1a\n', 'image'],
  [0, '\xff\xd8\xff', 'image'],
  [0, 'GIF87a', 'image'],
  [0, 'GIF89a', 'image'],
  [8, 'WEBP', 'image'],
  [0, 'II*\0', 'image'],
  [0, 'MM\0*', 'image'],
  [0, '\0\0\x01\0', 'image'],
  [0, '8BPS', 'image'],
  [0, 'qoif', 'image'],
  [4, 'ftyp', 'media'],
  [0, '\x1aE\xdf\xa3', 'media'],
  [8, 'AVI ', 'media'],
  [8, 'WAVE', 'media'],
  [0, 'OggS', 'media'],
  [0, 'fLaC', 'media'],
  [0, 'ID3', 'media'],
  [0, 'FLV\x01', 'media'],
  [0, '%PDF-', 'document'],
  [0, '{\\rtf', 'document'],
  [0, 'wOFF', 'data'],
  [0, 'wOF2', 'data'],
  [0, '\0\x01\0\0\0', 'data'],
  [0, 'OTTO', 'data'],
  [0, 'ttcf', 'data'],
  [0, 'SQLite format 3\0', 'data'],
  [0, 'PAR1', 'data'],
  [0, 'ARROW1', 'data'],
  [0, 'Obj\x01', 'data'],
  [0, '\0asm', 'data'],
  [4, 'TFL3', 'data'],
  [0, 'lmgg', 'data'],
  [0, 'tjgg', 'data'],
  [0, 'fmgg', 'data'],
  [0, 'algg', 'data'],
  [0, 'CBM1', 'data'],
  [0, 'RKNN', 'data'],
  [0, 'TZif', 'data'],
  [0, 'DDS ', 'image'],
  [4, 'Bud1', 'data'],
  [0, '\0\x05\x16\x07', 'data'],
];

/** Containers that are known and not read. */
const FOREIGN: readonly (readonly [number, string])[] = [
  [0, 'Rar!\x1a\x07'],
  [0, 'MSCF'],
  [0, '\x60\xea'],
  [2, '-lh'],
  [2, '-lz'],
  [7, '**ACE**'],
  [0, '\x1f\x9d'],
  [0, '\x1f\xa0'],
  [0, 'LZIP'],
  [0, '\x89LZO\0'],
  [0, '\xff\x06\0\0sNaPpY'],
  [0, '!<arch>\n'],
  [0, '070701'],
  [0, '070707'],
  [0, '\xc7\x71'],
  [0, '\xed\xab\xee\xdb'],
  [0, 'xar!'],
  [0, 'hsqs'],
  [0, 'MSWIM\0'],
  [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  [0, 'KDMV'],
  [0, 'QFI\xfb'],
  [0, 'vhdxfile'],
  [0, '\x8f\xaf\xac\x84'],
  [0, 'ITSF'],
  [0, 'SZDD'],
  [0, 'zPQ'],
  [0, '\x04"M\x18'],
  [0, 'Salted__'],
  [0, 'age-encryption.org/v1'],
  [0, '-----BEGIN PGP MESSAGE-----'],
  [0, '\x85\x02\x0c\x03'],
];

type Signature = { readonly offset: number; readonly bytes: Buffer; readonly kind: Kind };

const toSignature = ([offset, bytes, kind]: readonly [number, string, Kind]): Signature => ({
  offset,
  bytes: Buffer.from(bytes, 'latin1'),
  kind,
});
const KNOWN = SIGNATURES.map(toSignature);
const UNREAD = FOREIGN.map(([offset, bytes]) => toSignature([offset, bytes, 'foreign-archive']));
const SIGNATURES_READ = [...KNOWN, ...UNREAD];
const RIFF = Buffer.from('RIFF');

/** Formats by their first bytes, the containers that are not read among them. */
export function kindByMagic(head: Buffer): Kind | null {
  const found = SIGNATURES_READ.find((signature) => matches(head, signature));
  if (found === undefined) return null;
  if (found.offset === 8 && !matches(head, { offset: 0, bytes: RIFF, kind: 'media' })) return null;
  return found.kind;
}

function matches(head: Buffer, { offset, bytes }: Signature): boolean {
  if (head[offset] !== bytes[0] || head.length < offset + bytes.length) return false;
  return head.compare(bytes, 0, bytes.length, offset, offset + bytes.length) === 0;
}

export function has(head: Buffer, offset: number, bytes: string): boolean {
  if (head.length < offset + bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (head[offset + i] !== bytes.charCodeAt(i)) return false;
  return true;
}
