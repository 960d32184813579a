import { CHART_HEIGHT, CHART_TEXT_SIZE, CHART_WIDTH, chartShapes } from '../chart-shapes.ts';
import type {
  KeyFigure,
  ReportBlock,
  ReportChart,
  ReportDocument,
  ReportTable,
} from '../document.ts';
import { breakLines } from './break-lines.ts';
import { reportFont } from './fonts.ts';
import { type Colour, createPageWriter, type TextStyle, widthOf } from './page-writer.ts';
import { writePdf } from './pdf-file.ts';

/** A4 in points. */
const WIDTH = 595.28;
const HEIGHT = 841.89;
const MARGIN = 48;
const INNER = WIDTH - 2 * MARGIN;
/** Nothing but the foot of the page below this. */
const BOTTOM = HEIGHT - 60;
const LINE = 1.5;
/** A chart with its title. */
const CHART_ROOM = (CHART_HEIGHT * INNER) / CHART_WIDTH + 30;

const INK: Colour = [26, 34, 51];
const SOFT: Colour = [90, 100, 117];
const RULE: Colour = [216, 221, 230];
const TONE: Colour = [36, 87, 166];
const FILL: Colour = [244, 246, 250];

/** The report on A4 pages, fonts embedded. Takes tens of milliseconds: `pdf-task.ts` runs it in a worker thread. */
export function reportPdf(document: ReportDocument): Uint8Array {
  const regular = reportFont('regular');
  const bold = reportFont('bold');
  const style = (size: number, colour: Colour = INK, font = regular): TextStyle => ({
    ...{ font, size, colour },
  });
  const styles = {
    title: style(22, INK, bold),
    heading: style(13.5, INK, bold),
    strong: style(9.5, INK, bold),
    body: style(9.5),
    muted: style(9.5, SOFT),
    small: style(8, SOFT),
    cell: style(8.5),
    value: style(14, INK, bold),
  };
  const out = createPageWriter(HEIGHT);
  let y = MARGIN;

  function newPage(): void {
    out.newPage();
    y = MARGIN;
  }

  /** Begins a page when less than this is left. */
  function need(height: number): void {
    if (y + height > BOTTOM) newPage();
  }

  function paragraph(text: string, how: TextStyle, x = MARGIN, width = INNER): void {
    for (const line of breakLines(text, width, (part) => widthOf(part, how))) {
      need(how.size * LINE);
      y += how.size * LINE;
      out.text(x, y - how.size * 0.35, line, how);
    }
  }

  function heading(text: string, next: ReportBlock | undefined): void {
    y += 16;
    // Never alone at the foot of a page.
    need(next?.kind === 'chart' ? CHART_ROOM + 50 : 90);
    paragraph(text, styles.heading);
    y += 3;
    out.rect(MARGIN, y, INNER, 1.2, RULE);
    y += 8;
  }

  function list(items: readonly string[]): void {
    for (const item of items) {
      need(styles.body.size * LINE);
      out.rect(MARGIN + 3, y + 6.2, 3, 3, TONE);
      paragraph(item, styles.body, MARGIN + 14, INNER - 14);
      y += 3;
    }
    y += 4;
  }

  function figures(items: readonly KeyFigure[]): void {
    const columns = items.length % 4 === 0 || items.length > 6 ? 4 : 3;
    const gap = 8;
    const width = (INNER - gap * (columns - 1)) / columns;
    for (let i = 0; i < items.length; i += columns) {
      const row = items.slice(i, i + columns).map((item) => tile(item, width - 20));
      const height = Math.max(
        ...row.map((lines) => lines.reduce((sum, line) => sum + line.style.size * LINE, 14)),
      );
      need(height + gap);
      row.forEach((lines, column) => {
        const x = MARGIN + column * (width + gap);
        out.rect(x, y, width, height, FILL);
        let at = y + 7;
        for (const line of lines) {
          at += line.style.size * LINE;
          out.text(x + 10, at - line.style.size * 0.35, line.text, line.style);
        }
      });
      y += height + gap;
    }
  }

  function tile({ label, value, note }: KeyFigure, width: number) {
    const lines = (text: string, how: TextStyle) =>
      breakLines(text, width, (part) => widthOf(part, how)).map((line) => ({
        text: line,
        style: how,
      }));
    return [
      ...lines(label, styles.small),
      ...lines(value, styles.value),
      ...(note === undefined ? [] : lines(note, styles.small)),
    ];
  }

  function table({ caption, columns, rows, empty }: ReportTable): void {
    y += 8;
    need(70);
    paragraph(caption, styles.strong);
    y += 2;
    if (rows.length === 0) {
      paragraph(empty, styles.muted);
      y += 6;
      return;
    }
    const pad = 5;
    const widths = columnWidths(
      columns.map(({ title }, i) => [
        widthOf(title, styles.small),
        ...rows.map((row) => widthOf(row[i] ?? '', styles.cell)),
      ]),
      pad,
    );
    const cells = (row: readonly string[], how: TextStyle) =>
      row.map((cell, i) => breakLines(cell, widths[i]! - 2 * pad, (part) => widthOf(part, how)));
    const draw = (row: readonly string[], how: TextStyle) => {
      const lines = cells(row, how);
      const height = Math.max(...lines.map((cell) => cell.length)) * how.size * LINE + 4;
      let x = MARGIN;
      lines.forEach((cell, i) => {
        cell.forEach((line, k) => {
          const right = columns[i]?.align === 'right';
          const left = right ? x + widths[i]! - pad - widthOf(line, how) : x + pad;
          out.text(left, y + 2 + (k + 1) * how.size * LINE - how.size * 0.42, line, how);
        });
        x += widths[i]!;
      });
      y += height;
      out.rect(MARGIN, y, INNER, 0.6, RULE);
    };
    const heightOf = (row: readonly string[]) =>
      Math.max(...cells(row, styles.cell).map((cell) => cell.length)) * styles.cell.size * LINE + 5;
    const head = columns.map(({ title }) => title);
    draw(head, styles.small);
    for (const row of rows) {
      if (y + heightOf(row) > BOTTOM) {
        newPage();
        draw(head, styles.small);
      }
      draw(row, styles.cell);
    }
    y += 8;
  }

  function chart(block: ReportChart): void {
    const scale = INNER / CHART_WIDTH;
    y += 6;
    need(CHART_ROOM);
    paragraph(block.title, styles.strong);
    y += 2;
    const text = style(CHART_TEXT_SIZE * scale, SOFT);
    const px = (x: number) => MARGIN + x * scale;
    const py = (at: number) => y + at * scale;
    for (const shape of chartShapes(block)) {
      switch (shape.kind) {
        case 'rect':
          out.rect(px(shape.x), py(shape.y), shape.width * scale, shape.height * scale, TONE);
          break;
        case 'rule':
          out.rect(px(shape.x1), py(shape.y), (shape.x2 - shape.x1) * scale, 0.5, RULE);
          break;
        case 'path':
          out.path(
            shape.points.map(([x, at]) => [px(x), py(at)]),
            TONE,
            1.4,
          );
          break;
        case 'dot':
          out.rect(px(shape.x) - 1.5, py(shape.y) - 1.5, 3, 3, TONE);
          break;
        case 'text': {
          const width = widthOf(shape.text, text);
          const shift = shape.anchor === 'end' ? width : shape.anchor === 'middle' ? width / 2 : 0;
          out.text(px(shape.x) - shift, py(shape.y), shape.text, text);
        }
      }
    }
    y += CHART_HEIGHT * scale + 6;
  }

  function block(part: ReportBlock, next: ReportBlock | undefined): void {
    switch (part.kind) {
      case 'heading':
        heading(part.text, next);
        break;
      case 'text':
        paragraph(part.text, part.muted ? styles.muted : styles.body);
        y += 5;
        break;
      case 'list':
        list(part.items);
        break;
      case 'figures':
        figures(part.items);
        break;
      case 'table':
        table(part);
        break;
      case 'chart':
        chart(part);
    }
  }

  newPage();
  paragraph(document.title, styles.title);
  y += 2;
  paragraph(document.subtitle, styles.muted);
  y += 8;
  document.blocks.forEach((part, i) => {
    block(part, document.blocks[i + 1]);
  });

  const pages = out.pages.length;
  for (let page = 0; page < pages; page++) {
    const place = `${page + 1} / ${pages}`;
    const [first = ''] = breakLines(document.footer, INNER - 60, (part) =>
      widthOf(part, styles.small),
    );
    out.textOn(page, MARGIN, HEIGHT - 34, first, styles.small);
    out.textOn(
      page,
      WIDTH - MARGIN - widthOf(place, styles.small),
      HEIGHT - 34,
      place,
      styles.small,
    );
  }
  return writePdf({
    ...{ title: document.title, language: document.locale, createdAt: document.createdAt },
    ...{ width: WIDTH, height: HEIGHT, fonts: [regular, bold], pages: out.pages },
  });
}

/** Each column as wide as its longest cell where that fits; else the wide ones give way, narrow ones stay whole. */
function columnWidths(cells: readonly (readonly number[])[], pad: number): number[] {
  const natural = cells.map((column) => Math.max(...column) + 2 * pad);
  const total = natural.reduce((sum, width) => sum + width, 0);
  if (total <= INNER) {
    const spare = (INNER - total) / natural.length;
    return natural.map((width) => width + spare);
  }
  const limit = fairLimit(natural, INNER);
  return natural.map((width) => Math.min(width, limit));
}

/** The width that the wide columns get so that all together are `room`. */
function fairLimit(widths: readonly number[], room: number): number {
  const sorted = [...widths].sort((a, b) => a - b);
  let left = room;
  for (const [i, width] of sorted.entries()) {
    const share = left / (sorted.length - i);
    if (width > share) return share;
    left -= width;
  }
  return room;
}
