import { createHash } from 'node:crypto';
import {
  CHART_HEIGHT,
  CHART_TEXT_SIZE,
  CHART_WIDTH,
  type ChartShape,
  chartShapes,
} from './chart-shapes.ts';
import type { ReportBlock, ReportChart, ReportDocument, ReportTable } from './document.ts';

const STYLE = `
:root{color-scheme:light;--ink:#1a2233;--soft:#5a6475;--rule:#d8dde6;--tone:#2457a6;--fill:#f4f6fa}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:2.5rem 1.5rem;color:var(--ink);background:#fff;
font:16px/1.6 "Inter","Noto Sans JP","Hiragino Sans","Yu Gothic","Meiryo",system-ui,sans-serif}
h1{font-size:1.9rem;line-height:1.25;margin:0}
.subtitle{color:var(--soft);margin:.35rem 0 2rem}
h2{font-size:1.2rem;margin:2.4rem 0 .8rem;border-bottom:2px solid var(--rule);padding-bottom:.3rem}
.muted{color:var(--soft)}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.8rem;margin:1rem 0}
.figures div{background:var(--fill);border-radius:.5rem;padding:.8rem 1rem}
dt{color:var(--soft);font-size:.85rem}
dd{margin:0}
dd strong{font-size:1.35rem;font-variant-numeric:tabular-nums}
dd small{display:block;color:var(--soft)}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:.2rem 0 .4rem}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--rule);vertical-align:top;overflow-wrap:anywhere}
th{font-size:.85rem;color:var(--soft)}
.right{text-align:right;white-space:nowrap}
figure{margin:1.2rem 0}
figcaption{font-weight:600;margin-bottom:.3rem}
svg{width:100%;height:auto;display:block}
svg .mark{fill:var(--tone)}
svg .path{fill:none;stroke:var(--tone);stroke-width:1.6}
svg .rule{stroke:var(--rule);stroke-width:.7}
svg text{fill:var(--soft);font-size:${CHART_TEXT_SIZE}px}
details{font-size:.9rem;color:var(--soft)}
footer{margin-top:3rem;border-top:1px solid var(--rule);padding-top:.8rem;color:var(--soft);font-size:.85rem}
@media print{body{max-width:none;padding:0;font-size:11px}details{display:none}
h2,figcaption,caption{break-after:avoid}tr,figure,.figures div{break-inside:avoid}}
@page{size:A4;margin:16mm}
`;

/** What a page of ours may do: show itself, with exactly this style, and nothing more. For `content-security-policy`. */
export const REPORT_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

/** One page without scripts or anything to load: it can be kept, mailed and printed. */
export function reportHtml(document: ReportDocument): string {
  const { locale, title, subtitle, footer, blocks } = document;
  const words = locale === 'ja' ? { data: 'グラフの数値' } : { data: 'Numbers of the chart' };
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${text(title)}</h1><p class="subtitle">${text(subtitle)}</p></header>
<main>
${blocks.map((block, i) => blockHtml(block, `b${i}`, words)).join('\n')}
</main>
<footer>${text(footer)}</footer>
</body>
</html>
`;
}

function blockHtml(block: ReportBlock, id: string, words: { data: string }): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${text(block.text)}</h2>`;
    case 'text':
      return `<p${block.muted ? ' class="muted"' : ''}>${text(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`;
    case 'figures':
      return `<dl class="figures">${block.items
        .map(
          ({ label, value, note }) =>
            `<div><dt>${text(label)}</dt><dd><strong>${text(value)}</strong>${
              note === undefined ? '' : `<small>${text(note)}</small>`
            }</dd></div>`,
        )
        .join('')}</dl>`;
    case 'table':
      return tableHtml(block);
    case 'chart':
      return chartHtml(block, id, words);
  }
}

function tableHtml({ caption, columns, rows, empty }: ReportTable): string {
  if (rows.length === 0) {
    return `<p><strong>${text(caption)}</strong><br><span class="muted">${text(empty)}</span></p>`;
  }
  const align = (i: number) => (columns[i]?.align === 'right' ? ' class="right"' : '');
  const head = columns
    .map(({ title }, i) => `<th scope="col"${align(i)}>${text(title)}</th>`)
    .join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell, i) => `<td${align(i)}>${text(cell)}</td>`).join('')}</tr>`)
    .join('');
  return `<table><caption>${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function chartHtml(chart: ReportChart, id: string, words: { data: string }): string {
  const shapes = chartShapes(chart).map(shapeSvg).join('');
  const rows = chart.labels
    .map(
      (label, i) =>
        `<tr><th scope="row">${text(label)}</th><td>${chart.values[i] ?? '–'}</td></tr>`,
    )
    .join('');
  return `<figure><figcaption id="${id}">${text(chart.title)}</figcaption>
<svg viewBox="0 0 ${CHART_WIDTH} ${CHART_HEIGHT}" role="img" aria-labelledby="${id} ${id}d"><desc id="${id}d">${text(chart.description)}</desc>${shapes}</svg>
<details><summary>${words.data}</summary><table><tbody>${rows}</tbody></table></details></figure>`;
}

function shapeSvg(shape: ChartShape): string {
  switch (shape.kind) {
    case 'rect':
      return `<rect class="mark" x="${f(shape.x)}" y="${f(shape.y)}" width="${f(shape.width)}" height="${f(shape.height)}"/>`;
    case 'rule':
      return `<line class="rule" x1="${f(shape.x1)}" x2="${f(shape.x2)}" y1="${f(shape.y)}" y2="${f(shape.y)}"/>`;
    case 'path':
      return `<polyline class="path" points="${shape.points.map(([x, y]) => `${f(x)},${f(y)}`).join(' ')}"/>`;
    case 'dot':
      return `<circle class="mark" cx="${f(shape.x)}" cy="${f(shape.y)}" r="2"/>`;
    case 'text':
      return `<text x="${f(shape.x)}" y="${f(shape.y)}" text-anchor="${shape.anchor}">${text(shape.text)}</text>`;
  }
}

function f(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const ENTITIES: Record<string, string> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

function text(value: string): string {
  return value.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}
