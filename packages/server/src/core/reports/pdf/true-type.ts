/** A TrueType font, as far as a PDF needs it: glyphs of characters, their widths, and a copy with only those used. */
export interface TrueTypeFont {
  readonly unitsPerEm: number;
  /** Of the em: 0.88. */
  readonly ascent: number;
  readonly descent: number;
  /** In font units. */
  readonly box: readonly [number, number, number, number];
  /** 0 where the font has none. */
  glyphOf(codePoint: number): number;
  /** Of the em. */
  widthOf(glyph: number): number;
  /** The font with the outlines of these glyphs only. Numbers of glyphs stay as they are. */
  subset(glyphs: Iterable<number>): Uint8Array;
}

/** Tables a PDF viewer needs; the characters are named by the PDF itself. */
const KEPT = ['cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'prep'];

/** @throws Error when the bytes are no TrueType font with outlines (`glyf`). Source: OpenType specification 1.9.1. */
export function openTrueType(bytes: Uint8Array): TrueTypeFont {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, Uint8Array>();
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + 16 * i;
    const offset = view.getUint32(at + 8);
    const tag = String.fromCharCode(...bytes.subarray(at, at + 4));
    tables.set(tag, bytes.subarray(offset, offset + view.getUint32(at + 12)));
  }
  const table = (tag: string): DataView => {
    const found = tables.get(tag);
    if (!found) throw new Error(`the font has no table "${tag}"`);
    return new DataView(found.buffer, found.byteOffset, found.byteLength);
  };
  const [head, hhea, hmtx, maxp, loca, glyf] = [
    table('head'),
    table('hhea'),
    table('hmtx'),
    table('maxp'),
    table('loca'),
    table('glyf'),
  ];
  const unitsPerEm = head.getUint16(18);
  const glyphs = maxp.getUint16(4);
  const longOffsets = head.getInt16(50) === 1;
  const widths = hhea.getUint16(34);
  const offsetOf = (glyph: number) =>
    longOffsets ? loca.getUint32(4 * glyph) : 2 * loca.getUint16(2 * glyph);
  const glyphOf = characterMap(table('cmap'));

  /** A composite glyph is drawn from others. */
  function withParts(wanted: Iterable<number>): Set<number> {
    const found = new Set<number>([0]);
    const open = [...wanted];
    while (open.length > 0) {
      const glyph = open.pop()!;
      if (found.has(glyph) || glyph >= glyphs) continue;
      found.add(glyph);
      let at = offsetOf(glyph);
      if (at === offsetOf(glyph + 1) || glyf.getInt16(at) >= 0) continue;
      at += 10;
      for (let flags = 0x20; flags & 0x20; ) {
        flags = glyf.getUint16(at);
        open.push(glyf.getUint16(at + 2));
        at += 4 + (flags & 1 ? 4 : 2);
        at += flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0;
      }
    }
    return found;
  }

  return {
    unitsPerEm,
    ascent: hhea.getInt16(4) / unitsPerEm,
    descent: hhea.getInt16(6) / unitsPerEm,
    box: [36, 38, 40, 42].map((at) => head.getInt16(at)) as unknown as TrueTypeFont['box'],
    glyphOf,
    widthOf: (glyph) => hmtx.getUint16(4 * Math.min(glyph, widths - 1)) / unitsPerEm,
    subset(wanted) {
      const kept = [...withParts(wanted)].sort((a, b) => a - b);
      const newLoca = new DataView(new ArrayBuffer(4 * (glyphs + 1)));
      const parts: Uint8Array[] = [];
      let length = 0;
      let next = 0;
      for (const glyph of kept) {
        for (; next <= glyph; next++) newLoca.setUint32(4 * next, length);
        const outline = tables.get('glyf')!.subarray(offsetOf(glyph), offsetOf(glyph + 1));
        parts.push(outline, new Uint8Array(-outline.length & 3));
        length += outline.length + (-outline.length & 3);
      }
      for (; next <= glyphs; next++) newLoca.setUint32(4 * next, length);
      const newHead = new DataView(new Uint8Array(tables.get('head')!).buffer);
      newHead.setInt16(50, 1);
      newHead.setUint32(8, 0);
      return assemble(
        KEPT.flatMap((tag): [string, Uint8Array][] => {
          if (tag === 'glyf') return [[tag, concat(parts)]];
          if (tag === 'loca') return [[tag, new Uint8Array(newLoca.buffer)]];
          if (tag === 'head') return [[tag, new Uint8Array(newHead.buffer)]];
          const found = tables.get(tag);
          return found ? [[tag, found]] : [];
        }),
      );
    },
  };
}

function characterMap(cmap: DataView): (codePoint: number) => number {
  let best: { rank: number; at: number } = { rank: 0, at: 0 };
  for (let i = 0; i < cmap.getUint16(2); i++) {
    const [platform, encoding] = [cmap.getUint16(4 + 8 * i), cmap.getUint16(6 + 8 * i)];
    const at = cmap.getUint32(8 + 8 * i);
    const unicode = platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10));
    const format = cmap.getUint16(at);
    const rank = unicode && format === 12 ? 2 : unicode && format === 4 ? 1 : 0;
    if (rank > best.rank) best = { rank, at };
  }
  const { rank, at } = best;
  if (rank === 0) throw new Error('the font has no Unicode character map of format 4 or 12');
  return rank === 2 ? groups(cmap, at) : segments(cmap, at);
}

function groups(cmap: DataView, at: number): (codePoint: number) => number {
  const n = cmap.getUint32(at + 12);
  return (code) => {
    let [low, high] = [0, n - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const group = at + 16 + 12 * middle;
      if (code < cmap.getUint32(group)) high = middle - 1;
      else if (code > cmap.getUint32(group + 4)) low = middle + 1;
      else return cmap.getUint32(group + 8) + code - cmap.getUint32(group);
    }
    return 0;
  };
}

function segments(cmap: DataView, at: number): (codePoint: number) => number {
  const n = cmap.getUint16(at + 6) / 2;
  return (code) => {
    for (let i = 0; i < n; i++) {
      if (code > cmap.getUint16(at + 14 + 2 * i)) continue;
      const start = cmap.getUint16(at + 16 + 2 * (n + i));
      if (code < start) return 0;
      const delta = cmap.getInt16(at + 16 + 2 * (2 * n + i));
      const rangeAt = at + 16 + 2 * (3 * n + i);
      const range = cmap.getUint16(rangeAt);
      if (range === 0) return (code + delta) & 0xffff;
      const glyph = cmap.getUint16(rangeAt + range + 2 * (code - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

/** A font file of these tables, which are in the order of their names. */
function assemble(tables: readonly [string, Uint8Array][]): Uint8Array {
  const header = new DataView(new ArrayBuffer(12 + 16 * tables.length));
  const power = Math.floor(Math.log2(tables.length));
  header.setUint32(0, 0x00010000);
  header.setUint16(4, tables.length);
  header.setUint16(6, 16 * 2 ** power);
  header.setUint16(8, power);
  header.setUint16(10, 16 * (tables.length - 2 ** power));
  const parts: Uint8Array[] = [new Uint8Array(header.buffer)];
  let offset = header.byteLength;
  tables.forEach(([tag, body], i) => {
    const at = 12 + 16 * i;
    for (let c = 0; c < 4; c++) header.setUint8(at + c, tag.charCodeAt(c));
    header.setUint32(at + 4, checksum(body));
    header.setUint32(at + 8, offset);
    header.setUint32(at + 12, body.length);
    parts.push(body, new Uint8Array(-body.length & 3));
    offset += body.length + (-body.length & 3);
  });
  return concat(parts);
}

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum = (sum + (bytes[i]! << (24 - 8 * (i & 3)))) >>> 0;
  return sum;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
