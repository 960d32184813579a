import { deflateSync } from 'node:zlib';
import type { TrueTypeFont } from './true-type.ts';

/** A font with the glyphs the pages have used so far. */
export interface PdfFont {
  /** In the pages' resources: `F1`. */
  readonly name: string;
  readonly file: TrueTypeFont;
  /** Glyph → the text it stands for. */
  readonly used: Map<number, string>;
}

/** Stands for a character the font does not have. */
const MISSING = '〓';

/** The text as glyph numbers for a `Tj`, noting what is used. */
export function encodeText(font: PdfFont, text: string): string {
  let hex = '';
  for (const character of text) {
    const own = font.file.glyphOf(character.codePointAt(0)!);
    const glyph = own || glyphOf(font.file, MISSING);
    if (!font.used.has(glyph)) font.used.set(glyph, own ? character : MISSING);
    hex += glyph.toString(16).padStart(4, '0');
  }
  return hex;
}

/** Of the em. */
export function textWidth(font: PdfFont, text: string): number {
  let width = 0;
  for (const character of text) width += font.file.widthOf(glyphOf(font.file, character));
  return width;
}

function glyphOf(font: TrueTypeFont, character: string): number {
  return font.glyphOf(character.codePointAt(0)!) || font.glyphOf(MISSING.codePointAt(0)!);
}

export interface PdfContent {
  readonly title: string;
  readonly language: string;
  /** UTC epoch ms. */
  readonly createdAt: number;
  /** In points. */
  readonly width: number;
  readonly height: number;
  readonly fonts: readonly (PdfFont & { readonly postScriptName: string })[];
  /** Content streams. */
  readonly pages: readonly string[];
}

/** A PDF 1.7 file (ISO 32000-1): fonts embedded, text can be searched and copied. */
export function writePdf(content: PdfContent): Uint8Array {
  const objects: (string | Buffer)[] = [];
  const add = (body: string | Buffer): number => objects.push(body);
  const stream = (dictionary: string, data: Uint8Array): number => {
    const packed = deflateSync(data, { level: 9 });
    const start = `<<${dictionary}/Filter/FlateDecode/Length ${packed.length}>>\nstream\n`;
    return add(Buffer.concat([Buffer.from(start), packed, Buffer.from('\nendstream')]));
  };
  const catalogue = add('');
  const pageTree = add('');
  const fonts = content.fonts
    .filter((font) => font.used.size > 0)
    .map((font) => `/${font.name} ${addFont(font, add, stream)} 0 R`)
    .join('');
  const resources = add(`<</Font<<${fonts}>>/ProcSet[/PDF/Text]>>`);
  const pages = content.pages.map((page) => {
    const body = stream('', Buffer.from(page, 'latin1'));
    return add(
      `<</Type/Page/Parent ${pageTree} 0 R/MediaBox[0 0 ${content.width} ${content.height}]/Resources ${resources} 0 R/Contents ${body} 0 R>>`,
    );
  });
  const info = add(
    `<</Title ${utf16(content.title)}/Producer(Kizashi)/CreationDate(${pdfDate(content.createdAt)})>>`,
  );
  objects[pageTree - 1] =
    `<</Type/Pages/Count ${pages.length}/Kids[${pages.map((page) => `${page} 0 R`).join(' ')}]>>`;
  objects[catalogue - 1] =
    `<</Type/Catalog/Pages ${pageTree} 0 R/Lang(${content.language})/ViewerPreferences<</DisplayDocTitle true>>>>`;
  return assemble(objects, { catalogue, info });
}

function addFont(
  font: PdfContent['fonts'][number],
  add: (body: string) => number,
  stream: (dictionary: string, data: Uint8Array) => number,
): number {
  const { file, used } = font;
  const glyphs = [...used.keys()].sort((a, b) => a - b);
  const data = file.subset(glyphs);
  const thousandths = (units: number) => Math.round((units * 1000) / file.unitsPerEm);
  // Six letters before the name say that it is a part of the font.
  const name = `KIZASH+${font.postScriptName}`;
  const fontFile = stream(`/Length1 ${data.length}`, data);
  const descriptor = add(
    `<</Type/FontDescriptor/FontName/${name}/Flags 4/FontBBox[${file.box.map(thousandths).join(' ')}]/ItalicAngle 0/Ascent ${Math.round(file.ascent * 1000)}/Descent ${Math.round(file.descent * 1000)}/CapHeight 720/StemV 80/FontFile2 ${fontFile} 0 R>>`,
  );
  const widths = glyphs.map((glyph) => `${glyph}[${Math.round(file.widthOf(glyph) * 1000)}]`);
  const descendant = add(
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/${name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ${descriptor} 0 R/DW 1000/W[${widths.join('')}]/CIDToGIDMap/Identity>>`,
  );
  const toUnicode = stream('', Buffer.from(unicodeMap(glyphs, used)));
  return add(
    `<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H/DescendantFonts[${descendant} 0 R]/ToUnicode ${toUnicode} 0 R>>`,
  );
}

/** What the glyphs mean, for searching and copying. At most 100 to a block, says the specification of CMaps. */
function unicodeMap(glyphs: readonly number[], used: ReadonlyMap<number, string>): string {
  const hex = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');
  const blocks: string[] = [];
  for (let i = 0; i < glyphs.length; i += 100) {
    const lines = glyphs
      .slice(i, i + 100)
      .map((glyph) => `<${glyph.toString(16).padStart(4, '0')}> <${hex(used.get(glyph)!)}>`);
    blocks.push(`${lines.length} beginbfchar\n${lines.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}

function assemble(
  objects: readonly (string | Buffer)[],
  { catalogue, info }: { catalogue: number; info: number },
): Uint8Array {
  // Bytes above 127 in the second line tell programs that it is not text.
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xE2\xE3\xCF\xD3\n', 'latin1')];
  let length = parts[0]!.length;
  const offsets: number[] = [];
  objects.forEach((body, i) => {
    offsets.push(length);
    const part = Buffer.concat([
      Buffer.from(`${i + 1} 0 obj\n`),
      typeof body === 'string' ? Buffer.from(body, 'latin1') : body,
      Buffer.from('\nendobj\n'),
    ]);
    parts.push(part);
    length += part.length;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root ${catalogue} 0 R/Info ${info} 0 R>>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}

function utf16(text: string): string {
  return `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
}

function pdfDate(epochMs: number): string {
  return `D:${new Date(epochMs).toISOString().replaceAll(/[-:T]|\..*/g, '')}Z`;
}
