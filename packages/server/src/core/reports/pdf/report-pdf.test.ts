import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ReportDocument } from '../document.ts';
import { chartTicks } from '../document.ts';
import { reportFont } from './fonts.ts';
import { reportPdf } from './report-pdf.ts';
import { openTrueType } from './true-type.ts';

const document: ReportDocument = {
  locale: 'ja',
  title: 'ダウンロードレポート',
  subtitle: '2026年10月',
  createdAt: Date.UTC(2026, 10, 23, 1, 2, 3),
  footer: 'Kizashi',
  blocks: [
    { kind: 'heading', text: '利用状況' },
    { kind: 'figures', items: [{ label: '完了', value: '1,234', note: '98 %' }] },
    {
      ...{ kind: 'chart', form: 'bars', title: '日別', description: '…', labels: ['1', '2'] },
      values: [1, null],
      ticks: chartTicks([1], String),
    },
    {
      ...{ kind: 'table', caption: 'ホスト', empty: 'なし' },
      columns: [{ title: '名前' }, { title: '件数', align: 'right' }],
      rows: Array.from({ length: 80 }, (_, i) => [`host-${i}.example.org`, String(i)]),
    },
    { kind: 'list', items: ['😀 は表示できません'] },
  ],
};

/** Reads what was written, by the cross-reference table as a viewer does. */
function readPdf(bytes: Uint8Array) {
  const file = Buffer.from(bytes);
  const latin = file.toString('latin1');
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(latin)?.[1]);
  const table = latin.slice(start).split('\n');
  const count = Number(table[1]!.split(' ')[1]);
  const objects = Array.from({ length: count - 1 }, (_, i) => {
    const at = Number(table[3 + i]!.split(' ')[0]);
    const text = latin.slice(at, latin.indexOf('\nendobj', at));
    expect(text.startsWith(`${i + 1} 0 obj\n`)).toBe(true);
    const length = Number(/\/Length (\d+)>>\nstream\n/.exec(text)?.[1]);
    const body = at + text.indexOf('stream\n') + 7;
    const stream = length ? inflateSync(file.subarray(body, body + length)) : null;
    return { text, stream };
  });
  const pages = objects.filter(({ text }) => text.includes('/Type/Page/'));
  const fontOf = (name: string) => {
    const number = Number(new RegExp(`/${name} (\\d+) 0 R`).exec(latin)?.[1]);
    const map = Number(/\/ToUnicode (\d+)/.exec(objects[number - 1]!.text)?.[1]);
    const entries = objects[map - 1]!.stream!.toString().matchAll(/^<(....)> <([0-9a-f]+)>$/gm);
    return new Map(
      [...entries].map(([, glyph, text]) => [
        glyph!,
        Buffer.from(text!, 'hex').swap16().toString('utf16le'),
      ]),
    );
  };
  const fonts = { F1: fontOf('F1'), F2: fontOf('F2') };
  const texts = pages.map(({ text }) => {
    const content = objects[Number(/\/Contents (\d+)/.exec(text)![1]) - 1]!.stream!.toString();
    return [...content.matchAll(/\/(F\d) .*? <([0-9a-f]*)> Tj/g)].map(([, font, hex]) =>
      hex!.replaceAll(/..../g, (glyph) => fonts[font as 'F1'].get(glyph) ?? '�'),
    );
  });
  const fontFiles = objects.filter(({ text }) => text.includes('/Length1')).map((o) => o.stream!);
  return { latin, pages, texts, fontFiles };
}

describe('a report as PDF', () => {
  const pdf = readPdf(reportPdf(document));

  it('holds every text of the document, readable by programs too', () => {
    const all = pdf.texts.flat();
    expect(all.join('')).not.toContain('�');
    for (const text of ['ダウンロードレポート', '利用状況', '1,234', 'host-79.example.org']) {
      expect(all).toContain(text);
    }
    expect(all).toContain('〓 は表示できません');
  });

  it('repeats the head of a table on each page and counts the pages', () => {
    expect(pdf.pages.length).toBeGreaterThan(1);
    for (const [i, texts] of pdf.texts.entries()) {
      expect(texts.filter((text) => text === '件数')).toHaveLength(1);
      expect(texts).toContain(`${i + 1} / ${pdf.pages.length}`);
    }
  });

  it('embeds the fonts, only what is used of them', () => {
    expect(pdf.fontFiles).toHaveLength(2);
    for (const file of pdf.fontFiles) expect(file.length).toBeLessThan(300_000);
    expect(pdf.latin.length).toBeLessThan(150_000);
  });

  it('says its language, its title and when it was made', () => {
    const title = Buffer.from(document.title, 'utf16le').swap16().toString('hex');
    expect(pdf.latin).toContain('/Lang(ja)');
    expect(pdf.latin).toContain(`/Title <feff${title}>`);
    expect(pdf.latin).toContain('/CreationDate(D:20261123010203Z)');
  });

  it('is the same bytes for the same document', () => {
    expect(reportPdf(document)).toEqual(reportPdf(document));
  });
});

it('a subset keeps the outlines that are used, those they are made of, and no other', () => {
  const { file } = reportFont('regular');
  const [kept, dropped] = [file.glyphOf('兆'.codePointAt(0)!), file.glyphOf('候'.codePointAt(0)!)];
  expect(kept).toBeGreaterThan(0);
  const tables = tablesOf(file.subset([kept]));
  const offset = (glyph: number) => tables.loca.getUint32(4 * glyph);
  expect(offset(kept + 1)).toBeGreaterThan(offset(kept));
  expect(offset(dropped + 1)).toBe(offset(dropped));
  expect(tables.head.getInt16(50)).toBe(1);
});

it('refuses what is no TrueType font', () => {
  expect(() => openTrueType(new Uint8Array(12))).toThrow('the font has no table "head"');
});

function tablesOf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer);
  const tables = {} as Record<'head' | 'loca', DataView>;
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + 16 * i;
    const tag = Buffer.from(bytes.subarray(at, at + 4)).toString() as 'head';
    tables[tag] = new DataView(bytes.buffer, view.getUint32(at + 8), view.getUint32(at + 12));
  }
  return tables;
}
