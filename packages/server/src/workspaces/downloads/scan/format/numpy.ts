import type { PartContext } from '../part.ts';
import { sliceSource } from '../source.ts';

const MAX_HEADER = 64 * 1024;
const MAGIC = Buffer.from('\x93NUMPY', 'latin1');

export function isNumpy(head: Buffer): boolean {
  return head.subarray(0, MAGIC.length).equals(MAGIC);
}

/** An array of numbers has the length its header says; an array of objects is a pickle. Several may follow each other. */
export function scanNumpy({ part, findings, scanPart }: PartContext): void {
  const { source, depth } = part;
  let position = 0;
  while (position < source.size) {
    const array = readHeader(source.read(position, 12), (from, length) =>
      source.read(position + from, length),
    );
    if (array === null) {
      findings.add('npy.malformed');
      return;
    }
    position += array.headerBytes;
    if (array.itemBytes === 'objects') {
      const inside = scanPart({
        source: sliceSource(source, position),
        name: 'objects.pkl',
        depth: depth + 1,
        role: 'member',
      });
      findings.merge(inside);
      return;
    }
    position += array.items * array.itemBytes;
    if (position > source.size) {
      findings.add('npy.malformed');
      return;
    }
    if (position < source.size && !isNumpy(source.read(position, MAGIC.length))) {
      findings.add('pickle.trailing-data');
      const rest = sliceSource(source, position);
      findings.merge(scanPart({ source: rest, name: '', depth: depth + 1, role: 'raw' }));
      return;
    }
  }
}

interface ArrayHeader {
  readonly headerBytes: number;
  readonly items: number;
  readonly itemBytes: number | 'objects';
}

function readHeader(
  head: Buffer,
  read: (from: number, length: number) => Buffer,
): ArrayHeader | null {
  if (!isNumpy(head) || head.length < 12) return null;
  const major = head[6]!;
  if (major < 1 || major > 3) return null;
  const start = major === 1 ? 10 : 12;
  const length = major === 1 ? head.readUInt16LE(8) : head.readUInt32LE(8);
  if (length > MAX_HEADER) return null;
  const text = read(start, length).toString('utf8');
  if (Buffer.byteLength(text) < length) return null;
  const shape = /['"]shape['"]\s*:\s*\(([\d\sL,]*)\)/.exec(text)?.[1];
  const descr =
    /['"]descr['"]\s*:\s*('[^']*'|"[^"]*"|\[[\s\S]*?\]\s*(?=,\s*['"]fortran_order|,?\s*\}))/.exec(
      text,
    )?.[1];
  if (shape === undefined || descr === undefined) return null;
  const itemBytes = sizeOf(descr);
  if (itemBytes === null) return null;
  const items = (shape.match(/\d+/g) ?? []).reduce((product, size) => product * Number(size), 1);
  return { headerBytes: start + length, items, itemBytes };
}

/** `'<f8'`, or `[('x', '<i4'), ('y', '<f8', (2,))]`; with `O` anywhere the array holds objects. */
function sizeOf(descr: string): number | 'objects' | null {
  if (/^['"]/.test(descr)) return sizeOfType(descr.slice(1, -1));
  let sum = 0;
  for (const field of descr.matchAll(
    /,\s*['"]([<>|=]?[A-Za-z?]\d*(?:\[\w+\])?)['"]\s*(?:,\s*\(([\d\s,]*)\))?\s*\)/g,
  )) {
    const size = sizeOfType(field[1]!);
    if (size === null || size === 'objects') return size;
    const count = (field[2]?.match(/\d+/g) ?? []).reduce((product, n) => product * Number(n), 1);
    sum += size * count;
  }
  // Fields in fields are not worth a parser: an object in them is what matters.
  if (/['"][<>|=]?O\d*['"]/.test(descr)) return 'objects';
  return sum === 0 ? null : sum;
}

function sizeOfType(code: string): number | 'objects' | null {
  const found = /^[<>|=]?([A-Za-z?])(\d*)(?:\[\w+\])?$/.exec(code);
  if (found === null) return null;
  const [, kind, digits] = found;
  if (kind === 'O') return 'objects';
  return Number(digits || '1') * (kind === 'U' ? 4 : 1);
}
