import { encodeText, type PdfFont, textWidth } from './pdf-file.ts';

export type Colour = readonly [red: number, green: number, blue: number];

export interface TextStyle {
  readonly font: PdfFont;
  readonly size: number;
  readonly colour: Colour;
}

/** Draws on pages with the origin in the upper left corner, in points; PDF's own is in the lower left one. */
export interface PageWriter {
  /** Content streams so far. */
  readonly pages: readonly string[];
  newPage(): void;
  /** `y` is the base line. */
  text(x: number, y: number, text: string, style: TextStyle): void;
  /** On a page that exists already. */
  textOn(page: number, x: number, y: number, text: string, style: TextStyle): void;
  rect(x: number, y: number, width: number, height: number, fill: Colour): void;
  path(points: readonly (readonly [number, number])[], stroke: Colour, width: number): void;
}

export function createPageWriter(height: number): PageWriter {
  const pages: string[] = [];
  const draw = (operators: string, page = pages.length - 1) => {
    pages[page] += `${operators}\n`;
  };
  const textOn: PageWriter['textOn'] = (page, x, y, text, { font, size, colour }) => {
    if (text === '') return;
    draw(
      `BT ${colourOf(colour)} rg /${font.name} ${n(size)} Tf ${n(x)} ${n(height - y)} Td <${encodeText(font, text)}> Tj ET`,
      page,
    );
  };
  return {
    pages,
    textOn,
    newPage: () => void pages.push(''),
    text: (x, y, text, style) => textOn(pages.length - 1, x, y, text, style),
    rect(x, y, width, h, fill) {
      draw(`${colourOf(fill)} rg ${n(x)} ${n(height - y - h)} ${n(width)} ${n(h)} re f`);
    },
    path(points, stroke, width) {
      const steps = points.map(([x, y], i) => `${n(x)} ${n(height - y)} ${i === 0 ? 'm' : 'l'}`);
      draw(`${colourOf(stroke)} RG ${n(width)} w 1 j ${steps.join(' ')} S`);
    },
  };
}

export function widthOf(text: string, { font, size }: Pick<TextStyle, 'font' | 'size'>): number {
  return textWidth(font, text) * size;
}

function colourOf(colour: Colour): string {
  return colour.map((part) => n(part / 255)).join(' ');
}

function n(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
